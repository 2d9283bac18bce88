"""What recipes can switch on, by PyTorch itself: class weights, clipped gradients, averaged weights."""

import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from makers.files import write, write_json
from reference import fill


def uniform(name, *shape) -> torch.Tensor:
    return fill.uniform(name, shape, -1.0, 1.0).float()


def class_weights() -> dict[str, torch.Tensor]:
    """Cross-entropy with weights, of images, and of pixels of which some have no label."""
    weights = torch.tensor([0.25, 1.0, 3.5, 0.0, 2.0])
    logits = (4 * uniform("options.logits", 12, 5)).requires_grad_()
    labels = torch.tensor([0, 1, 2, 3, 4, 0, 0, 0, 1, 2, 3, 4])
    loss = nn.CrossEntropyLoss(weight=weights)(logits, labels)
    loss.backward()
    coarse = (4 * uniform("options.coarse", 2, 5, 4, 6)).requires_grad_()
    pixels = fill.labels("options.pixels", 2 * 9 * 13, 6).reshape(2, 9, 13)
    pixels[pixels == 5] = 255
    fine = nn.functional.interpolate(coarse, size=(9, 13), mode="bilinear", align_corners=True)
    dense = nn.CrossEntropyLoss(weight=weights, ignore_index=255)(fine, pixels)
    dense.backward()
    return {
        "weights.weights": weights,
        "weights.logits": logits,
        "weights.labels": labels,
        "weights.loss": loss,
        "weights.gradient": logits.grad,
        "weights.coarse": coarse,
        "weights.pixels": pixels,
        "weights.dense_loss": dense,
        "weights.dense_gradient": coarse.grad,
    }


def clipped_gradients() -> dict[str, torch.Tensor]:
    """Gradients of three parameters, clipped to a bound above their norm and to one below it."""
    tensors = {}
    for name, bound in {"loose": 100.0, "tight": 0.5}.items():
        parameters = [nn.Parameter(torch.zeros(*shape)) for shape in [(3, 4), (5,), (2, 2, 3)]]
        for number, parameter in enumerate(parameters):
            parameter.grad = uniform(f"options.gradient{number}", *parameter.shape)
            tensors[f"clip.gradient{number}"] = parameter.grad.clone()
        norm = nn.utils.clip_grad_norm_(parameters, bound)
        tensors[f"clip.{name}.bound"] = torch.tensor(bound)
        tensors[f"clip.{name}.norm"] = norm
        for number, parameter in enumerate(parameters):
            tensors[f"clip.{name}.gradient{number}"] = parameter.grad
    return tensors


def averaged_weights() -> dict[str, torch.Tensor]:
    """A linear layer and a batch norm after each of eight steps, and their averages over them."""
    model = nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4))
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            parameter.copy_(uniform(f"options.start.{name}", *parameter.shape))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.3, momentum=0.9)
    moving = AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(0.8), use_buffers=True)
    mean = AveragedModel(model, use_buffers=True)
    tensors = {}
    for step in range(8):
        optimizer.zero_grad()
        images = uniform(f"options.images{step}", 6, 3)
        (model(images) - uniform(f"options.targets{step}", 6, 4)).square().mean().backward()
        optimizer.step()
        moving.update_parameters(model)
        # The last part of the run, from half of it on.
        if step >= 4:
            mean.update_parameters(model)
        for key, tensor in model.state_dict().items():
            tensors[f"average.step{step}.{key}"] = tensor.clone()
    for name, average in {"ema": moving, "swa": mean}.items():
        for key, tensor in average.module.state_dict().items():
            tensors[f"average.{name}.{key}"] = tensor
    return tensors


def flat_range(losses: list[float], start_patience: int, end_patience: int, tolerance: float):
    """Algorithm 1 of SWAD (Cha et al. 2021), literally: start, end and threshold, by the places of the losses; None for unknown."""
    start = end = threshold = None
    for i in range(len(losses)):
        if threshold is None:
            window = losses[max(0, i - start_patience + 1) : i + 1]
            if len(window) == start_patience and window[0] == min(window):
                start = i - start_patience + 1
                threshold = tolerance / start_patience * sum(window)
        elif i + 1 >= end_patience and threshold < min(losses[i - end_patience + 1 : i + 1]):
            end = i - end_patience
            break
    return start, end, threshold


def flat_cases() -> list[dict]:
    """Losses by chosen numbers and by names; each case has the weights of each step, two numbers, and their mean."""
    settings = [
        ([3, 2, 1, 1.2, 1.1, 1.3, 1.2, 1.6, 1.7, 1.4, 1.8, 1.9], 3, 3, 1.3),
        ([3, 2, 1.5, 1, 0.5], 3, 6, 1.3),  # no start is found
        ([3, 1, 1, 1, 2, 2, 1], 3, 6, 1.2),  # equal losses, and no end
        ([1, 10, 10, 10, 10, 10], 3, 3, 1.3),  # the threshold is exceeded where it is set
        ([1, 10, 10, 10, 1], 3, 1, 1.3),
        ([1, 10, 10, 1, 10, 1], 3, 2, 1.0),
        ([1, 2, 1], 1, 1, 1.5),
    ]
    for number in range(17):
        values = uniform(f"options.flat{number}", 18).double()
        trend = (torch.linspace(-1, 1, 18) * (1 + number % 3)).abs()
        losses = ((1 + values) / 2 + trend).tolist()
        settings.append((losses, 1 + number % 4, 1 + number % 5, 1 + number % 7 / 10))
    return [flat_case(number, *case) for number, case in enumerate(settings)]


def flat_case(number, losses, start_patience, end_patience, tolerance) -> dict:
    start, end, threshold = flat_range(losses, start_patience, end_patience, tolerance)
    every = 1 + number % 3
    # A run may end between two evaluations.
    steps = every * len(losses) + every - 1
    weights = uniform(f"options.flat{number}.weights", steps, 2)
    # Where no start was found, from the lowest loss on.
    first = losses.index(min(losses)) if start is None else start
    last = steps if end is None else every * (end + 1)
    mean = weights[every * (first + 1) - 1 : last].double().mean(0)
    return {
        "losses": losses,
        "start_patience": start_patience,
        "end_patience": end_patience,
        "tolerance": tolerance,
        "start": start,
        "end": end,
        "threshold": threshold,
        "every": every,
        "weights": weights.tolist(),
        "mean": mean.tolist(),
    }


def make_options():
    write("options", class_weights() | clipped_gradients() | averaged_weights())
    write_json("flat-averages", {"cases": flat_cases()})
