"""ConvNeXts with torchvision's architecture and keys, also at an output stride of 8."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from ._layers import SamePaddedConvolution

# Channels and blocks of the four stages.
_VARIANTS = {
    "convnext-tiny": ((96, 192, 384, 768), (3, 3, 9, 3)),
    "convnext-small": ((96, 192, 384, 768), (3, 3, 27, 3)),
    "convnext-base": ((128, 256, 512, 1024), (3, 3, 27, 3)),
}
_EPSILON = 1e-6


class _ChannelNorm(nn.LayerNorm):
    """A norm of the channels of each place of N×C×H×W maps."""

    def forward(self, input: Tensor) -> Tensor:
        return super().forward(input.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)


class _Permute(nn.Module):
    def __init__(self, *order: int) -> None:
        super().__init__()
        self.order = order

    def forward(self, x: Tensor) -> Tensor:
        return x.permute(self.order)


class _Block(nn.Module):
    def __init__(self, channels: int, dilation: int) -> None:
        super().__init__()
        self.block = nn.Sequential(
            nn.Conv2d(
                channels, channels, 7, padding=3 * dilation, dilation=dilation, groups=channels
            ),
            _Permute(0, 2, 3, 1),
            nn.LayerNorm(channels, eps=_EPSILON),
            nn.Linear(channels, 4 * channels),
            nn.GELU(),
            nn.Linear(4 * channels, channels),
            _Permute(0, 3, 1, 2),
        )
        self.layer_scale = nn.Parameter(torch.ones(channels, 1, 1))

    def forward(self, x: Tensor) -> Tensor:
        return x + self.layer_scale * self.block(x)


class ConvNeXt(nn.Module):
    """A ConvNeXt without its ImageNet classifier: N×3×H×W to the map of the last stage."""

    mean = (0.485, 0.456, 0.406)
    standard_deviation = (0.229, 0.224, 0.225)

    def __init__(self, widths: tuple[int, ...], counts: tuple[int, ...], output_stride: int) -> None:
        super().__init__()
        dilations = (1, 1, 2, 4) if output_stride == 8 else (1, 1, 1, 1)
        parts: list[nn.Module] = []
        for stage, (width, count, dilation) in enumerate(zip(widths, counts, dilations)):
            if stage == 0:
                way: list[nn.Module] = [nn.Conv2d(3, width, 4, 4), _ChannelNorm(width, eps=_EPSILON)]
            else:
                inputs = widths[stage - 1]
                reduction = (
                    SamePaddedConvolution(inputs, width, 2, dilation=dilation // 2)
                    if dilation > 1
                    else nn.Conv2d(inputs, width, 2, 2)
                )
                way = [_ChannelNorm(inputs, eps=_EPSILON), reduction]
            parts.append(nn.Sequential(*way))
            parts.append(nn.Sequential(*(_Block(width, dilation) for _ in range(count))))
        self.features = nn.Sequential(*parts)
        # The norm that precedes the published classifier.
        self.classifier = nn.Sequential(nn.LayerNorm(widths[-1], eps=_EPSILON))
        self.channels = widths[-1]
        self.stage_channels = list(widths)

    def forward(self, images: Tensor) -> Tensor:
        return self.maps(images)[-1]

    def maps(self, images: Tensor) -> list[Tensor]:
        """The maps of the four stages."""
        maps = [images]
        for part in self.features:
            maps.append(part(maps[-1]))
        return maps[2::2]

    def pooled(self, images: Tensor) -> Tensor:
        """The last map averaged over space and normalised, N×C."""
        result: Tensor = self.classifier(self.features(images).mean((2, 3)))
        return result

    @classmethod
    def named(cls, name: str, output_stride: int) -> ConvNeXt | None:
        """The network of a registered name; None where it is no ConvNeXt's."""
        variant = _VARIANTS.get(name)
        return None if variant is None else cls(*variant, output_stride)
