"""Makes the fixtures of ImagingTests with Pillow, torchvision and scikit-image.

    pip install pillow torch torchvision scikit-image opencv-python-headless
    python make_imaging_fixtures.py

The photographs are shrunken pieces of three that scikit-image ships: `astronaut` (NASA, public
domain), `chelsea` (Stéfan van der Walt, CC0) and `coffee` (Rachel Michetti, CC0).

Expected pictures are stored as a shape, the CRC-32 of their bytes and a 16-bit sum per row, so
that a failing test can name the first row that differs.
"""

import base64
import io
import json
import struct
import warnings
import zlib
from pathlib import Path

import cv2
import numpy as np
import PIL
import skimage
import torch
import torchvision
from PIL import Image, ImageEnhance, ImageOps, features
from torchvision import transforms

from fingerprints import fingerprint

HERE = Path(__file__).parent
FILES = HERE / "files"
FILES.mkdir(exist_ok=True)
warnings.filterwarnings("ignore")


# Photographs ----------------------------------------------------------------------------------


def photograph(name, box, size):
    return Image.fromarray(getattr(skimage.data, name)()[..., :3]).crop(box).resize(size)


photographs = {
    "astronaut": photograph("astronaut", (130, 20, 330, 220), (97, 61)),
    "chelsea": photograph("chelsea", (100, 20, 360, 280), (53, 71)),
    "coffee": photograph("coffee", (150, 50, 450, 350), (80, 45)),
}
for name, picture in photographs.items():
    picture.save(FILES / f"{name}.png", optimize=True)

generator = np.random.default_rng(0)
alpha = np.clip(generator.integers(-120, 380, (61, 97)), 0, 255).astype(np.uint8)
alpha[:7] = 0
alpha[:, :5] = 0
alpha[50:] = 0
translucent = photographs["astronaut"].copy()
translucent.putalpha(Image.fromarray(alpha))
translucent.save(FILES / "translucent.png", optimize=True)
grey = photographs["chelsea"].convert("L")
grey.save(FILES / "grey.png", optimize=True)

# RandAugment's operations ---------------------------------------------------------------------

AFFINE = Image.Transform.AFFINE
OPERATIONS = {
    "identity": (0, 0, False, lambda image, level: image),
    "autoContrast": (0, 1, False, lambda image, level: ImageOps.autocontrast(image)),
    "equalize": (0, 1, False, lambda image, level: ImageOps.equalize(image)),
    "rotate": (0, 30, True, lambda image, level: image.rotate(level)),
    "posterize": (
        0, 7, False, lambda image, level: ImageOps.posterize(image, max(1, 8 - int(level)))),
    "solarize": (0, 256, False, lambda image, level: ImageOps.solarize(image, 256 - level)),
    "color": (0, 0.9, True, lambda image, level: ImageEnhance.Color(image).enhance(1 + level)),
    "contrast": (
        0, 0.9, True, lambda image, level: ImageEnhance.Contrast(image).enhance(1 + level)),
    "brightness": (
        0, 0.9, True, lambda image, level: ImageEnhance.Brightness(image).enhance(1 + level)),
    "sharpness": (
        0, 0.9, True, lambda image, level: ImageEnhance.Sharpness(image).enhance(1 + level)),
    "shearX": (
        0, 0.3, True,
        lambda image, level: image.transform(image.size, AFFINE, (1, level, 0, 0, 1, 0))),
    "shearY": (
        0, 0.3, True,
        lambda image, level: image.transform(image.size, AFFINE, (1, 0, 0, level, 1, 0))),
    "translateX": (
        0, 100, True,
        lambda image, level: image.transform(image.size, AFFINE, (1, 0, level, 0, 1, 0))),
    "translateY": (
        0, 100, True,
        lambda image, level: image.transform(image.size, AFFINE, (1, 0, 0, 0, 1, level))),
}

operations = []


def add_operation(source, image, name, level):
    result = OPERATIONS[name][3](image, level)
    operations.append(
        {"source": source, "operation": name, "level": level, "fingerprint": fingerprint(result)})


for source, picture in photographs.items():
    for name, (low, high, signed, _) in OPERATIONS.items():
        for magnitude in (1, 6, 13, 21.5, 30):
            level = magnitude / 30 * (high - low) + low
            for sign in (1, -1) if signed else (1,):
                add_operation(source, picture, name, sign * level)
for name, (low, high, signed, _) in OPERATIONS.items():
    add_operation("grey", grey, name, 0.4 * (high - low) + low)
    if name not in ("autoContrast", "equalize", "posterize", "solarize"):  # refused for RGBA
        add_operation("translucent", translucent, name, -0.4 * (high - low) + low)
# Angles that Pillow treats apart, and ones that need the 15-decimal rounding.
for angle in (0, 45, 60, 120, 180, -30, 1e-7, 360, 400.25):
    add_operation("coffee", photographs["coffee"], "rotate", angle)

# Resizing, cropping, compositing --------------------------------------------------------------

resizes = []
sources = {**photographs, "translucent": translucent, "grey": grey}
SIZES = [
    (1, 1), (97, 61), (224, 224), (48, 30), (49, 31), (97, 30), (48, 61), (13, 200), (200, 13),
    (1, 61), (97, 1), (2, 2), (96, 60), (98, 62), (7, 5), (194, 122), (300, 9),
    # Since version 13 Pillow begins with the columns when they shrink by more than twice as many
    # pixels as the rows do: both sides of that border for 97 × 61, 53 × 71 and 80 × 45.
    (87, 41), (87, 40), (43, 51), (43, 50), (43, 52), (75, 35), (75, 34),
]
for source, picture in sources.items():
    for size in SIZES:
        resizes.append(
            {"source": source, "crop": [0, 0, *picture.size],
             "fingerprint": fingerprint(picture.resize(size, Image.Resampling.BILINEAR))})
for crop in ((10, 20, 1, 30), (10, 20, 30, 1), (10, 20, 1, 1), (5, 5, 2, 2), (5, 5, 3, 40)):
    x, y, width, height = crop
    for source in ("coffee", "translucent"):
        # `crop` pads beyond the border; these lie inside.
        piece = sources[source].crop((x, y, x + width, min(y + height, sources[source].height)))
        crop = [x, y, *piece.size]
        for size in ((1, 1), (1, 17), (17, 1), (40, 40), (3, 2), (2, 50)):
            resizes.append(
                {"source": source, "crop": crop,
                 "fingerprint": fingerprint(piece.resize(size, Image.Resampling.BILINEAR))})

shorter_sides = []
for width, height in ((450, 300), (300, 450), (97, 61), (61, 97), (224, 500), (223, 225), (1, 9)):
    for side in (1, 5, 64, 224):
        result = transforms.Resize(side)(Image.new("L", (width, height)))
        shorter_sides.append([width, height, side, *result.size])

center_crops = []
for width, height in ((32, 32), (33, 32), (96, 60), (95, 59), (97, 61), (120, 40), (50, 90), (200, 201)):
    result = transforms.CenterCrop((height, width))(photographs["astronaut"])
    center_crops.append({"cropWidth": width, "cropHeight": height, "fingerprint": fingerprint(result)})

composites = []
for color in ((255, 255, 255), (0, 0, 0), (12, 200, 77)):
    background = Image.new("RGBA", translucent.size, (*color, 255))
    result = Image.alpha_composite(background, translucent).convert("RGB")
    composites.append({"color": color, "fingerprint": fingerprint(result)})
opaque_box = translucent.getchannel("A").getbbox()

mirrored = fingerprint(ImageOps.mirror(photographs["chelsea"]))

# Every sample value occurs in every channel.
ramp = np.stack([np.arange(256), np.arange(256)[::-1], np.roll(np.arange(256), 99)], axis=-1)
ramp = Image.fromarray(ramp.astype(np.uint8).reshape(16, 16, 3))
normalize = transforms.Compose([
    transforms.ToTensor(),
    transforms.Normalize((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)),
])
normalized = {
    "pixels": np.asarray(ramp).flatten().tolist(),
    "bits": normalize(ramp).numpy().view(np.uint32).flatten().tolist(),
}

# Encoded files --------------------------------------------------------------------------------


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def packed_rows(samples, depth):
    """Filter byte 0 and packed samples, for an array of rows × (columns · channels)."""
    rows = b""
    for row in samples:
        if depth == 16:
            packed = row.astype(">u2").tobytes()
        elif depth == 8:
            packed = row.astype(np.uint8).tobytes()
        else:
            bits = ((row[:, None] >> np.arange(depth)[::-1]) & 1).flatten()
            packed = np.packbits(bits.astype(np.uint8)).tobytes()
        rows += b"\0" + packed
    return rows


def png(samples, depth, color_type, palette=None, transparency=None, interlaced=False):
    """A PNG of an array of rows × columns × channels, in kinds Pillow itself cannot write."""
    height, width = samples.shape[:2]
    passes = [(0, 0, 1, 1)]
    if interlaced:
        passes = [
            (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
            (0, 1, 1, 2)]
    data = b""
    for x, y, dx, dy in passes:
        part = samples[y::dy, x::dx]
        if part.size:
            data += packed_rows(part.reshape(part.shape[0], -1), depth)
    header = struct.pack(">IIBBBBB", width, height, depth, color_type, 0, 0, int(interlaced))
    out = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
    if palette is not None:
        out += chunk(b"PLTE", bytes(palette))
    if transparency is not None:
        out += chunk(b"tRNS", transparency)
    return out + chunk(b"IDAT", zlib.compress(data, 9)) + chunk(b"IEND", b"")


small = photographs["coffee"].resize((37, 23))
small_rgba = translucent.resize((29, 19))
encoded = {}


def save(name, image, format, **options):
    stream = io.BytesIO()
    image.save(stream, format, **options)
    encoded[name] = stream.getvalue()


for name, options in {
    "444": dict(subsampling=0), "422": dict(subsampling=1), "420": dict(subsampling=2),
    "progressive": dict(progressive=True), "low_quality": dict(quality=12),
    "restarts": dict(restart_marker_blocks=1), "stored_rgb": dict(keep_rgb=True),
}.items():
    save(f"jpeg_{name}.jpg", small, "JPEG", **options)
exif = Image.Exif()
exif[0x0112] = 6
save("jpeg_rotated_by_exif.jpg", small, "JPEG", exif=exif)
save("jpeg_grey.jpg", small.convert("L"), "JPEG")
save("jpeg_cmyk.jpg", small.convert("CMYK"), "JPEG")
adobe = encoded["jpeg_cmyk.jpg"].index(b"Adobe") + 11
encoded["jpeg_ycck.jpg"] = (
    encoded["jpeg_cmyk.jpg"][:adobe] + b"\x02" + encoded["jpeg_cmyk.jpg"][adobe + 1 :])
save("jpeg_photograph.jpg", photographs["astronaut"], "JPEG", quality=85)
save("jpeg_named_like_a_png.png", small, "JPEG")
save("webp_lossy.webp", small, "WEBP", quality=70)
save("webp_lossless.webp", small, "WEBP", lossless=True)
save("webp_lossy_alpha.webp", small_rgba, "WEBP", quality=70)
save("webp_lossless_alpha.webp", small_rgba, "WEBP", lossless=True, exact=True)
save("png_rgb.png", small, "PNG")
save("png_rgba.png", small_rgba, "PNG")
save("png_la.png", small_rgba.convert("LA"), "PNG")
save("png_palette.png", small.quantize(200), "PNG")
save("png_palette_4bit.png", small.quantize(11), "PNG")
save("png_palette_transparent.png", small.quantize(40), "PNG", transparency=3)
save("png_1bit.png", small.convert("1"), "PNG")

rng = np.random.default_rng(1)


def noise(depth, channels):
    return rng.integers(0, 1 << depth, (9, 13, channels))


palette16 = rng.integers(0, 256, 48).tolist()
for depth in (1, 2, 4, 8):
    encoded[f"png_grey_{depth}bit.png"] = png(noise(depth, 1), depth, 0)
    encoded[f"png_palette_{depth}bit_alpha.png"] = png(
        noise(min(depth, 4), 1), depth, 3, palette16[: 3 << min(depth, 4)],
        bytes(rng.integers(0, 256, 1 << (min(depth, 4) - 1)).tolist()))
    encoded[f"png_palette_{depth}bit_interlaced.png"] = png(
        noise(min(depth, 4), 1), depth, 3, palette16[: 3 << min(depth, 4)], interlaced=True)
encoded["png_palette_short.png"] = png(noise(4, 1), 4, 3, palette16[:9])
grey16 = noise(16, 1)
grey16[::2] >>= 8
encoded["png_grey_16bit.png"] = png(grey16, 16, 0)
encoded["png_grey_16bit_transparent.png"] = png(
    grey16, 16, 0, transparency=struct.pack(">H", int(grey16[0, 0, 0])))
encoded["png_la_16bit.png"] = png(noise(16, 2), 16, 4)
encoded["png_rgb_16bit.png"] = png(noise(16, 3), 16, 2)
encoded["png_rgba_16bit.png"] = png(noise(16, 4), 16, 6)
encoded["png_rgb_interlaced.png"] = png(np.asarray(small), 8, 2, interlaced=True)
encoded["png_rgba_16bit_interlaced.png"] = png(noise(16, 4), 16, 6, interlaced=True)
grey8 = noise(8, 1)
encoded["png_grey_transparent.png"] = png(
    grey8, 8, 0, transparency=struct.pack(">H", int(grey8[3, 4, 0])))
encoded["png_1bit_transparent.png"] = png(noise(1, 1), 1, 0, transparency=struct.pack(">H", 1))
rgb8 = noise(8, 3)
rgb8[4:6] = rgb8[3, 3]
encoded["png_rgb_transparent.png"] = png(
    rgb8, 8, 2, transparency=struct.pack(">3H", *rgb8[3, 3].tolist()))
rgb16 = noise(16, 3)
rgb16[2:4] = 0x3434
encoded["png_rgb_16bit_transparent.png"] = png(
    rgb16, 16, 2, transparency=struct.pack(">3H", 0x3434, 0x3434, 0x3434))

decoded = []
for name, data in encoded.items():
    (FILES / name).write_bytes(data)
    entry = {"file": name}
    for mode in ("RGB", "RGBA"):
        entry[mode] = fingerprint(Image.open(io.BytesIO(data)).convert(mode))
    raw = Image.open(io.BytesIO(data))
    # Pillow stretches grey of fewer bits, so only palettes and 8-bit grey are label maps.
    if raw.format == "PNG" and (raw.mode == "P" or name in (
            "png_grey_8bit.png", "png_grey_transparent.png")):
        entry["indices"] = fingerprint(raw)
    decoded.append(entry)

stream = io.BytesIO()
small.save(stream, "WEBP", save_all=True, append_images=[ImageOps.mirror(small)])
(FILES / "animated.webp").write_bytes(stream.getvalue())

# Styles ---------------------------------------------------------------------------------------


def with_color_statistics(image, style):
    own, wanted = (skimage.color.rgb2lab(np.asarray(x)) for x in (image, style))
    moved = (own - own.mean((0, 1))) / own.std((0, 1)) * wanted.std((0, 1)) + wanted.mean((0, 1))
    return np.floor(skimage.color.lab2rgb(moved).clip(0, 1) * 255 + 0.5)


def with_low_frequencies(image, style, share):
    style = np.asarray(style.resize(image.size, Image.Resampling.BILINEAR), dtype=np.float64)
    image = np.asarray(image, dtype=np.float64)
    own, wanted = (np.fft.fft2(x, axes=(0, 1)) for x in (image, style))
    bound = int(share * min(image.shape[:2]))
    for u in range(-bound, bound + 1):
        for v in range(-bound, bound + 1):
            own[u, v] *= np.abs(wanted[u, v]) / np.abs(own[u, v])
    return np.floor(np.fft.ifft2(own, axes=(0, 1)).real.clip(0, 255) + 0.5)


styles = []
for name, style in [("astronaut", "coffee"), ("coffee", "chelsea"), ("chelsea", "astronaut")]:
    image, other = photographs[name], photographs[style]
    styles.append(
        {
            "source": name,
            "style": style,
            "colorStatistics": fingerprint(with_color_statistics(image, other)),
            "lowFrequencies": [
                {"share": share, "fingerprint": fingerprint(with_low_frequencies(image, other, share))}
                for share in (0, 0.05, 0.21)
            ],
        }
    )

# Colour jitter, and resizing without antialias -------------------------------------------------

jitter = []
for name in ("astronaut", "coffee"):
    for change, amounts in (
        ("brightness", (0.6, 0.83, 1.4)),
        ("contrast", (0.6, 1.21, 1.4)),
        ("saturation", (0.6, 0.97, 1.4)),
        ("hue", (-0.4, -0.11, 0.0, 0.003, 0.27, 0.4)),
    ):
        for amount in amounts:
            changed = getattr(transforms.functional, f"adjust_{change}")(photographs[name], amount)
            jitter.append(
                {"source": name, "change": change, "amount": amount, "fingerprint": fingerprint(changed)}
            )

# Every hue, saturation and value in coarse steps, through the conversion and back.
cube = np.stack(np.meshgrid(*[np.arange(0, 256, 15)] * 3, indexing="ij"), axis=-1)
cube = Image.fromarray(cube.astype(np.uint8).reshape(18, 324, 3))
hue_cube = fingerprint(transforms.functional.adjust_hue(cube, 0.37))

interpolations = []
for name in ("astronaut", "chelsea", "grey"):
    # The tests' grey picture is a file of this script.
    picture = photographs.get(name) or Image.open(FILES / "grey.png")
    array = np.asarray(picture)
    planes = torch.from_numpy(array.copy()).reshape(*array.shape[:2], -1).permute(2, 0, 1)
    for width, height in ((40, 30), (61, 47), (30, 70), (1, 1)):
        results = [
            transforms.functional.resize(planes, [height, width], mode, antialias=False)
            for mode in (transforms.InterpolationMode.BILINEAR, transforms.InterpolationMode.NEAREST)
        ]
        linear, nearest = (result.permute(1, 2, 0).squeeze(-1).numpy() for result in results)
        opencv = cv2.resize(array, (width, height), interpolation=cv2.INTER_LINEAR)
        interpolations.append(
            {
                "source": name,
                "linear": base64.b64encode(linear.tobytes()).decode(),
                "nearest": fingerprint(nearest),
                "opencv": base64.b64encode(opencv.tobytes()).decode() if width == 40 else None,
            }
        )

json.dump(
    {
        "versions": {
            "pillow": PIL.__version__,
            "libjpeg-turbo": features.version("libjpeg_turbo"),
            "libwebp": features.version("webp"),
            "torchvision": torchvision.__version__.split("+")[0],
        },
        "operations": operations,
        "resizes": resizes,
        "shorterSides": shorter_sides,
        "centerCrops": center_crops,
        "composites": composites,
        "opaqueBox": opaque_box,
        "mirrored": mirrored,
        "normalized": normalized,
        "decoded": decoded,
        "styles": styles,
        "jitter": jitter,
        "hueCube": hue_cube,
        "interpolations": interpolations,
    },
    (HERE / "expected.json").open("w"),
    separators=(",", ":"),
)
