"""SGD with momentum in both forms, the learning-rate schedule and the moving average's ramp."""

import torch


class SGD:
    """`groups` is a list of (parameters, rate); a group's learning rate is lr * rate.

    rate_inside=True is the recipe's form: with g = grad + wd * p, the buffer is b = lr * g at the
    first step and b = momentum * b + lr * g after it; p = p - b. False is the common form:
    b = g, then b = momentum * b + g; p = p - lr * b. They differ as soon as lr changes.
    """

    def __init__(self, groups, momentum=0.9, weight_decay=5e-4, rate_inside=True):
        self.groups = [(list(parameters), rate) for parameters, rate in groups]
        self.momentum, self.weight_decay, self.rate_inside = momentum, weight_decay, rate_inside
        self.buffers: dict[torch.Tensor, torch.Tensor] = {}

    @torch.no_grad()
    def step(self, lr: float):
        for parameters, rate in self.groups:
            for p in parameters:
                g = p.grad + self.weight_decay * p
                if self.rate_inside:
                    g = lr * rate * g
                b = self.buffers[p] = (
                    self.momentum * self.buffers[p] + g if p in self.buffers else g
                )
                p -= b if self.rate_inside else lr * rate * b


def learning_rate(
    lr: float, iteration: int, iterations: int, warmup: int = 100, power: float = 0.9
) -> float:
    """Quadratic warm-up times polynomial decay; iterations count from 0."""
    progress = iteration / warmup if warmup else 1
    rise = min(0.01 + 0.99 * progress**2, 1.0)
    return lr * rise * (1 - iteration / iterations) ** power


def ramped_momentum(iteration: int, momentum: float) -> float:
    return min(1 - 1 / (iteration + 1), momentum)
