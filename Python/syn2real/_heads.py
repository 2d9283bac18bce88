"""The layers that belong to a task, with the keys of the released checkpoints."""

from __future__ import annotations

import torch
from torch import Tensor, nn


def classifier_head(inputs: int, hidden: int, classes: int) -> nn.Module:
    """Pooled features to logits: FC, ReLU, FC."""
    return nn.Sequential(nn.Linear(inputs, hidden), nn.ReLU(), nn.Linear(hidden, classes))


def _filter(inputs: int, outputs: int, kernel: int, rate: int = 1) -> list[nn.Module]:
    """A convolution with its batch norm and ReLU."""
    convolution = nn.Conv2d(
        inputs, outputs, kernel, padding=rate * (kernel // 2), dilation=rate, bias=False
    )
    return [convolution, nn.BatchNorm2d(outputs), nn.ReLU()]


class _Pyramid(nn.Module):
    """Atrous spatial pyramid pooling (Chen et al. 2017)."""

    def __init__(self, inputs: int, width: int) -> None:
        super().__init__()
        branches = [_filter(inputs, width, 1)]
        branches += [_filter(inputs, width, 3, rate) for rate in (12, 24, 36)]
        branches.append([nn.AdaptiveAvgPool2d(1), *_filter(inputs, width, 1)])
        self.convs = nn.ModuleList(nn.Sequential(*branch) for branch in branches)
        self.project = nn.Sequential(*_filter(width * len(branches), width, 1))

    def forward(self, x: Tensor) -> Tensor:
        # The map of the pooled branch has one place, whose value stands everywhere.
        maps = [branch(x).expand(-1, -1, x.shape[2], x.shape[3]) for branch in self.convs]
        mixed: Tensor = self.project(torch.cat(maps, 1))
        return mixed


class PyramidHead(nn.Module):
    """The head released with CSG: atrous spatial pyramid pooling, a 3×3 convolution, and a 1×1 one to the classes."""

    def __init__(self, inputs: int, classes: int, width: int = 256) -> None:
        super().__init__()
        self.conv2d_list = nn.Sequential(
            _Pyramid(inputs, width), *_filter(width, width, 3), nn.Conv2d(width, classes, 1)
        )

    def forward(self, x: Tensor) -> Tensor:
        logits: Tensor = self.conv2d_list(x)
        return logits


class AtrousSumHead(nn.Module):
    """The head of the DeepLab-v2 paper (Chen et al. 2016): the sum of 3×3 convolutions at four rates."""

    def __init__(self, inputs: int, classes: int) -> None:
        super().__init__()
        self.conv2d_list = nn.ModuleList(
            nn.Conv2d(inputs, classes, 3, padding=rate, dilation=rate) for rate in (6, 12, 18, 24)
        )

    def forward(self, x: Tensor) -> Tensor:
        maps = torch.stack([branch(x) for branch in self.conv2d_list])
        return maps.sum(0)


SEGMENTATION_HEADS = {"aspp": PyramidHead, "deeplab-v2": AtrousSumHead}
