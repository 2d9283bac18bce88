"""Reading checkpoints."""

from __future__ import annotations

import json
import os
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
    """The network of a checkpoint that ``syn2real train`` or ``export`` wrote, such as ``best.safetensors``.

    >>> network = syn2real.load("Runs/mine/checkpoints/best.safetensors")
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
    student = _merged(student)
    network = _network(name, metadata)
    backbone = {
        key: value
        for key, value in student.items()
        if not key.startswith(_UNUSED) and not key.startswith(_HEAD)
    }
    head = {key[len(_HEAD) :]: value for key, value in student.items() if key.startswith(_HEAD)}
    learnt = backbone.get("rein.tokens.0.a")
    if learnt is not None and isinstance(network.backbone, VisionTransformer):
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
    try:
        network: dict[str, Any] = json.loads(metadata["network"])
        classes: list[str] = json.loads(metadata["classes"])
        head, evaluation = network["head"], network["evaluation"]
        calibration: dict[str, Any] = json.loads(metadata.get("calibration", "{}"))
        temperature = float(calibration.get("temperature", 1))
        upright = bool(evaluation.get("isUpright"))
        if network["task"] == "classification":
            size = int(evaluation["imageSize"])
            hidden = int(head["classifier"]["width"]) if "classifier" in head else None
            dimension = int(head["names"]["dimension"]) if hidden is None else 0
            backbone = make_backbone(network["backbone"], 32)
            return Classifier(
                backbone,
                classes,
                hidden,
                size,
                dimension=dimension,
                temperature=temperature,
                upright=upright,
            )
        kind = head["segmenter"]["_0"]
        backbone = make_backbone(network["backbone"], 8)
        return Segmenter(backbone, classes, kind, temperature=temperature, upright=upright)
    except (KeyError, TypeError, json.JSONDecodeError) as error:
        raise ValueError(f"{name} is damaged: its metadata describe no network ({error!r})") from error


def _merged(student: dict[str, Tensor]) -> dict[str, Tensor]:
    """Changes of low rank (``model.adapt: lora`` or ``soma``) as part of the weights that they belong to."""
    merged = {key: value for key, value in student.items() if ".lora." not in key}
    for key, a in student.items():
        if key.endswith(".lora.a"):
            layer = key[: -len(".lora.a")]
            change = student[f"{layer}.lora.b"].double() @ a.double() * student[f"{layer}.lora.scale"].double()
            merged[f"{layer}.weight"] = (merged[f"{layer}.weight"].double() + change).float()
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
