"""AdamW and learning-rate schedules, by PyTorch itself."""

import torch
from torch.optim import lr_scheduler

from makers.files import write
from reference import fill


def adamw() -> dict[str, torch.Tensor]:
    """Five steps of two groups with rates of their own; the first parameter is a channels-last kernel."""
    shapes = {"first": (4, 3, 2, 2), "second": (5,)}
    parameters = {
        name: torch.nn.Parameter(fill.uniform(f"optimizers.{name}", shape, -1.0, 1.0))
        for name, shape in shapes.items()
    }
    result = {f"adamw.start.{name}": value.detach().clone() for name, value in parameters.items()}
    groups = [{"params": [value]} for value in parameters.values()]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.05)
    for step in range(5):
        for group, rate in zip(optimizer.param_groups, (0.1, 1.0)):
            group["lr"] = 0.01 * (step + 1) * rate
        for name, value in parameters.items():
            value.grad = fill.uniform(f"optimizers.{step}.{name}", value.shape, -1.0, 1.0)
            result[f"adamw.gradient{step}.{name}"] = value.grad.clone()
        optimizer.step()
        for name, value in parameters.items():
            result[f"adamw.after{step}.{name}"] = value.detach().clone()
    return result


def rates(make) -> torch.Tensor:
    """The rates of 40 iterations, in float64."""
    optimizer = torch.optim.SGD([torch.nn.Parameter(torch.zeros(1))], lr=0.2)
    scheduler = make(optimizer)
    found = []
    for _ in range(40):
        found.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        if len(found) < 40:
            scheduler.step()
    return torch.tensor(found, dtype=torch.float64)


def cosine(optimizer):
    """A linear rise over five iterations, then a cosine to a tenth."""
    rise = lr_scheduler.LambdaLR(optimizer, lambda iteration: min((iteration + 1) / 5, 1))
    fall = lr_scheduler.CosineAnnealingLR(optimizer, 35, eta_min=0.02)
    return lr_scheduler.SequentialLR(optimizer, [rise, fall], [5])


def make_optimizers():
    schedules = {
        "schedule.cosine": rates(cosine),
        "schedule.one_cycle": rates(
            lambda optimizer: lr_scheduler.OneCycleLR(
                optimizer, 0.2, total_steps=40, cycle_momentum=False
            )
        ),
    }
    write("optimizers", adamw() | schedules)
