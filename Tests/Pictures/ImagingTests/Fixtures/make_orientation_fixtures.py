"""Makes the fixtures of OrientationTests: small pictures with an EXIF orientation, and how Pillow's exif_transpose turns them.

    pip install pillow numpy
    python make_orientation_fixtures.py
"""

import json
import struct
import zlib
from pathlib import Path

import numpy as np
import PIL
from PIL import Image, ImageOps

from fingerprints import fingerprint

HERE = Path(__file__).parent
FILES = HERE / "orientations"
FILES.mkdir(exist_ok=True)

columns, rows = np.meshgrid(np.arange(23), np.arange(14))
small = Image.fromarray(
    np.stack([columns * 11, rows * 18, (columns * rows * 3) % 256], axis=2).astype(np.uint8))


def exif_of(orientation, order, kind):
    """TIFF data with a directory of three entries, of which the second is the orientation; kind is the type of its value."""
    code, number = {"short": ("H", 3), "long": ("I", 4)}[kind]
    value = struct.pack(order + code, orientation).ljust(4, b"\0")
    entries = [
        struct.pack(order + "HHI", 0x0100, 4, 1) + struct.pack(order + "I", 23),
        struct.pack(order + "HHI", 0x0112, number, 1) + value,
        struct.pack(order + "HHI", 0x0128, 3, 1) + struct.pack(order + "HH", 2, 0),
    ]
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", 8)
    return head + struct.pack(order + "H", 3) + b"".join(entries) + bytes(4)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


expected = []


def add(name):
    with Image.open(FILES / name) as picture:
        turned = ImageOps.exif_transpose(picture).convert("RGB")
        orientation = picture.getexif().get(0x0112, 1)
    expected.append({"file": name, "orientation": orientation, "turned": fingerprint(turned)})


for orientation in range(10):
    order = "<>"[orientation % 2]
    data = b"Exif\0\0" + exif_of(orientation, order, "short" if orientation < 7 else "long")
    small.save(
        FILES / f"{orientation}.jpg", "JPEG", quality=80, exif=data,
        comment=b"\xff\xd9" if orientation == 3 else b"")
    add(f"{orientation}.jpg")
for orientation in (3, 6, 8):
    data = exif_of(orientation, ">", "short")
    small.save(FILES / f"{orientation}.webp", "WEBP", lossless=True, exif=data)
    add(f"{orientation}.webp")
    small.save(FILES / f"{orientation}.png", "PNG", optimize=True)
    plain = (FILES / f"{orientation}.png").read_bytes()
    # Before the pixels, or after them.
    place = 33 if orientation != 8 else len(plain) - 12
    (FILES / f"{orientation}.png").write_bytes(plain[:place] + chunk(b"eXIf", data) + plain[place:])
    add(f"{orientation}.png")

json.dump(
    {"versions": {"pillow": PIL.__version__}, "cases": expected},
    (HERE / "orientations.json").open("w"), separators=(",", ":"))
