"""ResNets with torchvision's architecture and keys, also with IBN-Net's norms and at an output stride of 8."""

from __future__ import annotations

import re

from torch import Tensor, nn
from torch.nn import functional

from ._layers import InstanceBatchNorm

_BLOCKS = {
    18: (2, 2, 2, 2),
    34: (3, 4, 6, 3),
    50: (3, 4, 6, 3),
    101: (3, 4, 23, 3),
    152: (3, 8, 36, 3),
}


class ResidualBlock(nn.Module):
    """Two 3×3 convolutions, or 1×1, 3×3, 1×1 with the stride at the 3×3 one; and a shortcut."""

    def __init__(
        self,
        inputs: int,
        width: int,
        stride: int,
        dilations: tuple[int, int],
        bottleneck: bool,
        mixes_norms: bool,
        normalizes_sum: bool,
        pools: bool = False,
    ) -> None:
        super().__init__()
        first, rest = dilations
        # CLIP: means of squares in the place of strides.
        self.pooling = stride if pools and stride > 1 else 1
        shortens = stride != 1 or inputs != (width * 4 if bottleneck else width)
        stride = 1 if pools else stride
        outputs = width * 4 if bottleneck else width

        def filter3(channels: int, step: int, dilation: int) -> nn.Conv2d:
            return nn.Conv2d(
                channels, width, 3, step, padding=dilation, dilation=dilation, bias=False
            )

        self.conv1 = nn.Conv2d(inputs, width, 1, bias=False) if bottleneck else filter3(inputs, stride, first)
        self.bn1 = InstanceBatchNorm(width) if mixes_norms else nn.BatchNorm2d(width)
        self.conv2 = filter3(width, stride, first) if bottleneck else filter3(width, 1, rest)
        self.bn2 = nn.BatchNorm2d(width)
        if bottleneck:
            self.conv3 = nn.Conv2d(width, outputs, 1, bias=False)
            self.bn3 = nn.BatchNorm2d(outputs)
        if shortens:
            self.downsample = nn.Sequential(
                nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs)
            )
        if normalizes_sum:
            self.IN = nn.InstanceNorm2d(outputs, affine=True)
        self.is_bottleneck, self.shortens = bottleneck, hasattr(self, "downsample")
        self.normalizes_sum = normalizes_sum

    def forward(self, x: Tensor) -> Tensor:
        y = self.bn2(self.conv2(functional.relu(self.bn1(self.conv1(x)))))
        if self.is_bottleneck:
            y = self.bn3(self.conv3(self._pooled(functional.relu(y))))
            x = self._pooled(x)
        y = y + (self.downsample(x) if self.shortens else x)
        return functional.relu(self.IN(y) if self.normalizes_sum else y)

    def _pooled(self, x: Tensor) -> Tensor:
        return functional.avg_pool2d(x, self.pooling) if self.pooling > 1 else x


class ResNet(nn.Module):
    """A ResNet without its ImageNet classifier: N×3×H×W to the map of the last stage."""

    mean = (0.485, 0.456, 0.406)
    standard_deviation = (0.229, 0.224, 0.225)

    def __init__(self, depth: int, norms: str, output_stride: int) -> None:
        super().__init__()
        bottleneck = depth >= 50
        self.conv1 = nn.Conv2d(3, 64, 7, 2, padding=3, bias=False)
        self.bn1 = nn.InstanceNorm2d(64, affine=True) if norms == "ibn-b" else nn.BatchNorm2d(64)
        inputs = 64
        stages: list[nn.Module] = []
        for stage, count in enumerate(_BLOCKS[depth], start=1):
            is_dilated = output_stride == 8 and stage >= 3
            dilation = 2 ** (stage - 2) if is_dilated else 1
            blocks: list[nn.Module] = []
            for index in range(count):
                is_first = index == 0
                blocks.append(
                    ResidualBlock(
                        inputs,
                        64 * 2 ** (stage - 1),
                        2 if is_first and stage > 1 and not is_dilated else 1,
                        (dilation // 2 if is_first and is_dilated else dilation, dilation),
                        bottleneck,
                        mixes_norms=norms == "ibn-a" and stage <= 3,
                        normalizes_sum=norms == "ibn-b" and stage <= 2 and index == count - 1,
                    )
                )
                inputs = 64 * 2 ** (stage - 1) * (4 if bottleneck else 1)
            stages.append(nn.Sequential(*blocks))
        self.layer1, self.layer2, self.layer3, self.layer4 = stages
        self.channels = inputs
        self.stage_channels = [inputs // 8, inputs // 4, inputs // 2, inputs]

    def forward(self, x: Tensor) -> Tensor:
        return self.maps(x)[-1]

    def maps(self, x: Tensor) -> list[Tensor]:
        """The maps of the four stages."""
        x = functional.relu(self.bn1(self.conv1(x)))
        maps = [functional.max_pool2d(x, 3, 2, padding=1)]
        for layer in (self.layer1, self.layer2, self.layer3, self.layer4):
            maps.append(layer(maps[-1]))
        return maps[1:]

    @classmethod
    def named(cls, name: str, output_stride: int) -> ResNet | None:
        """The network of a registered name; None where it is no ResNet's."""
        parts = re.fullmatch(r"resnet(\d+)(?:-(ibn-[ab]))?", name)
        if parts is None or int(parts[1]) not in _BLOCKS:
            return None
        return cls(int(parts[1]), parts[2] or "batch", output_stride)
