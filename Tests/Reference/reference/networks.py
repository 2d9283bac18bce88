"""ResNet (torchvision's keys) and EfficientNet-Lite (Lite0: the published file's keys), evaluation mode.

`features` gives the maps of the stages by name; each is the output of a ReLU or ReLU6, so
non-negative, as attentional pooling wants.
"""

import math

import torch
import torch.nn.functional as F
from torch import nn


def convolution(inputs: int, outputs: int, kernel: int, stride: int = 1) -> nn.Conv2d:
    return nn.Conv2d(inputs, outputs, kernel, stride, padding=kernel // 2, bias=False)


class BasicBlock(nn.Module):
    expansion = 1

    def __init__(self, inputs: int, width: int, stride: int):
        super().__init__()
        self.conv1 = convolution(inputs, width, 3, stride)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = convolution(width, width, 3)
        self.bn2 = nn.BatchNorm2d(width)
        self.downsample = shortcut(inputs, width, stride)

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        y = self.bn2(self.conv2(y))
        return F.relu(y + (x if self.downsample is None else self.downsample(x)))


class Bottleneck(nn.Module):
    expansion = 4

    def __init__(self, inputs: int, width: int, stride: int):
        super().__init__()
        self.conv1 = convolution(inputs, width, 1)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = convolution(width, width, 3, stride)  # the stride is on the 3 x 3 ("v1.5")
        self.bn2 = nn.BatchNorm2d(width)
        self.conv3 = convolution(width, width * 4, 1)
        self.bn3 = nn.BatchNorm2d(width * 4)
        self.downsample = shortcut(inputs, width * 4, stride)

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        y = F.relu(self.bn2(self.conv2(y)))
        y = self.bn3(self.conv3(y))
        return F.relu(y + (x if self.downsample is None else self.downsample(x)))


def shortcut(inputs: int, outputs: int, stride: int) -> nn.Sequential | None:
    if stride == 1 and inputs == outputs:
        return None
    return nn.Sequential(convolution(inputs, outputs, 1, stride), nn.BatchNorm2d(outputs))


class ResNet(nn.Module):
    """`width` is the number of channels of the stem (64 in the published networks)."""

    def __init__(self, block, depths, width: int = 64, classes: int = 1000):
        super().__init__()
        self.conv1 = nn.Conv2d(3, width, 7, 2, padding=3, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        channels = width
        for index, depth in enumerate(depths):
            blocks = []
            for position in range(depth):
                stride = 2 if index > 0 and position == 0 else 1
                blocks.append(block(channels, width << index, stride))
                channels = (width << index) * block.expansion
            setattr(self, f"layer{index + 1}", nn.Sequential(*blocks))
        self.fc = nn.Linear(channels, classes)
        self.channels = {f"layer{i + 1}": (width << i) * block.expansion for i in range(4)}
        self.eval()

    def features(self, x) -> dict[str, torch.Tensor]:
        """`stem` (after conv1, bn1, ReLU; before the max pooling) and `layer1` ... `layer4`."""
        features = {"stem": F.relu(self.bn1(self.conv1(x)))}
        x = F.max_pool2d(features["stem"], 3, 2, padding=1)
        for name in ("layer1", "layer2", "layer3", "layer4"):
            x = features[name] = getattr(self, name)(x)
        return features

    def forward(self, x):
        return self.fc(self.features(x)["layer4"].mean(dim=(2, 3)))


def resnet18(width: int = 64, classes: int = 1000) -> ResNet:
    return ResNet(BasicBlock, (2, 2, 2, 2), width, classes)


def resnet50(width: int = 64, classes: int = 1000) -> ResNet:
    return ResNet(Bottleneck, (3, 4, 6, 3), width, classes)


class SameConv2d(nn.Conv2d):
    """TensorFlow's "same" padding: out = ceil(in / stride); odd totals pad the far side more."""

    def forward(self, x):
        padding = []
        for size, kernel, stride in zip(x.shape[:1:-1], self.kernel_size[::-1], self.stride[::-1]):
            total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
            padding += [total // 2, total - total // 2]
        return super().forward(F.pad(x, padding))


class InvertedResidual(nn.Module):
    def __init__(self, inputs: int, outputs: int, expansion: int, kernel: int, stride: int):
        super().__init__()
        width = inputs * expansion
        if expansion > 1:
            self._expand_conv = SameConv2d(inputs, width, 1, bias=False)
            self._bn0 = nn.BatchNorm2d(width, eps=1e-3)
        self._depthwise_conv = SameConv2d(width, width, kernel, stride, groups=width, bias=False)
        self._bn1 = nn.BatchNorm2d(width, eps=1e-3)
        self._project_conv = SameConv2d(width, outputs, 1, bias=False)
        self._bn2 = nn.BatchNorm2d(outputs, eps=1e-3)
        self.expands = expansion > 1
        self.residual = stride == 1 and inputs == outputs

    def forward(self, x):
        """The block's (linear) output and its expanded map, after ReLU6."""
        expanded = F.relu6(self._bn0(self._expand_conv(x))) if self.expands else x
        y = F.relu6(self._bn1(self._depthwise_conv(expanded)))
        y = self._bn2(self._project_conv(y))
        return (y + x if self.residual else y), expanded


class EfficientNetLite0(nn.Module):
    """No squeeze-and-excitation, ReLU6, stem and head of fixed width."""

    # factors on the channels and on the blocks of a group
    WIDTH, DEPTH = 1.0, 1.0
    # expansion, kernel, stride of the first block, output channels, blocks
    GROUPS = (
        (1, 3, 1, 16, 1),
        (6, 3, 2, 24, 2),
        (6, 5, 2, 40, 2),
        (6, 3, 2, 80, 3),
        (6, 5, 1, 112, 3),
        (6, 5, 2, 192, 4),
        (6, 3, 1, 320, 1),
    )
    def __init__(self, classes: int = 1000):
        super().__init__()
        self._conv_stem = SameConv2d(3, 32, 3, 2, bias=False)
        self._bn0 = nn.BatchNorm2d(32, eps=1e-3)
        blocks, channels = [], 32
        self.strides, self.expanded = 2, {}
        for index, (expansion, kernel, stride, outputs, depth) in enumerate(self.GROUPS):
            outputs = self.scaled(outputs)
            if 0 < index < len(self.GROUPS) - 1:  # the first and the last group stay as they are
                depth = math.ceil(depth * self.DEPTH)
            for position in range(depth):
                first = stride if position == 0 else 1
                # the block whose expanded map is the stage: the first one that leaves its stride
                if first == 2 and self.strides > 2:
                    self.expanded[len(blocks)] = f"layer{self.strides.bit_length() - 2}"
                self.strides *= first
                blocks.append(InvertedResidual(channels, outputs, expansion, kernel, first))
                channels = outputs
        self._blocks = nn.ModuleList(blocks)
        self._conv_head = SameConv2d(channels, 1280, 1, bias=False)
        self._bn1 = nn.BatchNorm2d(1280, eps=1e-3)
        self._fc = nn.Linear(1280, classes)
        self.eval()

    def scaled(self, channels: int) -> int:
        """channels * WIDTH to the nearest multiple of 8, or the one above where a tenth would be lost."""
        wanted = channels * self.WIDTH
        nearest = max(8, int(wanted + 4) // 8 * 8)
        return nearest + 8 if nearest < 0.9 * wanted else nearest

    def features(self, x) -> dict[str, torch.Tensor]:
        """`stem` (stride 2), `layer1` (4), `layer2` (8), `layer3` (16), `layer4` (32, the head)."""
        x = F.relu6(self._bn0(self._conv_stem(x)))
        features = {"stem": x}
        for index, block in enumerate(self._blocks):
            x, expanded = block(x)
            if index in self.expanded:
                features[self.expanded[index]] = expanded
        features["layer4"] = F.relu6(self._bn1(self._conv_head(x)))
        return features

    def forward(self, x):
        return self._fc(self.features(x)["layer4"].mean(dim=(2, 3)))


class EfficientNetLite1(EfficientNetLite0):
    DEPTH = 1.1


class EfficientNetLite2(EfficientNetLite0):
    WIDTH, DEPTH = 1.1, 1.2
