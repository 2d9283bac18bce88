"""Small vision transformers, CLIP ResNets and ConvNeXts of their publishers' own code, with filled weights.

Needs torchvision, timm, transformers and open_clip_torch. Each network has eight blocks of width 16 and patches of 4 pixels;
its maps are those of every second block after the last norm. `<name>.json` holds the publisher's keys with their shapes, in the
publisher's order, from which the weights are filled; `<name>-<H>x<W>` what the network makes of `input`, 2 x 3 x H x W.
"""

import json
import math
import re
import tempfile
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from torch.nn import functional

from makers.files import FIXTURES, sampled, write
from reference import fill

FOLDER = "transformers"
WIDTH, DEPTH, HEADS, PATCH, SIDE = 16, 8, 2, 4, 16
STAGES = [DEPTH // 4 * stage - 1 for stage in (1, 2, 3, 4)]


def fill_range(key: str, shape) -> tuple[float, float]:
    """Tokens and positions are not small, so that a missing one shows."""
    if len(shape) == 1 and key.endswith("bias"):
        return -0.1, 0.1
    if key.endswith(("class_embedding", "position_embedding.weight", "positional_embedding")):
        return -0.5, 0.5
    if len(shape) == 1 or key.endswith("layer_scale"):
        return 0.5, 1.5
    if shape[0] == 1:
        return -0.5, 0.5
    bound = math.sqrt(3.0 / math.prod(shape[1:]))
    return -bound, bound


def filled(network: torch.nn.Module, prefix: str = "") -> torch.nn.Module:
    with torch.no_grad():
        for key, tensor in network.state_dict().items():
            if tensor.is_floating_point():
                name = prefix + key
                tensor.copy_(fill.uniform(name, tensor.shape, *fill_range(name, tensor.shape)))
    return network.eval()


def write_keys(name: str, state: dict[str, torch.Tensor], prefix: str = ""):
    shapes = {prefix + key: list(value.shape) for key, value in state.items()}
    path = FIXTURES / FOLDER / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(shapes, separators=(",", ":")) + "\n")


def refilled(network):
    """A network of transformers filled by the keys of its file, which are not those of its modules; and the file."""
    with tempfile.TemporaryDirectory() as folder:
        network.save_pretrained(folder)
        path = Path(folder) / "model.safetensors"
        state = load_file(path)
        for key, tensor in state.items():
            state[key] = fill.uniform(key, tensor.shape, *fill_range(key, tensor.shape))
        save_file(state, path, metadata={"format": "pt"})
        return type(network).from_pretrained(folder).eval(), state


def image(height: int, width: int) -> torch.Tensor:
    return fill.uniform("input", (2, 3, height, width), -2.0, 2.0)


def store(name: str, x, maps, summary, outputs=None, stem=None):
    tensors = {f"layer{stage}": value for stage, value in enumerate(maps, start=1)}
    tensors |= {"summary": summary}
    if outputs is not None:
        tensors["outputs"] = outputs
    if stem is not None:
        tensors["stem"] = stem
    result = {}
    for key, tensor in tensors.items():
        result |= sampled(key, tensor)
    write(f"{FOLDER}/{name}-{x.shape[2]}x{x.shape[3]}", result)


def as_map(tokens, x, prefix: int, patch: int = PATCH):
    height, width = x.shape[2] // patch, x.shape[3] // patch
    return tokens[:, prefix:].transpose(1, 2).reshape(x.shape[0], -1, height, width)


def torchvision_vit(side: int):
    from torchvision.models import VisionTransformer

    return VisionTransformer(side, PATCH, DEPTH, HEADS, WIDTH, 4 * WIDTH, num_classes=10)


def make_torchvision():
    from torchvision.models.vision_transformer import interpolate_embeddings

    published = filled(torchvision_vit(SIDE))
    write_keys("torchvision", published.state_dict())
    for side in (SIDE, 24):
        network = torchvision_vit(side).eval()
        state = dict(published.state_dict())
        network.load_state_dict(interpolate_embeddings(side, PATCH, state))
        outputs = []
        for layer in network.encoder.layers:
            layer.register_forward_hook(lambda _, __, output: outputs.append(output))
        x = image(side, side)
        logits = network(x)
        maps = [network.encoder.ln(outputs[index]) for index in STAGES]
        stem = network.conv_proj(x)
        store("torchvision", x, [as_map(m, x, 1) for m in maps], maps[-1][:, 0], logits, stem)


def make_timm(name: str, model: str, classes: int, **options):
    import timm

    network = timm.create_model(
        model, pretrained=False, img_size=SIDE, patch_size=PATCH, embed_dim=WIDTH, depth=DEPTH,
        num_heads=HEADS, num_classes=classes, dynamic_img_size=True, **options,
    )
    write_keys(name, filled(network).state_dict())
    for size in ((SIDE, SIDE), (20, 12)):
        x = image(*size)
        maps = network.forward_intermediates(
            x, indices=STAGES, norm=True, intermediates_only=True, output_fmt="NCHW"
        )
        tokens = network.forward_features(x)
        store(name, x, maps, tokens[:, 0], network(x) if classes else None)


def make_dinov2(name: str, registers: bool, swiglu: bool):
    import transformers

    kind = "Dinov2WithRegisters" if registers else "Dinov2"
    settings = getattr(transformers, f"{kind}Config")(
        hidden_size=WIDTH, num_hidden_layers=DEPTH, num_attention_heads=HEADS, image_size=SIDE,
        patch_size=PATCH, use_swiglu_ffn=swiglu,
    )
    network, state = refilled(getattr(transformers, f"{kind}Model")(settings))
    write_keys(name, state)
    embeddings = network.embeddings

    def with_offset(tokens, height, width):
        """DINOv2's own code: the scale is that of a map larger by a tenth of a place."""
        positions = embeddings.position_embeddings
        side = SIDE // PATCH
        if (height, width) == (SIDE, SIDE):
            return positions
        grid = positions[:, 1:].reshape(1, side, side, WIDTH).permute(0, 3, 1, 2)
        scale = ((height // PATCH + 0.1) / side, (width // PATCH + 0.1) / side)
        grid = functional.interpolate(grid, scale_factor=scale, mode="bicubic")
        assert grid.shape[2:] == (height // PATCH, width // PATCH)
        return torch.cat([positions[:, :1], grid.flatten(2).transpose(1, 2)], 1)

    if not registers:
        embeddings.interpolate_pos_encoding = with_offset
    prefix = 1 + (4 if registers else 0)
    for size in ((SIDE, SIDE), (20, 12)):
        x = image(*size)
        hidden = network(x, output_hidden_states=True).hidden_states
        maps = [network.layernorm(hidden[index + 1]) for index in STAGES]
        store(name, x, [as_map(m, x, prefix) for m in maps], maps[-1][:, 0])


def make_hugging_face_clip():
    from transformers import CLIPVisionConfig, CLIPVisionModelWithProjection

    settings = CLIPVisionConfig(
        hidden_size=WIDTH, intermediate_size=4 * WIDTH, num_hidden_layers=DEPTH,
        num_attention_heads=HEADS, image_size=SIDE, patch_size=PATCH, projection_dim=10,
    )
    network, state = refilled(CLIPVisionModelWithProjection(settings))
    write_keys("hugging-face-clip", state)
    x = image(SIDE, SIDE)
    result = network(x, output_hidden_states=True)
    norm = network.vision_model.post_layernorm
    maps = [norm(result.hidden_states[index + 1]) for index in STAGES]
    store("hugging-face-clip", x, [as_map(m, x, 1) for m in maps], maps[-1][:, 0], result.image_embeds)


def make_open_ai_clip():
    from open_clip.transformer import QuickGELU, VisionTransformer

    network = VisionTransformer(
        SIDE, PATCH, WIDTH, DEPTH, HEADS, mlp_ratio=4, act_layer=QuickGELU, output_dim=10
    )
    write_keys("open-ai-clip", filled(network, "visual.").state_dict(), "visual.")
    x = image(SIDE, SIDE)
    outputs = []
    for block in network.transformer.resblocks:
        block.register_forward_hook(lambda _, __, output: outputs.append(output))
    embeddings = network(x)
    maps = [network.ln_post(outputs[index]) for index in STAGES]
    store("open-ai-clip", x, [as_map(m, x, 1) for m in maps], maps[-1][:, 0], embeddings)


CLIP_RESNET = {"layers": [2, 1, 2, 1], "output_dim": 10, "heads": 4, "image_size": 64, "width": 8}


def clip_resnet_keys(state):
    return {key: value for key, value in state.items() if not key.endswith("num_batches_tracked")}


def store_clip_resnet(name: str, network, x, stem, stages, summary=None, outputs=None):
    """Runs the network and stores what its modules gave."""
    kept = []
    handles = [
        module.register_forward_hook(lambda _, __, output: kept.append(output.clone()))
        for module in (stem, *stages)
    ]
    result = network(x)
    for handle in handles:
        handle.remove()
    tensors = {"stem": kept[0]}
    tensors |= {f"layer{stage}": value for stage, value in enumerate(kept[1:], start=1)}
    if outputs:
        tensors |= {"summary": summary(kept[-1]), "outputs": result}
    sampled_tensors = {}
    for key, tensor in tensors.items():
        sampled_tensors |= sampled(key, tensor)
    write(f"{FOLDER}/{name}-{x.shape[2]}x{x.shape[3]}", sampled_tensors)


def make_clip_resnet():
    """OpenAI's keys and code as open_clip has it, at its own size and dilated; timm's keys and code at two sizes."""
    import dataclasses

    from open_clip.modified_resnet import ModifiedResNet
    from timm.layers import AttentionPool2d
    from timm.models.byobnet import ByobNet, model_cfgs

    network = filled(ModifiedResNet(**CLIP_RESNET), "visual.")
    write_keys("clip-resnet", clip_resnet_keys(network.state_dict()), "visual.")
    pool = AttentionPool2d(256, feat_size=2, out_features=10, num_heads=4, qkv_separate=True)
    names = {"q_proj": "q", "k_proj": "k", "v_proj": "v", "c_proj": "proj"}
    state = {"pos_embed": network.attnpool.positional_embedding}
    for own, timms in names.items():
        layer = getattr(network.attnpool, own)
        state |= {f"{timms}.weight": layer.weight, f"{timms}.bias": layer.bias}
    pool.load_state_dict(state)
    stages = [network.layer1, network.layer2, network.layer3, network.layer4]

    def summary(last):
        return pool(last, pre_logits=True)

    store_clip_resnet("clip-resnet", network, image(64, 64), network.act3, stages, summary, True)
    # An output stride of 8: no means of squares in the last two stages, but dilated kernels.
    for stage, dilation in ((network.layer3, 2), (network.layer4, 4)):
        for index, block in enumerate(stage):
            step = dilation // 2 if index == 0 else dilation
            block.conv2.dilation = block.conv2.padding = (step, step)
            block.avgpool = torch.nn.Identity()
        stage[0].downsample[0] = torch.nn.Identity()
    network.attnpool = torch.nn.Identity()
    store_clip_resnet("clip-resnet-dilated", network, image(64, 96), network.act3, stages)

    settings = model_cfgs["resnet50_clip"]
    blocks = [
        dataclasses.replace(block, d=depth, c=256 >> (3 - stage))
        for stage, (block, depth) in enumerate(zip(settings.blocks, CLIP_RESNET["layers"]))
    ]
    settings = dataclasses.replace(settings, blocks=tuple(blocks), stem_chs=(4, 4, 8))
    network = filled(ByobNet(settings, num_classes=10, img_size=64))
    write_keys("clip-resnet-timm", clip_resnet_keys(network.state_dict()))
    for size in ((64, 64), (96, 64)):
        store_clip_resnet(
            "clip-resnet-timm", network, image(*size), network.stem.conv3, network.stages,
            lambda last: network.head(last, pre_logits=True), True,
        )


def make_convnext():
    from torchvision.models.convnext import CNBlockConfig, ConvNeXt

    widths = (8, 16, 24, 32)
    settings = [
        CNBlockConfig(width, following, 2) for width, following in zip(widths, (*widths[1:], None))
    ]
    network = filled(ConvNeXt(settings, num_classes=10))
    write_keys("convnext", network.state_dict())
    for size in ((64, 64), (96, 65)):
        x = image(*size)
        outputs = [x]
        for module in network.features:
            outputs.append(module(outputs[-1]))
        stem, maps = outputs[1], outputs[2::2]
        summary = network.classifier[1](network.classifier[0](network.avgpool(maps[-1])))
        store("convnext", x, maps, summary, network(x), stem)


def true_networks() -> dict:
    """Networks of the published sizes, without memory."""
    import timm
    import torchvision
    import transformers
    from open_clip.transformer import VisionTransformer

    with torch.device("meta"):
        networks = {
            "vit-base-16": torchvision.models.vit_b_16(),
            "vit-large-32": torchvision.models.vit_l_32(),
            "vit-base-16-swag": torchvision.models.vit_b_16(image_size=384),
            "vit-tiny-16-augreg": timm.create_model("vit_tiny_patch16_224"),
            "deit-small-16": timm.create_model("deit_small_patch16_224"),
            "dinov2-small-14": timm.create_model("vit_small_patch14_dinov2"),
            "dinov2-large-14-registers": timm.create_model("vit_large_patch14_reg4_dinov2"),
            "dinov2-giant-14": timm.create_model("vit_giant_patch14_dinov2"),
            "dinov2-base-14": transformers.Dinov2Model(
                transformers.Dinov2Config(hidden_size=768, image_size=518, patch_size=14)
            ),
            "clip-vit-base-32": timm.create_model("vit_base_patch32_clip_quickgelu_224"),
            "clip-vit-base-16": transformers.CLIPVisionModelWithProjection(
                transformers.CLIPVisionConfig(patch_size=16)
            ),
            "clip-vit-large-14": VisionTransformer(224, 14, 1024, 24, 16, mlp_ratio=4, output_dim=768),
            "clip-resnet-50": timm.create_model("resnet50_clip"),
            "clip-resnet-101": timm.create_model("resnet101_clip"),
            "convnext-tiny": torchvision.models.convnext_tiny(),
        }
    return {name: network.state_dict() for name, network in networks.items()}


def is_of_middle(key: str) -> bool:
    """Whether a key is one of a block that is neither the first nor the second of a network or its stage."""
    pattern = r"(?:encoder_layer_|blocks\.|layers?\.|features\.\d\.|stages\.\d\.)(\d+)\."
    block = re.search(pattern, key)
    return block is not None and int(block[1]) > 1


def make_keys():
    """The keys of the published sizes with their shapes, and the number of elements; of blocks, those of the first two."""
    lines = []
    for name, state in true_networks().items():
        value = {
            "elements": sum(math.prod(tensor.shape) for tensor in state.values()),
            "keys": {key: list(tensor.shape) for key, tensor in state.items() if not is_of_middle(key)},
        }
        lines.append(f"{json.dumps(name)}: {json.dumps(value, separators=(',', ':'))}")
    path = FIXTURES / FOLDER / "published-keys.json"
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n")


def make_transformers():
    with torch.no_grad():
        make_torchvision()
        make_timm("augreg", "vit_tiny_patch16_224", 10)
        make_timm("clip", "vit_base_patch16_clip_quickgelu_224", 10)
        make_timm("dinov2-timm", "vit_small_patch14_reg4_dinov2", 0)
        make_dinov2("dinov2", registers=False, swiglu=False)
        make_dinov2("dinov2-swiglu", registers=False, swiglu=True)
        make_dinov2("dinov2-registers", registers=True, swiglu=False)
        make_hugging_face_clip()
        make_open_ai_clip()
        make_clip_resnet()
        make_convnext()
    make_keys()
