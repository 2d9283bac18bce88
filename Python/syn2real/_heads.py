"""The layers that belong to a task, with the keys of the released checkpoints."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.nn import functional


def classifier_head(inputs: int, hidden: int, classes: int) -> nn.Module:
    """Pooled features to logits: FC, ReLU, FC."""
    return nn.Sequential(nn.Linear(inputs, hidden), nn.ReLU(), nn.Linear(hidden, classes))


class EmbeddingHead(nn.Module):
    """CLIP's classifier of names: cosines of an image's embedding and those of the names, times a factor."""

    def __init__(self, inputs: int, dimension: int, classes: int) -> None:
        super().__init__()
        self.projection = nn.Linear(inputs, dimension)
        self.texts = nn.Parameter(torch.zeros(classes, dimension))
        self.register_buffer("scale", torch.ones(()))

    def forward(self, x: Tensor) -> Tensor:
        embedding = functional.normalize(self.projection(x), dim=1)
        logits: Tensor = embedding @ self.texts.T * self.get_buffer("scale")
        return logits


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

    def __init__(self, channels: list[int], classes: int, width: int = 256) -> None:
        super().__init__()
        self.conv2d_list = nn.Sequential(
            _Pyramid(channels[-1], width), *_filter(width, width, 3), nn.Conv2d(width, classes, 1)
        )

    def forward(self, maps: list[Tensor]) -> Tensor:
        logits: Tensor = self.conv2d_list(maps[-1])
        return logits


class AtrousSumHead(nn.Module):
    """The head of the DeepLab-v2 paper (Chen et al. 2016): the sum of 3×3 convolutions at four rates."""

    def __init__(self, channels: list[int], classes: int) -> None:
        super().__init__()
        self.conv2d_list = nn.ModuleList(
            nn.Conv2d(channels[-1], classes, 3, padding=rate, dilation=rate) for rate in (6, 12, 18, 24)
        )

    def forward(self, maps: list[Tensor]) -> Tensor:
        parts = torch.stack([branch(maps[-1]) for branch in self.conv2d_list])
        return parts.sum(0)


class RefinedPyramidHead(nn.Module):
    """The head of DeepLab-v3+ (Chen et al. 2018): the pyramid, refined together with the map of stage 1."""

    def __init__(self, channels: list[int], classes: int, width: int = 256) -> None:
        super().__init__()
        self.pyramid = _Pyramid(channels[-1], width)
        self.reduction = nn.Sequential(*_filter(channels[0], 48, 1))
        self.refinement = nn.Sequential(
            nn.Sequential(*_filter(width + 48, width, 3)), nn.Sequential(*_filter(width, width, 3))
        )
        self.classifier = nn.Conv2d(width, classes, 1)

    def forward(self, maps: list[Tensor]) -> Tensor:
        fine = self.reduction(maps[0])
        coarse = functional.interpolate(
            self.pyramid(maps[-1]), size=fine.shape[2:], mode="bilinear", align_corners=True
        )
        logits: Tensor = self.classifier(self.refinement(torch.cat([coarse, fine], 1)))
        return logits


class JoinedStagesHead(nn.Module):
    """SegFormer's head (Xie et al. 2021): linear maps of all stages at the size of the first, joined."""

    def __init__(self, channels: list[int], classes: int, width: int = 256) -> None:
        super().__init__()
        self.projections = nn.ModuleList(nn.Conv2d(count, width, 1) for count in channels)
        self.fusion = nn.Sequential(*_filter(4 * width, width, 1))
        self.classifier = nn.Conv2d(width, classes, 1)

    def forward(self, maps: list[Tensor]) -> Tensor:
        parts = [
            functional.interpolate(projection(x), size=maps[0].shape[2:], mode="bilinear")
            for projection, x in zip(self.projections, maps)
        ]
        logits: Tensor = self.classifier(self.fusion(torch.cat(parts[::-1], 1)))
        return logits


class LinearHead(nn.Module):
    """One linear map of the last features of each place."""

    def __init__(self, channels: list[int], classes: int) -> None:
        super().__init__()
        self.classifier = nn.Conv2d(channels[-1], classes, 1)

    def forward(self, maps: list[Tensor]) -> Tensor:
        logits: Tensor = self.classifier(maps[-1])
        return logits


SEGMENTATION_HEADS: dict[str, Callable[[list[int], int], nn.Module]] = {
    "aspp": PyramidHead,
    "deeplab-v2": AtrousSumHead,
    "deeplab-v3-plus": RefinedPyramidHead,
    "segformer": JoinedStagesHead,
    "linear": LinearHead,
}
