"""EfficientNet-Lites with the keys of the published PyTorch weights."""

from __future__ import annotations

import math

from torch import Tensor, nn
from torch.nn import functional

from ._layers import SamePaddedConvolution

# Repeats, kernel, stride, expansion and outputs of EfficientNet-B0's groups of blocks (Tan & Le 2019, table 1).
_GROUPS = (
    (1, 3, 1, 1, 16),
    (2, 3, 2, 6, 24),
    (2, 5, 2, 6, 40),
    (3, 3, 2, 6, 80),
    (3, 5, 1, 6, 112),
    (4, 5, 2, 6, 192),
    (1, 3, 1, 6, 320),
)
# The factors on channels and on repeats.
_SCALING = {
    "efficientnet-lite0": (1.0, 1.0),
    "efficientnet-lite1": (1.0, 1.1),
    "efficientnet-lite2": (1.1, 1.2),
}
_EPSILON = 1e-3


def _norm(channels: int) -> nn.BatchNorm2d:
    return nn.BatchNorm2d(channels, eps=_EPSILON)


class MBConvBlock(nn.Module):
    """Widens by 1×1, filters each channel, narrows by 1×1 (Sandler et al. 2018)."""

    def __init__(
        self, inputs: int, outputs: int, kernel: int, stride: int, expansion: int, dilation: int
    ) -> None:
        super().__init__()
        hidden = inputs * expansion
        self.expands = expansion != 1
        self.has_shortcut = stride == 1 and inputs == outputs
        if self.expands:
            self._expand_conv = nn.Conv2d(inputs, hidden, 1, bias=False)
            self._bn0 = _norm(hidden)
        self._depthwise_conv = SamePaddedConvolution(
            hidden, hidden, kernel, stride, dilation=dilation, groups=hidden, bias=False
        )
        self._bn1 = _norm(hidden)
        self._project_conv = nn.Conv2d(hidden, outputs, 1, bias=False)
        self._bn2 = _norm(outputs)

    def forward(self, x: Tensor) -> Tensor:
        return self.narrowed(x, self.widened(x))

    def widened(self, x: Tensor) -> Tensor:
        """The map between the first two convolutions."""
        return functional.relu6(self._bn0(self._expand_conv(x))) if self.expands else x

    def narrowed(self, x: Tensor, y: Tensor) -> Tensor:
        """The block's result from its input and its widened map."""
        y = functional.relu6(self._bn1(self._depthwise_conv(y)))
        narrow: Tensor = self._bn2(self._project_conv(y))
        return narrow + x if self.has_shortcut else narrow


class EfficientNetLite(nn.Module):
    """An EfficientNet-Lite without its ImageNet classifier: N×3×H×W to the map of the head, of 1280 channels."""

    mean = (0.5, 0.5, 0.5)
    standard_deviation = (0.5, 0.5, 0.5)
    channels = 1280

    def __init__(self, width: float, depth: float, output_stride: int) -> None:
        super().__init__()
        self._conv_stem = SamePaddedConvolution(3, 32, 3, 2, bias=False)
        self._bn0 = _norm(32)
        blocks: list[nn.Module] = []
        inputs, reached, dilation = 32, 2, 1
        self.stage_channels: list[int] = []
        self.stage_blocks: list[int] = []
        for number, (repeats, kernel, group_stride, expansion, channels) in enumerate(_GROUPS):
            outputs = _scaled(channels * width)
            # Lite repeats its first and last group only as often as the smallest network does.
            if 0 < number < len(_GROUPS) - 1:
                repeats = math.ceil(repeats * depth)
            for index in range(repeats):
                stride = group_stride if index == 0 else 1
                # Once the output stride is reached, a block keeps the resolution and those after it are dilated.
                keeps = stride == 2 and reached == output_stride
                block_stride = 1 if keeps else stride
                # A stage's map is the widened one of the block that leaves the stage.
                if stride == 2 and inputs > 16 and len(self.stage_blocks) < 3:
                    self.stage_blocks.append(len(blocks))
                    self.stage_channels.append(inputs * expansion)
                blocks.append(
                    MBConvBlock(inputs, outputs, kernel, block_stride, expansion, dilation)
                )
                if keeps:
                    dilation *= 2
                reached *= block_stride
                inputs = outputs
        self.stage_channels.append(self.channels)
        self._blocks = nn.Sequential(*blocks)
        self._conv_head = nn.Conv2d(inputs, self.channels, 1, bias=False)
        self._bn1 = _norm(self.channels)

    def forward(self, x: Tensor) -> Tensor:
        return self.maps(x)[-1]

    def maps(self, x: Tensor) -> list[Tensor]:
        """The maps of the four stages, of which the last is that of the head."""
        x = functional.relu6(self._bn0(self._conv_stem(x)))
        maps: list[Tensor] = []
        for index, block in enumerate(self._blocks):
            if index in self.stage_blocks and isinstance(block, MBConvBlock):
                maps.append(block.widened(x))
                x = block.narrowed(x, maps[-1])
            else:
                x = block(x)
        return [*maps, functional.relu6(self._bn1(self._conv_head(x)))]

    @classmethod
    def named(cls, name: str, output_stride: int) -> EfficientNetLite | None:
        """The network of a registered name; None where it is no EfficientNet-Lite's."""
        scaling = _SCALING.get(name)
        return None if scaling is None else cls(*scaling, output_stride)


def _scaled(channels: float) -> int:
    """The channels as a multiple of 8 that is not more than a tenth below."""
    rounded = max(8, int(channels + 4) // 8 * 8)
    return rounded + 8 if rounded < 0.9 * channels else rounded
