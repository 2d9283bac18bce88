"""ResNet at output stride 8, IBN-Net's norms, both segmentation heads and the dense contrastive step.

Written from the papers: DeepLab v2 and v3 (Chen et al. 2016, 2017), IBN-Net (Pan et al. 2018), CSG.
"""

import torch
import torch.nn.functional as F
from torch import nn

from reference import networks
from reference.csg import CSG, attention, attentional_pool, average_pool, contrastive_logits, info_nce


def dilated(network: networks.ResNet) -> networks.ResNet:
    """The same weights at output stride 8: stages 3 and 4 keep their size, their 3 x 3 convolutions are dilated by 2 and
    4, the first of each stage by half of that."""
    for layer, dilation in ((network.layer3, 2), (network.layer4, 4)):
        first = True
        for module in layer.modules():
            if isinstance(module, nn.Conv2d):
                module.stride = (1, 1)
                if module.kernel_size == (3, 3):
                    step = dilation // 2 if first else dilation
                    module.dilation = module.padding = (step, step)
                    # A bottleneck has one 3 x 3 convolution, a basic block's second one is dilated in full.
                    first = False
    return network


class InstanceBatchNorm(nn.Module):
    """IBN-a: the first half of the channels by instance norm, the rest by batch norm."""

    def __init__(self, channels: int):
        super().__init__()
        self.half = channels // 2
        self.IN = nn.InstanceNorm2d(self.half, affine=True)
        self.BN = nn.BatchNorm2d(channels - self.half)

    def forward(self, x):
        first, rest = x[:, : self.half], x[:, self.half :]
        return torch.cat([self.IN(first), self.BN(rest)], dim=1)


class SumNormed(nn.Module):
    """A residual block whose sum goes through an instance norm before the last ReLU (IBN-b)."""

    def __init__(self, block):
        super().__init__()
        for name, module in block.named_children():
            setattr(self, name, module)
        self.downsample = block.downsample
        self.deep = hasattr(block, "conv3")
        channels = (block.bn3 if self.deep else block.bn2).num_features
        self.IN = nn.InstanceNorm2d(channels, affine=True)

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        y = self.bn2(self.conv2(y))
        if self.deep:
            y = self.bn3(self.conv3(F.relu(y)))
        return F.relu(self.IN(y + (x if self.downsample is None else self.downsample(x))))


def ibn(network: networks.ResNet, kind: str) -> networks.ResNet:
    """IBN-a: stages 1 to 3, first norm of every block. IBN-b: the stem's norm, last block of stages 1 and 2."""
    if kind == "a":
        for layer in (network.layer1, network.layer2, network.layer3):
            for block in layer:
                block.bn1 = InstanceBatchNorm(block.bn1.num_features)
    else:
        network.bn1 = nn.InstanceNorm2d(network.bn1.num_features, affine=True)
        for layer in (network.layer1, network.layer2):
            layer[-1] = SumNormed(layer[-1])
    return network.eval()


def unit(inputs: int, outputs: int, kernel: int = 1, rate: int = 1) -> nn.Sequential:
    padding = rate if kernel == 3 else 0
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, padding=padding, dilation=rate, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(),
    )


class ASPP(nn.Module):
    def __init__(self, inputs: int, width: int, dropout: float):
        super().__init__()
        pooled = nn.Sequential(nn.AdaptiveAvgPool2d(1), *unit(inputs, width))
        self.convs = nn.ModuleList(
            [unit(inputs, width)] + [unit(inputs, width, 3, rate) for rate in (12, 24, 36)] + [pooled]
        )
        self.project = nn.Sequential(*unit(5 * width, width), nn.Dropout(dropout))

    def forward(self, x):
        maps = [branch(x) for branch in self.convs]
        maps[-1] = F.interpolate(maps[-1], size=x.shape[2:], mode="bilinear", align_corners=False)
        return self.project(torch.cat(maps, dim=1))


class PyramidHead(nn.Module):
    """The released "DeepLab-v2" head."""

    def __init__(self, inputs: int, width: int, classes: int, dropout: float = 0.5):
        super().__init__()
        self.conv2d_list = nn.Sequential(
            ASPP(inputs, width, dropout),
            nn.Conv2d(width, width, 3, padding=1, bias=False),
            nn.BatchNorm2d(width),
            nn.ReLU(),
            nn.Conv2d(width, classes, 1),
        )

    def forward(self, x):
        return self.conv2d_list(x)


class SumHead(nn.Module):
    """The head of the DeepLab-v2 paper."""

    def __init__(self, inputs: int, classes: int):
        super().__init__()
        self.conv2d_list = nn.ModuleList(
            nn.Conv2d(inputs, classes, 3, padding=rate, dilation=rate) for rate in (6, 12, 18, 24)
        )

    def forward(self, x):
        return sum(convolution(x) for convolution in self.conv2d_list)


class RefinedPyramidHead(nn.Module):
    """The head of DeepLab-v3+."""

    def __init__(self, inputs: int, fine: int, width: int, classes: int):
        super().__init__()
        self.pyramid = ASPP(inputs, width, 0)
        self.reduction = nn.Sequential(nn.Conv2d(fine, 48, 1, bias=False), nn.BatchNorm2d(48))
        self.refinement = nn.ModuleList(
            nn.Sequential(nn.Conv2d(count, width, 3, padding=1, bias=False), nn.BatchNorm2d(width))
            for count in (width + 48, width)
        )
        self.classifier = nn.Conv2d(width, classes, 1)

    def forward(self, features):
        fine = F.relu(self.reduction(features["layer1"]))
        coarse = self.pyramid(features["layer4"])
        coarse = F.interpolate(coarse, size=fine.shape[2:], mode="bilinear", align_corners=True)
        x = torch.cat([coarse, fine], 1)
        for layer in self.refinement:
            x = F.relu(layer(x))
        return self.classifier(x)


class LinearHead(nn.Module):
    """A linear map of each place."""

    def __init__(self, inputs: int, classes: int):
        super().__init__()
        self.classifier = nn.Conv2d(inputs, classes, 1)

    def forward(self, features):
        return self.classifier(features["layer4"])


def segmentation_loss(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """Cross-entropy at the labels' size, mean over the pixels that are not 255."""
    fine = F.interpolate(logits, size=labels.shape[1:], mode="bilinear", align_corners=True)
    return F.cross_entropy(fine, labels, ignore_index=255)


def cells(v: torch.Tensor, n: int) -> list[torch.Tensor]:
    """The cells of an n x n grid, row by row, as `torch.chunk` cuts."""
    return [cell for row in v.chunk(n, dim=2) for cell in row.chunk(n, dim=3)]


def pooled_cells(v: torch.Tensor, w: torch.Tensor, n: int, pooling: str) -> torch.Tensor:
    """(cells * N) x C: all images of the first cell, then of the next."""
    if pooling == "average":
        return torch.cat([average_pool(cell) for cell in cells(v, n)])
    pairs = zip(cells(v, n), cells(w, n))
    return torch.cat([attentional_pool(cell, attention(source)) for cell, source in pairs])


class DenseCSG(CSG):
    """The step of `CSG` on a grid of cells, with a segmentation head."""

    def __init__(self, backbone, width=16, grid=2, frozen_heads=False, **options):
        super().__init__(backbone, **options)
        self.grid = grid
        channels = self.encoder_q.channels["layer4"]
        self.encoder_q.fc_new = PyramidHead(channels, width, options["classes"], dropout=0)
        for module in self.encoder_q.modules():
            if isinstance(module, nn.BatchNorm2d):
                module.requires_grad_(False)
        self.encoder_q.fc_new.requires_grad_(True)
        self.encoder_q.fc_new.train()
        if frozen_heads:
            self.encoder_q.fc_csg.requires_grad_(False)

    def forward(self, x_query, x_key, labels):
        record = {}
        student = self.encoder_q.features(x_query)
        record["task.loss"] = segmentation_loss(self.encoder_q.fc_new(student["layer4"]), labels)
        self.average_heads()
        with torch.no_grad():
            watched = self.encoder_q.features(x_key)
            teacher = self.encoder_k.features(x_key)
        total = 0
        for s in self.stages:
            name = f"layer{s}"
            pooled = pooled_cells(student[name], student[name], self.grid, self.pooling)
            z_query = F.normalize(self.encoder_q.fc_csg[f"stage{s}"](pooled), dim=1)
            with torch.no_grad():
                pooled = pooled_cells(teacher[name], watched[name], self.grid, self.pooling)
                z_key = F.normalize(self.encoder_k.fc_csg[f"stage{s}"](pooled), dim=1)
            queue = getattr(self, f"queue{s}").clone()
            record[f"{name}.nce"] = info_nce(
                contrastive_logits(z_query, z_key, queue, self.temperature)
            )
            self.enqueue(s, z_key)
            total = total + record[f"{name}.nce"]
        record["loss"] = record["task.loss"] + self.weight * total
        return record
