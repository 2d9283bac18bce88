"""RandAugment's 14 operations on tensors, and two views of each image: torchvision.io and transforms v2."""

import math

import torch
from torchvision import datasets, io
from torchvision.transforms import v2
from torchvision.transforms.v2 import functional as F

from peer_data import RandAugment
from peer_shards import Shards


def affine(image, translate=(0, 0), shear=(0.0, 0.0)):
    return F.affine(image, angle=0.0, translate=list(translate), scale=1.0, shear=list(shear))


def degrees(slope: float) -> float:
    return math.degrees(math.atan(slope))


# Operation, largest value, and what is drawn at random, as in peer_data.
OPERATIONS = [
    (lambda image, v: image, 0, None),
    (lambda image, v: F.autocontrast(image), 1, "probability"),
    (lambda image, v: F.equalize(image), 1, "probability"),
    (lambda image, v: F.rotate(image, v), 30, "sign"),
    (lambda image, v: F.posterize(image, max(1, 8 - int(v))), 7, None),
    (lambda image, v: F.solarize(image, 256 - v), 256, None),
    (lambda image, v: F.adjust_saturation(image, 1 + v), 0.9, "sign"),
    (lambda image, v: F.adjust_contrast(image, 1 + v), 0.9, "sign"),
    (lambda image, v: F.adjust_brightness(image, 1 + v), 0.9, "sign"),
    (lambda image, v: F.adjust_sharpness(image, 1 + v), 0.9, "sign"),
    (lambda image, v: affine(image, shear=(degrees(v), 0.0)), 0.3, "sign"),
    (lambda image, v: affine(image, shear=(0.0, degrees(v))), 0.3, "sign"),
    (lambda image, v: affine(image, translate=(round(v), 0)), 100, "sign"),
    (lambda image, v: affine(image, translate=(0, round(v))), 100, "sign"),
]


class TwoViews:
    """Query and key view, drawn independently."""

    def __init__(self, size: int):
        self.view = v2.Compose(
            [
                RandAugment(OPERATIONS),
                v2.Resize(size, antialias=True),
                v2.RandomCrop(size),
                v2.ToDtype(torch.float32, scale=True),
                v2.Normalize((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)),
            ]
        )

    def __call__(self, image):
        return self.view(image), self.view(image)


def packed(content: bytes) -> torch.Tensor:
    return torch.frombuffer(bytearray(content), dtype=torch.uint8)


def decoded(path: str | torch.Tensor) -> torch.Tensor:
    return io.decode_image(path, mode=io.ImageReadMode.RGB)


def loader(folder: str, size: int, batch: int):
    views = TwoViews(size)
    if str(folder).endswith(".tar"):
        images = Shards(folder, views, lambda content: decoded(packed(content)))
    else:
        images = datasets.ImageFolder(folder, views, loader=decoded)
    return torch.utils.data.DataLoader(images, batch_size=batch, shuffle=True, drop_last=True)
