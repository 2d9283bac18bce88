#!/usr/bin/env python3
"""Replays a run of `syn2real train` in plain PyTorch, and says how far each loss term is off.

    syn2real train RECIPE --output RUN --save-initial START.safetensors --device cpu
    python replay.py RUN START.safetensors

needs torch, numpy, safetensors, pillow and pyyaml. The recipe must have data.shuffle false, data.augment
none, train.log_indices true and a backbone of reference/networks.py. Images are decoded, resized and
cropped by Pillow, the loop is that of reference/; only the start, the indices of each batch and the
recipe come from the run. Exits with 1 where a term is off by more than --tolerance, relative.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
import yaml
from PIL import Image
from safetensors.torch import load_file

from reference import networks
from reference.csg import CSG
from reference.optimisation import SGD, learning_rate, ramped_momentum

MEAN, STANDARD_DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


def samples(path: Path) -> list[tuple[Path, int]]:
    """Images and labels in the data set's order: of a list file, or of class folders by name."""
    if path.is_dir() and (path / "image_list.txt").exists():
        path = path / "image_list.txt"
    if path.is_file():
        lines = [line.rsplit(maxsplit=1) for line in path.read_text().splitlines() if line.strip()]
        return [(path.parent / name, int(label)) for name, label in lines]
    suffixes = {".jpg", ".jpeg", ".png", ".webp"}
    classes = sorted(p for p in path.iterdir() if p.is_dir() and not p.name.startswith("."))
    return [
        (image, label)
        for label, folder in enumerate(classes)
        for image in sorted(folder.iterdir())
        if image.suffix.lower() in suffixes and not image.name.startswith(".")
    ]


def prepared(path: Path, size: int) -> torch.Tensor:
    """The shorter side to `size`, the centre cut out, normalised: 3 x size x size."""
    image = Image.open(path).convert("RGB")
    short, long = min(image.size), max(image.size)
    long = int(size * long / short)
    image = image.resize(
        (size, long) if image.width <= image.height else (long, size), Image.Resampling.BILINEAR
    )
    left, top = round((image.width - size) / 2), round((image.height - size) / 2)
    pixels = np.asarray(image.crop((left, top, left + size, top + size)), dtype=np.float32) / 255
    mean, deviation = np.array(MEAN, np.float32), np.array(STANDARD_DEVIATION, np.float32)
    return torch.from_numpy(((pixels - mean) / deviation).transpose(2, 0, 1).copy())


def check(recipe: dict):
    data, train = recipe["data"], recipe["train"]
    problems = {
        "data.shuffle must be false": data["shuffle"],
        "data.augment must be none": data["augment"] != "none",
        "data.held_out_fraction changes the indices; leave it out": "held_out_fraction" in data,
        "train.log_indices must be true": not train["log_indices"],
        "train.precision must be float32": train["precision"] != "float32",
        "method.name must be csg or vanilla": recipe["method"]["name"] not in ("csg", "vanilla"),
    }
    for problem, is_there in problems.items():
        if is_there:
            raise SystemExit(problem)


def make_network(recipe: dict, start: dict[str, torch.Tensor]) -> CSG:
    """The networks of the recipe with the weights of the start; vanilla has no stages."""
    method = recipe["method"]
    hidden, classes = recipe["model"]["head_width"], len(start["encoder_q.fc_new.2.bias"])
    backbone = getattr(networks, recipe["model"]["backbone"])
    if method["name"] == "vanilla":
        network = CSG(backbone, stages=(), classes=classes, hidden=hidden)
        start = {key: value for key, value in network.state_dict().items() if "encoder_k" in key} | start
    else:
        network = CSG(
            backbone,
            stages=tuple(method["stages"]),
            classes=classes,
            hidden=hidden,
            dimension=method["dimension"],
            queue=method["queue"],
            pooling=method["pooling"],
            temperature=float(method["temperature"]),
            momentum=float(method["momentum"]),
            weight=float(method["lambda"]),
        )
        network.encoder_q.fc_csg.requires_grad_(method["projection_heads"] == "trained")
    network.load_state_dict({k: v for k, v in start.items() if not k.startswith("optimizer.")})
    return network


def replay(recipe: dict, lines: list[dict], start: dict[str, torch.Tensor]):
    """The terms of every iteration."""
    network = make_network(recipe, start)
    method, rates, schedule = recipe["method"], recipe["optimizer"], recipe["schedule"]
    images, size = samples(Path(recipe["data"]["train"])), recipe["data"]["image_size"]
    train = recipe["train"]
    per_epoch = len(images) // train["batch_size"]
    iterations = train.get("iterations") or train["epochs"] * per_epoch
    optimiser = SGD(
        network.groups(float(rates["backbone_rate"])),
        momentum=float(rates["momentum"]),
        weight_decay=float(rates["weight_decay"]),
        rate_inside=rates["form"] == "rate-inside",
    )
    for i, line in enumerate(lines):
        indices = line["indices"]
        batch = torch.stack([prepared(images[index][0], size) for index in indices])
        labels = torch.tensor([images[index][1] for index in indices])
        if method.get("ramp"):
            network.momentum = ramped_momentum(i, float(method["momentum"]))
        record = network(batch, None, labels)
        network.zero_grad()
        record["loss"].backward()
        lr = learning_rate(
            float(rates["lr"]), i, iterations, schedule["warmup"], float(schedule["power"])
        )
        optimiser.step(lr)
        terms = {"lr": lr, "loss": record["loss"].item(), "loss_task": record["task.loss"].item()}
        for stage in network.stages:
            # By log_softmax: the term may be tiny, and logsumexp minus a logit then cancels.
            logits, own = record[f"layer{stage}.logits"], torch.zeros_like(labels)
            terms[f"loss_nce_layer{stage}"] = F.cross_entropy(logits, own).item()
        yield terms


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("run", type=Path)
    parser.add_argument("start", type=Path)
    parser.add_argument("--tolerance", type=float, default=1e-4)
    arguments = parser.parse_args()
    recipe = yaml.safe_load((arguments.run / "recipe.yaml").read_text())
    check(recipe)
    lines = [json.loads(line) for line in (arguments.run / "metrics.jsonl").read_text().splitlines()]
    largest: dict[str, tuple[float, int]] = {}
    for i, terms in enumerate(replay(recipe, lines, load_file(arguments.start))):
        for name, value in terms.items():
            difference = abs(lines[i][name] - value) / max(abs(value), 1e-12)
            largest[name] = max(largest.get(name, (0.0, 0)), (difference, i))
    print(f"{len(lines)} iterations; the largest relative difference of each term:")
    for name, (difference, i) in largest.items():
        print(f"  {name:18} {difference:.2e}  (iteration {i})")
    if not largest or max(difference for difference, _ in largest.values()) > arguments.tolerance:
        raise SystemExit(f"a term is off by more than {arguments.tolerance}")


if __name__ == "__main__":
    main()
