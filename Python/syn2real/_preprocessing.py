"""From a picture to what a network sees."""

from __future__ import annotations

import os
from dataclasses import dataclass


import torch
from PIL import Image, ImageOps
from torch import Tensor

Picture = Image.Image | str | os.PathLike[str]


@dataclass(frozen=True)
class Preprocessing:
    """Turns a picture (a PIL image or a file's path) into a normalised 1×3×H×W tensor, as the command does in evaluation.

    A classifier's picture is resized until its shorter side has ``size`` pixels (bilinear, antialiased), and its middle
    square is cut out; with ``size`` None, for segmenters, the whole picture is kept. With ``upright`` it is first turned as
    its EXIF orientation says.
    """

    mean: tuple[float, float, float]
    standard_deviation: tuple[float, float, float]
    size: int | None = None
    upright: bool = False

    def __call__(self, picture: Picture) -> Tensor:
        if isinstance(picture, Image.Image):
            return self._tensor(picture)
        with Image.open(picture) as image:
            return self._tensor(image)

    def _tensor(self, image: Image.Image) -> Tensor:
        if self.upright:
            image = ImageOps.exif_transpose(image)
        image = image.convert("RGB")
        if self.size is not None:
            image = _middle_square(image, self.size)
        pixels = torch.frombuffer(bytearray(image.tobytes()), dtype=torch.uint8)
        pixels = pixels.view(1, image.height, image.width, 3).permute(0, 3, 1, 2)
        mean = torch.tensor(self.mean).view(3, 1, 1)
        standard_deviation = torch.tensor(self.standard_deviation).view(3, 1, 1)
        return ((pixels / 255 - mean) / standard_deviation).contiguous()


def _middle_square(image: Image.Image, side: int) -> Image.Image:
    """The middle square of the image resized to a shorter side of ``side``, with torchvision's rounding."""
    width, height = image.size
    size = (side, side * height // width) if width <= height else (side * width // height, side)
    if size != image.size:
        image = image.resize(size, Image.Resampling.BILINEAR)
    left, top = round((image.width - side) / 2), round((image.height - side) / 2)
    return image.crop((left, top, left + side, top + side))
