"""Hyperspherical energy, flip-averaged prediction and class accuracies."""

import math

import torch


def hyperspherical_energy(features: torch.Tensor, power: int, smallest: float = 1e-8) -> float:
    """Mean over ordered pairs i != j, one pair at a time in float64; d^2 is at least `smallest`."""
    f = torch.nn.functional.normalize(features.double(), dim=1).tolist()
    total = 0.0
    for i, a in enumerate(f):
        for j, b in enumerate(f):
            if i == j:
                continue
            squared = max(2 - 2 * math.fsum(x * y for x, y in zip(a, b)), smallest)
            total += -math.log(squared) if power == 0 else squared ** (-power / 2)
    return total / (len(f) * (len(f) - 1))


def flip_averaged(logits: torch.Tensor, mirrored_logits: torch.Tensor) -> torch.Tensor:
    """N x classes probabilities: the mean of the sigmoids over the image and its mirror image."""
    return (torch.sigmoid(logits) + torch.sigmoid(mirrored_logits)) / 2


def class_accuracies(predicted, labels, classes: int) -> list[float | None]:
    """The share of each class's images that were recognised; None for a class with no image."""
    result = []
    for c in range(classes):
        mine = labels == c
        result.append((predicted[mine] == c).double().mean().item() if mine.any() else None)
    return result
