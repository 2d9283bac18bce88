"""Vision transformers with the keys of DINOv2 and timm."""

from __future__ import annotations

import re
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

_IMAGENET = ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225))


class _Family(NamedTuple):
    """What the transformers of one publisher have in common."""

    mean: tuple[float, float, float]
    standard_deviation: tuple[float, float, float]
    #: How positions are brought to another size: "antialiased", "aligned" or "offset".
    interpolation: str
    epsilon: float = 1e-6
    registers: int = 0
    scales_layers: bool = False
    #: CLIP: a norm before the first block, and its approximation of GELU.
    is_clip: bool = False


_FAMILIES = {
    "vit": _Family(*_IMAGENET, "aligned"),
    "augreg": _Family((0.5, 0.5, 0.5), (0.5, 0.5, 0.5), "antialiased"),
    "deit": _Family(*_IMAGENET, "antialiased"),
    "dinov2": _Family(*_IMAGENET, "offset", scales_layers=True),
    "registers": _Family(*_IMAGENET, "antialiased", registers=4, scales_layers=True),
    "clip-vit": _Family(
        (0.48145466, 0.4578275, 0.40821073),
        (0.26862954, 0.26130258, 0.27577711),
        "antialiased",
        epsilon=1e-5,
        is_clip=True,
    ),
}
# Width, depth, heads.
_SIZES = {
    "tiny": (192, 12, 3),
    "small": (384, 12, 6),
    "base": (768, 12, 12),
    "large": (1024, 24, 16),
    "giant": (1536, 40, 24),
}
# The sides of the images that published positions are for, where not 224.
_SIDES = {"vit-base-16-swag": 384, "vit-large-16-swag": 512, "clip-vit-large-14-336": 336}


class _Attention(nn.Module):
    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.qkv, self.proj, self.heads = nn.Linear(width, 3 * width), nn.Linear(width, width), heads

    def forward(self, x: Tensor) -> Tensor:
        count, length, width = x.shape
        parts = self.qkv(x).reshape(count, length, 3, self.heads, width // self.heads)
        queries, keys, values = parts.permute(2, 0, 3, 1, 4)
        mixed = functional.scaled_dot_product_attention(queries, keys, values)
        projected: Tensor = self.proj(mixed.transpose(1, 2).flatten(2))
        return projected


class _TwoLayers(nn.Module):
    def __init__(self, width: int, is_clip: bool) -> None:
        super().__init__()
        self.fc1, self.fc2 = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.is_clip = is_clip

    def forward(self, x: Tensor) -> Tensor:
        x = self.fc1(x)
        x = x * torch.sigmoid(1.702 * x) if self.is_clip else functional.gelu(x)
        result: Tensor = self.fc2(x)
        return result


class _SwiGLU(nn.Module):
    def __init__(self, width: int, hidden: int) -> None:
        super().__init__()
        self.w12, self.w3 = nn.Linear(width, 2 * hidden), nn.Linear(hidden, width)

    def forward(self, x: Tensor) -> Tensor:
        first, second = self.w12(x).chunk(2, -1)
        result: Tensor = self.w3(functional.silu(first) * second)
        return result


class _Scale(nn.Module):
    def __init__(self, width: int) -> None:
        super().__init__()
        self.gamma = nn.Parameter(torch.ones(width))

    def forward(self, x: Tensor) -> Tensor:
        return x * self.gamma


class _Block(nn.Module):
    def __init__(self, width: int, heads: int, family: _Family, is_giant: bool) -> None:
        super().__init__()
        self.norm1 = nn.LayerNorm(width, eps=family.epsilon)
        self.attn = _Attention(width, heads)
        self.norm2 = nn.LayerNorm(width, eps=family.epsilon)
        self.mlp = _SwiGLU(width, 4096) if is_giant else _TwoLayers(width, family.is_clip)
        self.ls1 = _Scale(width) if family.scales_layers else nn.Identity()
        self.ls2 = _Scale(width) if family.scales_layers else nn.Identity()

    def forward(self, x: Tensor) -> Tensor:
        x = x + self.ls1(self.attn(self.norm1(x)))
        return x + self.ls2(self.mlp(self.norm2(x)))


class _Patches(nn.Module):
    def __init__(self, width: int, patch: int, bias: bool) -> None:
        super().__init__()
        self.proj = nn.Conv2d(3, width, patch, patch, bias=bias)

    def forward(self, images: Tensor) -> Tensor:
        result: Tensor = self.proj(images)
        return result


class _Tokens(nn.Module):
    """The learnt tokens of one block, as a product."""

    def __init__(self, count: int, rank: int, width: int) -> None:
        super().__init__()
        self.a, self.b = nn.Parameter(torch.zeros(count, rank)), nn.Parameter(torch.zeros(rank, width))


class _Refinement(nn.Module):
    """Learnt tokens that refine those of the image after each block (``model.adapt: rein``)."""

    def __init__(self, blocks: int, count: int, rank: int, width: int) -> None:
        super().__init__()
        self.tokens = nn.ModuleList(_Tokens(count, rank, width) for _ in range(blocks))
        self.token_layer, self.feature_layer = nn.Linear(width, width), nn.Linear(width, width)
        self.scale = nn.Parameter(torch.ones(1))

    def forward(self, x: Tensor, block: int) -> Tensor:
        tokens = self.tokens[block]
        assert isinstance(tokens, _Tokens)
        learnt = tokens.a @ tokens.b
        weights = (x @ learnt.T / x.shape[2] ** 0.5).softmax(2)
        # The first one takes what needs no change.
        shared = weights[:, :, 1:] @ self.token_layer(learnt[1:])
        refined: Tensor = x + self.feature_layer(shared + x) * self.scale
        return refined


class VisionTransformer(nn.Module):
    """A vision transformer without its published classifier: N×3×H×W to the map of its patches after the last norm."""

    def __init__(
        self, size: str, patch: int, side: int, family: _Family
    ) -> None:
        super().__init__()
        width, depth, heads = _SIZES[size]
        self.mean, self.standard_deviation = family.mean, family.standard_deviation
        self.channels, self.patch, self.side, self.family = width, patch, side // patch, family
        self.stage_channels = [width] * 4
        self.cls_token = nn.Parameter(torch.zeros(1, 1, width))
        if family.registers:
            self.register_tokens = nn.Parameter(torch.zeros(1, family.registers, width))
        self.pos_embed = nn.Parameter(torch.zeros(1, 1 + self.side**2, width))
        self.patch_embed = _Patches(width, patch, not family.is_clip)
        self.norm_pre = nn.LayerNorm(width, eps=family.epsilon) if family.is_clip else nn.Identity()
        self.blocks = nn.Sequential(
            *(_Block(width, heads, family, size == "giant") for _ in range(depth))
        )
        self.norm = nn.LayerNorm(width, eps=family.epsilon)
        self.rein: _Refinement | None = None

    def add_refinement(self, count: int, rank: int) -> None:
        """Makes room for learnt tokens."""
        self.rein = _Refinement(len(self.blocks), count, rank, self.channels)

    def forward(self, images: Tensor) -> Tensor:
        return self.maps(images)[-1]

    def maps(self, images: Tensor) -> list[Tensor]:
        """The maps of the four quarters."""
        return self.features(images)[0]

    def pooled(self, images: Tensor) -> Tensor:
        """The class token, N×C."""
        return self.features(images)[1]

    def features(self, images: Tensor) -> tuple[list[Tensor], Tensor]:
        """The maps of the patches after each quarter, N×C×h×w, and the class token, N×C."""
        height, width = (
            max(1, (side + self.patch // 2) // self.patch) for side in images.shape[2:]
        )
        size = (height * self.patch, width * self.patch)
        if tuple(images.shape[2:]) != size:
            images = functional.interpolate(images, size=size, mode="bilinear")
        tokens = self.patch_embed(images).flatten(2).transpose(1, 2) + self._positions(height, width)
        first = self.cls_token + self.pos_embed[:, :1]
        if self.family.registers:
            first = torch.cat([first, self.register_tokens], 1)
        tokens = torch.cat([first.expand(len(tokens), -1, -1), tokens], 1)
        tokens = self.norm_pre(tokens)
        maps: list[Tensor] = []
        for index, block in enumerate(self.blocks):
            tokens = block(tokens)
            if self.rein is not None:
                tokens = self.rein(tokens, index)
            if (index + 1) % (len(self.blocks) // 4) == 0:
                places = self.norm(tokens)[:, first.shape[1] :].transpose(1, 2)
                maps.append(places.unflatten(2, (height, width)))
        return maps, self.norm(tokens[:, 0])

    def _positions(self, height: int, width: int) -> Tensor:
        """The positions of height×width patches."""
        places = self.pos_embed[:, 1:]
        if (height, width) == (self.side, self.side):
            return places
        grid = places.transpose(1, 2).unflatten(2, (self.side, self.side))
        kind = self.family.interpolation
        if kind == "offset":
            scale = ((height + 0.1) / self.side, (width + 0.1) / self.side)
            grid = functional.interpolate(grid, scale_factor=scale, mode="bicubic")
        else:
            grid = functional.interpolate(
                grid,
                size=(height, width),
                mode="bicubic",
                antialias=kind == "antialiased",
                align_corners=True if kind == "aligned" else None,
            )
        return grid.flatten(2).transpose(1, 2)

    @classmethod
    def named(cls, name: str) -> VisionTransformer | None:
        """The network of a registered name; None where it is no vision transformer's."""
        pattern = r"(vit|deit|dinov2|clip-vit)-(tiny|small|base|large|giant)-([1-9]\d?)(?:-(swag|augreg|registers|336))?"
        parts = re.fullmatch(pattern, name)
        if parts is None:
            return None
        family = _FAMILIES.get(parts[4] or "", _FAMILIES[parts[1]])
        side = 518 if parts[1] == "dinov2" else _SIDES.get(name, 224)
        return cls(parts[2], int(parts[3]), side, family)
