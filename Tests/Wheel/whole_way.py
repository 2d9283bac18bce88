#!/usr/bin/env python3
"""The whole way of someone with renders and photographs of their own, through the command `syn2real` on the PATH.

    whole_way.py FOLDER

makes renders and photographs as people have them (names with spaces and signs, a phone's turned JPEGs, CMYK, 16-bit PNGs,
a TIFF, hidden files, a damaged picture, a class without photographs) in FOLDER, and takes them through init, a dry run,
training, evaluate, predict and export. Every probability of predict must be what onnxruntime computes from the exported
network, within 1e-5. Needs numpy, onnxruntime and pillow. Exits with 1 where anything is otherwise.
"""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import onnxruntime
from PIL import Image, ImageDraw, ImageOps

CLASSES = ("disc", "square & box", "star  of five")
MISSING = CLASSES[2]
RENDERS, PHOTOGRAPHS = "renders & drawings", "real photographs (phone)"


def picture(label: int, index: int, is_photograph: bool) -> Image.Image:
    """A shape of the class: clean on a plain ground, or on a noisy one and off the middle."""
    numbers = np.random.default_rng([label, index, is_photograph])
    ground = numbers.integers(0, 90, 3)
    pixels = np.tile(ground, (96, 128, 1)).astype(np.int64)
    if is_photograph:
        pixels = pixels + numbers.integers(-25, 26, pixels.shape)
    image = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))
    draw, colour = ImageDraw.Draw(image), tuple(int(c) for c in numbers.integers(150, 256, 3))
    x, y, r = *numbers.integers(40, 60, 2), numbers.integers(18, 30)
    x, y, r = int(x) + 12, int(y), int(r)
    if label == 0:
        draw.ellipse((x - r, y - r, x + r, y + r), fill=colour)
    elif label == 1:
        draw.rectangle((x - r, y - r, x + r, y + r), fill=colour)
    else:
        angles = np.arange(10) * np.pi / 5
        radii = np.where(np.arange(10) % 2 == 0, r, 0.4 * r)
        draw.polygon(list(zip(x + radii * np.sin(angles), y - radii * np.cos(angles))), fill=colour)
    return image


def make_data(folder: Path) -> None:
    for label, name in enumerate(CLASSES):
        renders = folder / RENDERS / name
        renders.mkdir(parents=True)
        for index in range(24):
            picture(label, index, False).save(renders / f"view {index:02}.png")
        (renders / ".DS_Store").write_bytes(b"Mac")
        if name == MISSING:
            continue
        photographs = folder / PHOTOGRAPHS / name
        photographs.mkdir(parents=True)
        for index in range(6):
            photograph = picture(label, index, True)
            turned = Image.Exif()
            turned[0x0112] = 6
            # Held upright, a phone stores the picture on its side.
            photograph.transpose(Image.Transpose.ROTATE_90).save(
                photographs / f"IMG_{index}.jpg", quality=92, exif=turned)
        picture(label, 7, True).convert("CMYK").save(photographs / "printed.jpg", quality=95)
        picture(label, 8, True).save(photographs / "scan.tiff")
        grey = np.asarray(picture(label, 9, True).convert("L"), np.uint16) * 257
        Image.fromarray(grey).save(photographs / "sixteen bits.png")
    damaged = folder / PHOTOGRAPHS / CLASSES[0] / "IMG_0.jpg"
    (damaged.parent / "half.jpg").write_bytes(damaged.read_bytes()[:900])


def run(folder: Path, *arguments: str, expected: int = 0) -> str:
    """What the command prints; its errors are shown."""
    print(f"$ syn2real {' '.join(repr(a) if ' ' in a else a for a in arguments)}", flush=True)
    done = subprocess.run(["syn2real", *arguments], cwd=folder, capture_output=True, text=True)
    print(done.stdout + done.stderr, flush=True)
    if done.returncode != expected:
        sys.exit(f"whole_way: exit code {done.returncode}, expected {expected}")
    return done.stdout


def prepared(path: Path, size: int) -> np.ndarray:
    """Upright, the shorter side at `size`, the middle square: what an exported network takes."""
    image = ImageOps.exif_transpose(Image.open(path)).convert("RGB")
    short = min(image.size)
    width, height = (int(size * side / short) for side in image.size)
    image = image.resize((width, height), Image.Resampling.BILINEAR)
    left, top = round((width - size) / 2), round((height - size) / 2)
    return np.asarray(image.crop((left, top, left + size, top + size)))


def compare(folder: Path, table: str, model: Path) -> None:
    """The probabilities of predict, beside those of the exported network."""
    session = onnxruntime.InferenceSession(str(model))
    classes = json.loads(session.get_modelmeta().custom_metadata_map["classes"])
    if tuple(classes) != CLASSES:
        sys.exit(f"whole_way: the exported classes are {classes}")
    size = session.get_inputs()[0].shape[1]
    rows = list(csv.DictReader(io.StringIO(table)))
    largest, count = 0.0, 0
    for row in rows:
        path = folder / row["file"]
        # Pillow reads 16-bit greys as integers, and CMYK by another formula.
        if path.suffix != ".jpg" or path.name == "printed.jpg":
            continue
        (ours,) = session.run(None, {"images": prepared(path, size)[np.newaxis]})
        predicted = np.array([float(row[name]) for name in classes])
        largest, count = max(largest, float(np.abs(predicted - ours[0]).max())), count + 1
    print(f"{count} of {len(rows)} pictures beside onnxruntime: probabilities differ by at most {largest:.1e}")
    if count < 10 or largest > 1e-5:
        sys.exit("whole_way: expected at least 10 pictures and at most 1e-5")


def main():
    folder = Path(sys.argv[1]) / "shapes of mine & others"
    make_data(folder)
    run(folder, "datasets", "check", RENDERS)
    run(folder, "datasets", "check", PHOTOGRAPHS, expected=1)
    run(folder, "init", "--train", RENDERS, "--real", PHOTOGRAPHS, "--output", "mine.yaml")
    settings = ["--set", "data.on_error=skip", "--set", "train.iterations=30", "--set", "evaluate.every=15"]
    run(folder, "train", "mine.yaml", *settings, "--output", "run", "--dry-run")
    run(folder, "train", "mine.yaml", *settings, "--output", "run")
    best = "run/checkpoints/best.safetensors"
    results = json.loads((folder / "run/results.json").read_text())
    photographs = next(e for e in results["evaluations"] if e["dataset"].endswith(PHOTOGRAPHS))
    if MISSING in photographs["class_accuracies"]:
        sys.exit(f"whole_way: {MISSING} is judged, and has no photograph")
    run(folder, "evaluate", best, "--data", PHOTOGRAPHS)
    # The damaged picture is named, and makes the exit code 1; the others are judged.
    table = run(folder, "predict", best, PHOTOGRAPHS, "--csv", expected=1)
    run(folder, "export", best, "mine.onnx", "--with-preprocessing")
    compare(folder, table, folder / "mine.onnx")
    run(folder, "export", best, "small.safetensors")
    if run(folder, "predict", "small.safetensors", PHOTOGRAPHS, "--csv", expected=1) != table:
        sys.exit("whole_way: student and head alone predict something else")
    print("whole_way: everything holds")


if __name__ == "__main__":
    main()
