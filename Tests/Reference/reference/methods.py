"""The other systems of the comparison: what each adds to the task loss, as formulas over whole tensors."""

import torch
import torch.nn.functional as F


def feature_distance(v: torch.Tensor, u: torch.Tensor) -> torch.Tensor:
    """Squared distance of the feature vectors of two N x C x H x W maps, mean over images and places."""
    return torch.linalg.vector_norm(v - u, dim=1).square().mean()


def asg(student: torch.Tensor, teacher: torch.Tensor, fc: torch.nn.Linear, dense: bool):
    """KL(softmax(fc(teacher)) || softmax(fc(student))) of last maps, mean over images (and places)."""
    if dense:
        kernel = fc.weight[:, :, None, None]
        p, q = (F.conv2d(m, kernel, fc.bias).softmax(dim=1) for m in (teacher, student))
    else:
        p, q = (fc(m.mean(dim=(2, 3))).softmax(dim=1) for m in (teacher, student))
    return (p * (p / q).log()).sum(dim=1).mean()


def trained(backbone) -> dict[str, torch.nn.Parameter]:
    """The backbone's parameters without the frozen ImageNet classifier."""
    return {k: p for k, p in backbone.named_parameters() if not k.startswith("fc")}


def squared_distance(parameters, anchors, importance=None) -> torch.Tensor:
    """The sum over all weights of importance * (weight - anchor)^2."""
    return sum(
        ((1 if importance is None else importance[key]) * (p - anchors[key]).square()).sum()
        for key, p in parameters.items()
    )


def diagonal_fisher(backbone, images: torch.Tensor, seed: int) -> dict[str, torch.Tensor]:
    """E (d log p(y|x) / d weight)^2 with one y drawn for each image from p, scaled to mean 1.

    The draws are the numbers of PyTorch's CPU generator of `seed`, looked up in the cumulative
    distribution.
    """
    parameters = trained(backbone)
    positions = torch.rand(len(images), generator=torch.Generator().manual_seed(seed))
    fisher = {key: torch.zeros_like(p) for key, p in parameters.items()}
    for image, position in zip(images, positions.double()):
        scores = backbone(image[None]).log_softmax(dim=1)[0]
        label = int((scores.detach().exp().cumsum(0) <= position).sum())
        for key, g in zip(parameters, torch.autograd.grad(scores[label], parameters.values())):
            fisher[key] += g.square()
    mean = torch.cat([f.flatten() for f in fisher.values()]).mean()
    return {key: f / mean for key, f in fisher.items()}


class SynapticIntelligence:
    """Path integral, importance and penalty of Zenke et al. 2017, with anchors that stay."""

    def __init__(self, parameters, damping: float, interval: int):
        self.parameters, self.damping, self.interval = parameters, damping, interval
        self.anchors = {key: p.detach().clone() for key, p in parameters.items()}
        self.start = dict(self.anchors)
        self.path = {key: torch.zeros_like(p) for key, p in parameters.items()}
        self.importance = dict(self.path)

    def penalty(self) -> torch.Tensor:
        return squared_distance(self.parameters, self.anchors, self.importance)

    def follow(self, iteration: int, gradients, before):
        """After the step: `gradients` of the loss without penalty, weights `before` the step."""
        after = {key: p.detach().clone() for key, p in self.parameters.items()}
        for key in self.path:
            self.path[key] = self.path[key] - gradients[key] * (after[key] - before[key])
        if (iteration + 1) % self.interval == 0:
            for key in self.path:
                moved = (after[key] - self.start[key]).square() + self.damping
                self.importance[key] = self.importance[key] + (self.path[key] / moved).relu()
                self.path[key] = torch.zeros_like(after[key])
            self.start = after


def pyramid_consistency(versions: list[torch.Tensor], cells=(1, 2, 4)) -> torch.Tensor:
    """Mean distance (L1) of the pyramid-pooled maps of several versions from their mean."""
    descriptors = [
        torch.cat([F.adaptive_avg_pool2d(m, c).flatten(1) for c in cells], dim=1) for m in versions
    ]
    mean = sum(descriptors) / len(descriptors)
    return sum((d - mean).abs().mean() for d in descriptors) / len(descriptors)
