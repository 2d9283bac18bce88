"""Layers that PyTorch has not."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional


class SamePaddedConvolution(nn.Conv2d):
    """A convolution with TensorFlow's padding "same": an odd zero is added to the right and at the bottom."""

    def forward(self, input: Tensor) -> Tensor:
        height, width = (self._zeros(input.shape[axis], axis - 2) for axis in (2, 3))
        padded = functional.pad(
            input, [width // 2, width - width // 2, height // 2, height - height // 2]
        )
        return super().forward(padded)

    def _zeros(self, size: int, axis: int) -> int:
        stride, dilation = self.stride[axis], self.dilation[axis]
        outputs = -(-size // stride)
        return max(0, (outputs - 1) * stride + (self.kernel_size[axis] - 1) * dilation + 1 - size)


class InstanceBatchNorm(nn.Module):
    """Instance norm for the first half of the channels, batch norm for the rest: IBN-a (Pan et al. 2018)."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.split = channels // 2
        self.IN = nn.InstanceNorm2d(self.split, affine=True)
        self.BN = nn.BatchNorm2d(channels - self.split)

    def forward(self, x: Tensor) -> Tensor:
        return torch.cat([self.IN(x[:, : self.split]), self.BN(x[:, self.split :])], 1)
