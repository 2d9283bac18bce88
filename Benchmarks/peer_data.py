"""RandAugment's 14 operations with Pillow, and two views of each image, as a Dataset gives them."""

import io
import random

import torch
from PIL import Image, ImageEnhance, ImageOps
from torchvision import datasets, transforms

from peer_shards import Shards


def affine(image, *matrix):
    return image.transform(image.size, Image.Transform.AFFINE, matrix)


def enhance(kind):
    return lambda image, v: kind(image).enhance(1 + v)


# Operation, largest value, and what is drawn at random: a sign, whether it is applied, or nothing.
OPERATIONS = [
    (lambda image, v: image, 0, None),
    (lambda image, v: ImageOps.autocontrast(image), 1, "probability"),
    (lambda image, v: ImageOps.equalize(image), 1, "probability"),
    (lambda image, v: image.rotate(v), 30, "sign"),
    (lambda image, v: ImageOps.posterize(image, max(1, 8 - int(v))), 7, None),
    (lambda image, v: ImageOps.solarize(image, 256 - v), 256, None),
    (enhance(ImageEnhance.Color), 0.9, "sign"),
    (enhance(ImageEnhance.Contrast), 0.9, "sign"),
    (enhance(ImageEnhance.Brightness), 0.9, "sign"),
    (enhance(ImageEnhance.Sharpness), 0.9, "sign"),
    (lambda image, v: affine(image, 1, v, 0, 0, 1, 0), 0.3, "sign"),
    (lambda image, v: affine(image, 1, 0, 0, v, 1, 0), 0.3, "sign"),
    (lambda image, v: affine(image, 1, 0, v, 0, 1, 0), 100, "sign"),
    (lambda image, v: affine(image, 1, 0, 0, 0, 1, v), 100, "sign"),
]


class RandAugment:
    """One of some operations at magnitude 6 of 30."""

    def __init__(self, operations):
        self.operations = operations

    def __call__(self, image):
        operation, strongest, drawn = random.choice(self.operations)
        value = strongest * 6 / 30
        if drawn == "probability" and random.random() >= value:
            return image
        if drawn == "sign" and random.random() < 0.5:
            value = -value
        return operation(image, value)


class TwoViews:
    """Query and key view, drawn independently."""

    def __init__(self, size: int, mean, deviation):
        self.view = transforms.Compose(
            [
                RandAugment(OPERATIONS),
                transforms.Resize(size),
                transforms.RandomCrop(size),
                transforms.ToTensor(),
                transforms.Normalize(mean, deviation),
            ]
        )

    def __call__(self, image):
        return self.view(image), self.view(image)


def opened(content: bytes):
    return Image.open(io.BytesIO(content)).convert("RGB")


def loader(folder: str, size: int, batch: int, workers: int = 0, mean=None, deviation=None):
    views = TwoViews(size, mean or (0.485, 0.456, 0.406), deviation or (0.229, 0.224, 0.225))
    is_packed = str(folder).endswith(".tar")
    return torch.utils.data.DataLoader(
        Shards(folder, views, opened) if is_packed else datasets.ImageFolder(folder, views),
        batch_size=batch,
        shuffle=True,
        drop_last=True,
        num_workers=workers,
    )
