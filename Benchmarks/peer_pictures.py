"""Made-up pictures that both sides read: smooth shapes with noise, to compress as photographs and rendered scenes do."""

from pathlib import Path

import numpy as np
from PIL import Image


def picture(random, width: int, height: int, shapes: tuple[int, int], noise: float):
    coarse = random.integers(0, 256, (*shapes, 3), dtype=np.uint8)
    smooth = Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC)
    noisy = np.asarray(smooth, dtype=np.int16) + random.normal(0, noise, (height, width, 3))
    return Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8))


def make_pictures(place: Path, extension: str) -> int:
    """64 pictures of 450 × 300 in class folders."""
    random = np.random.default_rng(0)
    for index in range(64):
        folder = place / f"class{index % 2}"
        folder.mkdir(parents=True, exist_ok=True)
        image = picture(random, 450, 300, (6, 9), 12)
        image.save(folder / f"{index:02}.{extension}", quality=90)
    return 64


def make_photographs(place: Path, count: int) -> int:
    """JPEGs of 500 × 375, the usual size of ImageNet's."""
    random = np.random.default_rng(1)
    place.mkdir(parents=True, exist_ok=True)
    for index in range(count):
        picture(random, 500, 375, (6, 9), 12).save(place / f"{index:04}.jpg", quality=90)
    return count


def make_scenes(place: Path) -> int:
    """16 scenes as large as GTA5's, of about as many bytes, with the label ids of blocks."""
    random = np.random.default_rng(0)
    for name in ("images", "labels"):
        (place / name).mkdir(parents=True, exist_ok=True)
    for index in range(16):
        picture(random, 1914, 1052, (9, 16), 2).save(place / f"images/{index:02}.png")
        blocks = Image.fromarray(random.integers(7, 34, (18, 32), dtype=np.uint8))
        labels = blocks.resize((1914, 1052), Image.Resampling.NEAREST)
        labels.save(place / f"labels/{index:02}.png")
    return 16
