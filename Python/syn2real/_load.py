"""Reading checkpoints."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor

from ._networks import Classifier, Segmenter, make_backbone
from ._vision_transformer import VisionTransformer

_STUDENT = "encoder_q."
_HEAD = "fc_new."
# The published classifiers of the backbones and the heads of CSG, which judge nothing.
_UNUSED = ("fc.", "_fc.", "head.", "classifier.2.", "attnpool.c_proj.", "fc_csg.")


def load(
    path: str | os.PathLike[str], device: str | torch.device = "cpu"
) -> Classifier | Segmenter:
    """The network of a checkpoint that ``syn2real train`` or ``export`` wrote, or of the best one in a run's folder.

    >>> network = syn2real.load("Runs/mine")
    >>> with torch.inference_mode():
    ...     logits = network(network.preprocess("photograph.jpg"))
    >>> dict(zip(network.classes, (logits / network.temperature).softmax(1)[0].tolist()))

    The network is in evaluation mode, in float32 on ``device``, and its logits are those of ``syn2real predict``:
    ``classes`` names them, ``temperature`` is what they are divided by before the softmax, and ``preprocess`` turns a
    picture (a PIL image or a path) into what the network takes. A segmenter takes images of any size and gives the logits
    of every pixel. Some settings of the command are not followed: JPEGs are never decoded at a part of their size
    (``data.decode: scaled``), and a segmenter's images are neither brought to another height (``evaluate.height``) nor judged
    in pieces (``evaluate.tile``).

    Raises ``ValueError`` for a file that is no such checkpoint, ``OSError`` for one that cannot be read.
    """
    name = os.fspath(path)
    if os.path.isdir(name):
        name = os.path.join(name, "checkpoints", "best.safetensors")
    with open(name, "rb"):
        pass  # A missing file is an OSError that names it.
    try:
        with safe_open(name, framework="pt", device="cpu") as file:
            metadata = file.metadata() or {}
            student = {
                key[len(_STUDENT) :]: file.get_tensor(key)
                for key in file.keys()
                if key.startswith(_STUDENT)
            }
    except SafetensorError as error:
        raise ValueError(f"{name} is no safetensors file: {error}") from error
    if "first_weights" in metadata:
        raise ValueError(
            f"{name} holds adapters alone, without the weights that they belong to; write the whole network with "
            f"'syn2real export {name} network.safetensors'"
        )
    for key in sorted(student):
        if not student[key].isfinite().all():
            raise ValueError(
                f"{name} is damaged: '{_STUDENT}{key}' holds NaN or infinity, expected finite numbers"
            )
    student = _merged(name, student)
    network = _network(name, metadata)
    backbone = {
        key: value
        for key, value in student.items()
        if not key.startswith(_UNUSED) and not key.startswith(_HEAD)
    }
    head = {key[len(_HEAD) :]: value for key, value in student.items() if key.startswith(_HEAD)}
    learnt = backbone.get("rein.tokens.0.a")
    if learnt is not None and learnt.dim() == 2 and isinstance(network.backbone, VisionTransformer):
        count, rank = learnt.shape
        network.backbone.add_refinement(count, rank)
    _fill(network.backbone, backbone, name)
    _fill(network.head, head, name)
    return network.to(device).eval().requires_grad_(False)


def _network(name: str, metadata: dict[str, str]) -> Classifier | Segmenter:
    """The network that the metadata describe, with random weights."""
    for key in ("network", "classes"):
        if key not in metadata:
            raise ValueError(
                f"{name} does not say what its network is: '{key}' is missing in its metadata; "
                "expected a checkpoint that 'syn2real train' wrote"
            )

    def value(path: str, expected: str, holds: Callable[[Any], bool]) -> Any:
        """What stands at a path in the metadata, such as ``network.head.classifier.width``; None where nothing does."""
        key, *parts = path.split(".")
        try:
            found = json.loads(metadata[key])
        except (ValueError, RecursionError) as error:
            raise ValueError(f"{name} is damaged: '{key}' in its metadata is no JSON ({error})") from error
        for part in parts:
            found = found.get(part) if isinstance(found, dict) else None
        if not holds(found):
            shown = "missing" if found is None else f"{json.dumps(found):.40}"
            raise ValueError(
                f"{name} is damaged: '{path}' in its metadata is {shown}, expected {expected}"
            )
        return found

    def whole(path: str, least: int, most: int) -> int:
        number: int = value(
            path,
            f"a whole number from {least} to {most}",
            lambda found: type(found) is int and least <= found <= most,
        )
        return number

    def is_text(found: Any) -> bool:
        return isinstance(found, str)

    classes = value(
        "classes", "a list of names", lambda found: isinstance(found, list) and all(map(is_text, found))
    )
    temperature = 1.0
    if "calibration" in metadata:
        temperature = float(
            value(
                "calibration.temperature",
                "a finite number above 0",
                lambda found: type(found) in (int, float) and 0 < found <= sys.float_info.max,
            )
        )
    size = whole("network.evaluation.imageSize", 1, 4096)
    # Older checkpoints say nothing of orientations.
    upright = bool(
        value(
            "network.evaluation.isUpright",
            "true or false",
            lambda found: found is None or isinstance(found, bool),
        )
    )
    task = value(
        "network.task",
        "'classification' or 'segmentation'",
        lambda found: found in ("classification", "segmentation"),
    )
    classifies = task == "classification"
    backbone = make_backbone(value("network.backbone", "a name", is_text), 32 if classifies else 8)
    if not classifies:
        kind = value("network.head.segmenter._0", "a name", is_text)
        return Segmenter(backbone, classes, kind, temperature=temperature, upright=upright)
    head = value("network.head", "an object", lambda found: isinstance(found, dict))
    hidden = whole("network.head.classifier.width", 1, 65_536) if "classifier" in head else None
    dimension = whole("network.head.names.dimension", 1, 65_536) if hidden is None else 0
    return Classifier(
        backbone, classes, hidden, size, dimension=dimension, temperature=temperature, upright=upright
    )


def _merged(name: str, student: dict[str, Tensor]) -> dict[str, Tensor]:
    """Changes of low rank (``model.adapt: lora`` or ``soma``) as part of the weights that they belong to."""
    merged = {key: value for key, value in student.items() if ".lora." not in key}
    for layer in sorted({key.split(".lora.")[0] for key in student.keys() - merged.keys()}):
        keys = [f"{layer}.{part}" for part in ("weight", "lora.a", "lora.b", "lora.scale")]
        for key in keys:
            if key not in student:
                raise ValueError(
                    f"{name} is damaged: it lacks '{_STUDENT}{key}', without which it cannot apply the adapter of '{layer}'"
                )
        weight, a, b, scale = (student[key] for key in keys)
        shape = (*b.shape[:1], *a.shape[1:])
        if a.dim() != 2 or b.shape[1:] != a.shape[:1] or weight.shape != shape or scale.numel() != 1:
            shapes = ", ".join(str(list(student[key].shape)) for key in keys)
            raise ValueError(
                f"{name} is damaged: the shapes of weight, a, b and scale of the adapter of '{_STUDENT}{layer}' are "
                f"{shapes}, expected [m, n], [r, n], [m, r] and one number"
            )
        change = b.double() @ a.double() * scale.double()
        merged[keys[0]] = (weight.double() + change).float()
    return merged


def _fill(module: torch.nn.Module, tensors: dict[str, Tensor], name: str) -> None:
    """Gives the module the tensors of its keys; all must be there and nothing else."""
    expected = module.state_dict()
    # The number of batches decides nothing, and not every checkpoint has it.
    needed = {key for key in expected if not key.endswith("num_batches_tracked")}
    missing, unexpected = sorted(needed - tensors.keys()), sorted(tensors.keys() - expected.keys())
    wrong = sorted(
        key for key in needed & tensors.keys() if tensors[key].shape != expected[key].shape
    )
    for problem, keys in (("lacks", missing), ("has too many", unexpected), ("has of another shape", wrong)):
        if keys:
            raise ValueError(
                f"{name} does not fit the network it describes: it {problem} {len(keys)} tensors, such as '{keys[0]}'"
            )
    module.load_state_dict(tensors, strict=False)
