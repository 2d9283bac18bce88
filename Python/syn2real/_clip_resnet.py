"""CLIP's ResNets with OpenAI's keys."""

from __future__ import annotations

import re

import torch
from torch import Tensor, nn
from torch.nn import functional

from ._resnet import ResidualBlock

_BLOCKS = {50: (3, 4, 6, 3), 101: (3, 4, 23, 3)}


class _AttentionPool(nn.Module):
    """The mean of a map's places asks all of them."""

    def __init__(self, channels: int, side: int, heads: int) -> None:
        super().__init__()
        self.positional_embedding = nn.Parameter(torch.zeros(1 + side**2, channels))
        self.q_proj, self.k_proj, self.v_proj = (nn.Linear(channels, channels) for _ in range(3))
        self.side, self.heads = side, heads

    def forward(self, x: Tensor) -> Tensor:
        size = x.shape[2:]
        places = x.flatten(2).transpose(1, 2)
        tokens = torch.cat([places.mean(1, keepdim=True), places], 1) + self._positions(size)
        parts = (layer(tokens) for layer in (self.q_proj, self.k_proj, self.v_proj))
        queries, keys, values = (
            part.reshape(*part.shape[:2], self.heads, -1).transpose(1, 2) for part in parts
        )
        mixed = functional.scaled_dot_product_attention(queries[:, :, :1], keys, values)
        return mixed.flatten(1)

    def _positions(self, size: torch.Size) -> Tensor:
        positions = self.positional_embedding
        if tuple(size) == (self.side, self.side):
            return positions
        grid = positions[1:].T.reshape(1, -1, self.side, self.side)
        grid = functional.interpolate(grid, size=size, mode="bicubic", antialias=True)
        return torch.cat([positions[:1], grid[0].flatten(1).T])


class CLIPResNet(nn.Module):
    """A ResNet of CLIP without its projection: N×3×H×W to the map of the last stage."""

    mean = (0.48145466, 0.4578275, 0.40821073)
    standard_deviation = (0.26862954, 0.26130258, 0.27577711)

    def __init__(self, depth: int, output_stride: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, 3, 2, padding=1, bias=False)
        self.conv2 = nn.Conv2d(32, 32, 3, padding=1, bias=False)
        self.conv3 = nn.Conv2d(32, 64, 3, padding=1, bias=False)
        self.bn1, self.bn2, self.bn3 = nn.BatchNorm2d(32), nn.BatchNorm2d(32), nn.BatchNorm2d(64)
        inputs = 64
        stages: list[nn.Module] = []
        for stage, count in enumerate(_BLOCKS[depth], start=1):
            is_dilated = output_stride == 8 and stage >= 3
            dilation = 2 ** (stage - 2) if is_dilated else 1
            width = 64 * 2 ** (stage - 1)
            blocks = []
            for index in range(count):
                first = dilation // 2 if index == 0 and is_dilated else dilation
                stride = 2 if index == 0 and stage > 1 and not is_dilated else 1
                blocks.append(
                    ResidualBlock(
                        inputs, width, stride, (first, dilation), True, False, False, pools=True
                    )
                )
                inputs = width * 4
            stages.append(nn.Sequential(*blocks))
        self.layer1, self.layer2, self.layer3, self.layer4 = stages
        self.attnpool = _AttentionPool(inputs, 7, 32)
        self.channels = inputs
        self.stage_channels = [256, 512, 1024, 2048]

    def forward(self, x: Tensor) -> Tensor:
        return self.maps(x)[-1]

    def maps(self, x: Tensor) -> list[Tensor]:
        """The maps of the four stages."""
        for convolution, norm in (
            (self.conv1, self.bn1),
            (self.conv2, self.bn2),
            (self.conv3, self.bn3),
        ):
            x = functional.relu(norm(convolution(x)))
        maps = [functional.avg_pool2d(x, 2)]
        for layer in (self.layer1, self.layer2, self.layer3, self.layer4):
            maps.append(layer(maps[-1]))
        return maps[1:]

    def pooled(self, images: Tensor) -> Tensor:
        """The attention's vector before its projection, N×C."""
        vector: Tensor = self.attnpool(self(images))
        return vector

    @classmethod
    def named(cls, name: str, output_stride: int) -> CLIPResNet | None:
        """The network of a registered name; None where it is no ResNet of CLIP."""
        parts = re.fullmatch(r"clip-resnet-(\d+)", name)
        if parts is None or int(parts[1]) not in _BLOCKS:
            return None
        return cls(int(parts[1]), output_stride)
