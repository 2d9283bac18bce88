"""timm's vision transformers, and LoRA as a user of PyTorch adds it."""

import timm
import torch
import torch.nn.functional as F
from timm.models.vision_transformer import VisionTransformer
from torch import nn

RANK, ALPHA = 8, 16


def transformer(name: str) -> VisionTransformer:
    """timm's network of that name, whose positions fit any size of image; it gives maps as the other backbones do."""
    network = timm.create_model(name, dynamic_img_size=True)
    width = network.embed_dim
    network.channels = {"layer3": width, "layer4": width}
    network.features = lambda images: features(network, images)
    if name.endswith("dinov2"):
        network._pos_embed = lambda patches: placed_as_published(network, patches)
    return network


def placed_as_published(network: VisionTransformer, patches: torch.Tensor) -> torch.Tensor:
    """N x h x w x C patches with positions as DINOv2 itself resizes them, which timm does not; after the class token."""
    count, height, width, channels = patches.shape
    own, places = network.pos_embed[:, :1], network.pos_embed[:, 1:]
    side = round(places.shape[1] ** 0.5)
    resized = F.interpolate(
        places.reshape(1, side, side, channels).permute(0, 3, 1, 2),
        scale_factor=((height + 0.1) / side, (width + 0.1) / side),
        mode="bicubic",
    )
    first = (network.cls_token + own).expand(count, -1, -1)
    return torch.cat([first, patches.flatten(1, 2) + resized.flatten(2).transpose(1, 2)], dim=1)


def features(network: VisionTransformer, images: torch.Tensor) -> dict[str, torch.Tensor]:
    """The patch tokens after the third and the last quarter of the blocks, normalised, as maps; and the class token."""
    height, width = (side // patch for side, patch in zip(images.shape[2:], network.patch_embed.patch_size))

    def places(tokens):
        patches = tokens[:, network.num_prefix_tokens :]
        return patches.reshape(-1, height, width, patches.shape[2]).permute(0, 3, 1, 2)

    x = network.norm_pre(network._pos_embed(network.patch_embed(images)))
    maps = {}
    for index, block in enumerate(network.blocks):
        x = block(x)
        if index + 1 == len(network.blocks) * 3 // 4:
            maps["layer3"] = places(network.norm(x))
    x = network.norm(x)
    maps["layer4"] = places(x)
    maps["summary"] = x[:, 0]
    return maps


class LoRALinear(nn.Module):
    """A linear layer that stays as it is, and a trained part of low rank beside it."""

    def __init__(self, layer: nn.Linear):
        super().__init__()
        self.layer = layer
        self.a = nn.Parameter(torch.empty(RANK, layer.in_features).uniform_(-0.03, 0.03))
        self.b = nn.Parameter(torch.zeros(layer.out_features, RANK))

    def forward(self, x):
        return self.layer(x) + F.linear(F.linear(x, self.a) * (ALPHA / RANK), self.b)


def adapt(network: VisionTransformer, how: str):
    """Trains nothing of the backbone but heads that were added to it (`head`), or parts of low rank of every linear layer of
    its blocks too (`lora`)."""
    for name, parameter in network.named_parameters():
        if not name.startswith("fc_"):
            parameter.requires_grad_(False)
    if how == "lora":
        for block in network.blocks:
            block.attn.qkv = LoRALinear(block.attn.qkv)
            block.attn.proj = LoRALinear(block.attn.proj)
            block.mlp.fc1 = LoRALinear(block.mlp.fc1)
            block.mlp.fc2 = LoRALinear(block.mlp.fc2)
