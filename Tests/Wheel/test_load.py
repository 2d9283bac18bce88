"""Whether `syn2real.load` computes what `syn2real predict` does: small checkpoints of every kind of network, made by the
command and given random weights in all layers. And whether it refuses such a checkpoint with one place changed."""

from __future__ import annotations

import json
import math
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import syn2real
import torch
from PIL import Image
from safetensors import safe_open
from safetensors.torch import save_file

TOLERANCE = 1e-5
TEMPERATURE = 1.5
CLASSES = ["apple tree", "cube & sphere", "zebra"]
CLASSIFIERS = [
    "resnet18",
    "resnet50",
    "resnet34-ibn-a",
    "resnet50-ibn-b",
    "efficientnet-lite0",
    "efficientnet-lite2",
    "vit-tiny-16-augreg",
    "dinov2-small-14",
    "dinov2-small-14-registers",
    "clip-vit-base-32",
    "clip-resnet-50",
    "convnext-tiny",
]
ADAPTED = [("deit-tiny-16", "soma, lora_from: 4"), ("dinov2-small-14", "rein, rein_tokens: 9")]
SEGMENTERS = [
    ("resnet18", "deeplab-v2"),
    ("resnet50-ibn-a", "aspp"),
    ("efficientnet-lite0", "aspp"),
    ("efficientnet-lite1", "deeplab-v2"),
    ("deit-tiny-16", "deeplab-v2"),
    ("convnext-tiny", "segformer"),
    ("clip-resnet-50", "linear"),
    ("resnet18", "deeplab-v3-plus"),
    ("efficientnet-lite0", "segformer"),
    ("deit-tiny-16", "segformer"),
]

# A place in the metadata of a classifier, and what it must not be.
WRONG_METADATA: list[tuple[str, list[Any]]] = [
    ("classes", ["ab", [1, 2], {}, None]),
    ("calibration", [[], None, {}]),
    ("calibration.temperature", [0, -1, "NaN", math.nan, math.inf, 10**400, True, None]),
    ("network", [[], None]),
    ("network.task", ["detection", []]),
    ("network.backbone", ["resnet19", "vit-tiny-0", f"vit-tiny-{10**15}", 18]),
    ("network.evaluation", [[], None]),
    ("network.evaluation.imageSize", [0, 10**15, 64.5, "64"]),
    ("network.evaluation.isUpright", [1, "yes"]),
    ("network.head", [[], None, {}, {"segmenter": {"_0": "aspp"}}]),
    ("network.head.classifier", [[], None]),
    ("network.head.classifier.width", [-1, 0, 17, 10**15, "16", True]),
]


def run(*arguments: str) -> str:
    """What the command prints."""
    done = subprocess.run(["syn2real", *arguments], capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"syn2real {' '.join(arguments)}: {done.stderr}")
    return done.stdout


def picture(width: int, height: int, seed: int) -> Image.Image:
    """A picture with smooth areas, edges and noise."""
    generator = torch.Generator().manual_seed(seed)
    coarse = torch.randint(0, 256, (5, 7, 3), generator=generator, dtype=torch.uint8)
    image = Image.frombytes("RGB", (7, 5), bytes(coarse.flatten().tolist()))
    image = image.resize((width, height), Image.Resampling.BICUBIC)
    noise = torch.randint(0, 256, (height, width, 3), generator=generator, dtype=torch.uint8)
    return Image.blend(image, Image.frombytes("RGB", (width, height), bytes(noise.flatten().tolist())), 0.2)


def write_data(folder: Path) -> None:
    """Class folders, and scenes with label maps."""
    for number, name in enumerate(CLASSES):
        for index in range(4):
            path = folder / "classes" / name / f"{index}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            picture(40, 36, 10 * number + index).save(path)
    for kind in ("images", "labels"):
        (folder / "scenes" / kind).mkdir(parents=True)
    for index in range(4):
        picture(48, 40, index).save(folder / "scenes" / "images" / f"{index}.png")
        labels = torch.arange(48 * 40) // 640 + 1
        Image.frombytes("L", (48, 40), bytes(labels.tolist())).save(
            folder / "scenes" / "labels" / f"{index}.png"
        )
    entries = [
        f"  - {{name: {json.dumps(name)}, color: [{40 * number}, 0, 0], values: [{number + 1}]}}\n"
        for number, name in enumerate(CLASSES)
    ]
    (folder / "scenes" / "classes.yaml").write_text("classes:\n" + "".join(entries) + "ignore: [0]\n")


def train(folder: Path, task: str, backbone: str, head: str) -> Path:
    """The last checkpoint of one step."""
    data = "classes" if task == "classification" else "scenes"
    recipe = folder / "recipe.yaml"
    recipe.write_text(
        f"""
task: {task}
data: {{train: {folder / data}, held_out: {folder / data}, image_size: 64, exif_orientation: true}}
model: {{backbone: {backbone}, weights: random, {head}}}
method: {{name: vanilla}}
train: {{iterations: 1, batch_size: 2}}
"""
    )
    run_folder = tempfile.mkdtemp(dir=folder)
    run("train", str(recipe), "--output", run_folder, "--device", "cpu")
    return Path(run_folder, "checkpoints", "last.safetensors")


def randomise(checkpoint: Path, seed: int = 0) -> None:
    """Gives the student of a checkpoint weights for which every layer matters, and a temperature."""
    torch.manual_seed(seed)
    tensors = {}
    with safe_open(checkpoint, framework="pt") as file:
        metadata = file.metadata()
        metadata["calibration"] = json.dumps(
            {"temperature": TEMPERATURE, "samples": 1, "ece_before": 0, "ece_after": 0}
        )
        for key in file.keys():
            value = file.get_tensor(key)
            if key.startswith("encoder_q.") and value.is_floating_point():
                if key.endswith("running_mean") or key.endswith("bias"):
                    value = torch.randn_like(value) * 0.1
                elif key.endswith("running_var") or value.dim() == 1:
                    value = torch.rand_like(value) + 0.5
                    if key.endswith("bn3.weight"):
                        # As after training: else the maps, and their rounding, grow from block to block.
                        value *= 0.2
            if key.endswith("rein.feature_layer.weight"):
                value = torch.randn_like(value) * 0.05
            tensors[key] = value
    save_file(tensors, checkpoint, metadata)


def classifier_difference(checkpoint: Path, pictures: list[Path]) -> float:
    """The largest difference of a logit, as a share of the largest one (of 1 where all are smaller), or of a probability."""
    # A run's folder stands for its best checkpoint.
    with tempfile.TemporaryDirectory(dir=checkpoint.parent) as run_folder:
        best = Path(run_folder, "checkpoints", "best.safetensors")
        best.parent.mkdir()
        best.hardlink_to(checkpoint)
        network = syn2real.load(run_folder)
    assert network.classes == CLASSES, network.classes
    assert network.temperature == TEMPERATURE, network.temperature
    printed = json.loads(run("predict", str(checkpoint), *map(str, pictures), "--json", "--device", "cpu"))
    assert printed["classes"] == CLASSES and printed["temperature"] == TEMPERATURE, printed
    predictions = {entry["file"]: entry for entry in printed["predictions"]}
    largest = 0.0
    with torch.inference_mode():
        for path in pictures:
            logits = network(network.preprocess(path))[0]
            probabilities = torch.tensor(
                predictions[str(path)]["probabilities"], dtype=torch.float64
            )
            # The probabilities give the logits but for a constant; the energy, -log Σ exp z, gives the constant.
            expected = TEMPERATURE * probabilities.log()
            expected -= expected.logsumexp(0) + predictions[str(path)]["energy"]
            size = max(1, logits.abs().max().item())
            largest = max(
                largest,
                (logits - expected).abs().max().item() / size,
                ((logits / TEMPERATURE).softmax(0) - probabilities).abs().max().item(),
            )
    return largest


def segmenter_difference(checkpoint: Path, pictures: list[Path], folder: Path) -> float:
    """The largest lead of a class over the one that the command chose, with weights by which it chooses more than one."""
    for seed in range(8):
        randomise(checkpoint, seed)
        largest, chosen = chosen_classes(checkpoint, pictures, folder)
        if len(chosen) > 1:
            return largest
    sys.exit(f"{checkpoint}: class maps of one class test nothing")


def chosen_classes(checkpoint: Path, pictures: list[Path], folder: Path) -> tuple[float, set[int]]:
    """The largest lead of a class over the one that the command chose, and all that it chose."""
    network = syn2real.load(checkpoint)
    assert network.classes == CLASSES, network.classes
    output = tempfile.mkdtemp(dir=folder)
    run("predict", str(checkpoint), *map(str, pictures), "--output", output, "--device", "cpu")
    largest, chosen = 0.0, set()
    with torch.inference_mode():
        for path in pictures:
            logits = network(network.preprocess(path))[0]
            with Image.open(Path(output, f"{path.stem}-labels.png")) as labels:
                indices = torch.tensor(list(labels.tobytes())).view(1, labels.height, labels.width) - 1
            lead = logits.max(0).values - logits.gather(0, indices)[0]
            largest = max(largest, lead.max().item())
            chosen |= set(indices.flatten().tolist())
    return largest, chosen


def wrongly_read(checkpoint: Path, adapted: Path) -> int:
    """The number of changes of a classifier, and of one with adapters, that `syn2real.load` does not refuse as it says."""
    changed = checkpoint.with_name("changed.safetensors")
    count = 0

    def judge(change: str, tensors: dict[str, torch.Tensor], metadata: dict[str, str]) -> None:
        nonlocal count
        save_file(tensors, changed, metadata)
        try:
            syn2real.load(changed)
            found = "is read"
        except ValueError as error:
            if "\n" not in str(error):
                return
            found = repr(error)
        except Exception as error:
            found = repr(error)
        count += 1
        print(f"{change}: {found}, expected a ValueError of one line")

    tensors, metadata = contents(checkpoint)
    for place, values in WRONG_METADATA:
        key, *parts = place.split(".")
        for value in values:
            parent = root = {key: json.loads(metadata[key])}
            for part in [key, *parts][:-1]:
                parent = parent[part]
            parent[[key, *parts][-1]] = value
            judge(f"{place} = {value!r:.40}", tensors, metadata | {key: json.dumps(root[key])})
    judge("no JSON", tensors, metadata | {"network": "{"})
    for number in (math.nan, math.inf):
        weight = torch.full_like(tensors["encoder_q.fc_new.0.weight"], number)
        judge(f"a weight of {number}", tensors | {"encoder_q.fc_new.0.weight": weight}, metadata)
    tensors, metadata = contents(adapted)
    layer = next(key for key in tensors if key.startswith("encoder_q.") and key.endswith(".lora.a"))[: -len(".lora.a")]
    for part in ("weight", "lora.a", "lora.b", "lora.scale"):
        key = f"{layer}.{part}"
        judge(f"no {key}", {name: tensors[name] for name in tensors if name != key}, metadata)
        judge(f"{key} of another shape", tensors | {key: torch.ones(2, 3)}, metadata)
    changed.unlink()
    return count


def contents(checkpoint: Path) -> tuple[dict[str, torch.Tensor], dict[str, str]]:
    """The tensors and the metadata of a checkpoint."""
    with safe_open(checkpoint, framework="pt") as file:
        return {key: file.get_tensor(key) for key in file.keys()}, file.metadata()


def main() -> None:
    folder = Path(tempfile.mkdtemp(dir="."))
    write_data(folder)
    pictures = []
    # The last one is taken with a phone on its side.
    for number, (width, height) in enumerate([(90, 70), (64, 131), (200, 64)]):
        path = folder / f"picture {number}.png"
        exif = Image.Exif()
        exif[0x0112] = 6 if number == 2 else 1
        picture(width, height, 100 + number).save(path, exif=exif)
        pictures.append(path.resolve())
    failures = 0
    cases = [("classification", backbone, "head_width: 16") for backbone in CLASSIFIERS]
    cases += [("classification", backbone, f"head_width: 16, adapt: {way}") for backbone, way in ADAPTED]
    cases += [("segmentation", backbone, f"head: {head}") for backbone, head in SEGMENTERS]
    checkpoints = {}
    for task, backbone, head in cases:
        checkpoint = checkpoints[backbone, head] = train(folder.resolve(), task, backbone, head)
        if task == "classification":
            randomise(checkpoint)
            difference = classifier_difference(checkpoint, pictures)
        else:
            difference = segmenter_difference(checkpoint, pictures, folder.resolve())
        failures += difference > TOLERANCE
        print(f"{backbone:20} {head:16} {difference:.1e}")
    if failures:
        sys.exit(f"{failures} of {len(cases)} networks differ by more than {TOLERANCE:.0e}")
    backbone, way = ADAPTED[0]
    if wrong := wrongly_read(
        checkpoints["resnet18", "head_width: 16"],
        checkpoints[backbone, f"head_width: 16, adapt: {way}"],
    ):
        sys.exit(f"{wrong} changed checkpoints are not refused as documented")


main()
