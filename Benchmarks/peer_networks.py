"""torchvision's ResNet, and EfficientNet-Lite0 in its style."""

import sys
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn
from torchvision.models import resnet

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "Tests/Reference"))
from reference import networks  # noqa: E402


class ResNet(resnet.ResNet):
    """torchvision's ResNet, which returns the maps of its last two stages."""

    channels = {"layer3": 1024, "layer4": 2048}

    def features(self, x) -> dict[str, torch.Tensor]:
        x = self.maxpool(self.relu(self.bn1(self.conv1(x))))
        layer3 = self.layer3(self.layer2(self.layer1(x)))
        return {"layer3": layer3, "layer4": self.layer4(layer3)}


def same_convolution(self, x):
    """Pads into a copy only if the convolution cannot pad by itself."""
    height, width = (
        max((-(-size // stride) - 1) * stride + kernel - size, 0)
        for size, kernel, stride in zip(x.shape[2:], self.kernel_size, self.stride)
    )
    padding = (height // 2, width // 2)
    if height % 2 or width % 2:
        left, top = width // 2, height // 2
        x, padding = F.pad(x, (left, width - left, top, height - top)), (0, 0)
    return F.conv2d(x, self.weight, self.bias, self.stride, padding, 1, self.groups)


def inverted_residual(self, x):
    expanded = x
    if self.expands:
        expanded = F.relu6(self._bn0(self._expand_conv(x)), inplace=True)
    y = F.relu6(self._bn1(self._depthwise_conv(expanded)), inplace=True)
    y = self._bn2(self._project_conv(y))
    if self.residual:
        y += x
    return y, expanded


class EfficientNetLite0(networks.EfficientNetLite0):
    """The reference's architecture, with the in-place operations of torchvision's networks."""

    channels = {"layer3": 672, "layer4": 1280}

    def features(self, x) -> dict[str, torch.Tensor]:
        x = F.relu6(self._bn0(self._conv_stem(x)), inplace=True)
        maps = {}
        for index, block in enumerate(self._blocks):
            x, expanded = block(x)
            if self.expanded.get(index) == "layer3":
                maps["layer3"] = expanded
        maps["layer4"] = F.relu6(self._bn1(self._conv_head(x)), inplace=True)
        return maps


# The reference is written to be read; these are the same computations without needless copies.
networks.SameConv2d.forward = same_convolution
networks.InvertedResidual.forward = inverted_residual

def transformer(name: str):
    from peer_transformers import transformer

    return transformer(name)


BACKBONES = {
    "efficientnet-lite0": EfficientNetLite0,
    "resnet50": lambda: ResNet(resnet.Bottleneck, [3, 4, 6, 3]),
    "resnet101": lambda: ResNet(resnet.Bottleneck, [3, 4, 23, 3]),
    "vit-base-16-augreg": lambda: transformer("vit_base_patch16_224"),
    "dinov2-small-14": lambda: transformer("vit_small_patch14_dinov2"),
}


def layer_flops(network: nn.Module, images: torch.Tensor) -> list[int]:
    """Multiplications and additions of each convolution and linear layer in a forward pass, in order; those of attention, which
    are few, are not counted.

    2 · outputs · (inputs / groups · kernel²), the outputs counted over batch, channels and places.
    """
    flops = []

    def count(module, _, output):
        flops.append(2 * output.numel() * module.weight[0].numel())

    hooks = [
        module.register_forward_hook(count)
        for module in network.modules()
        if isinstance(module, (nn.Conv2d, nn.Linear))
    ]
    with torch.no_grad():
        network.features(images)
    for hook in hooks:
        hook.remove()
    return flops
