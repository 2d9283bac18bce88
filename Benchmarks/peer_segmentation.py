"""Segmentation in plain PyTorch: eager, NCHW, batch norm of the backbone in evaluation mode."""

import torch
import torch.nn.functional as F

import peer_networks  # noqa: F401  finds the reference
from reference import networks
from reference.segmentation import DenseCSG, dilated

CLASSES, WIDTH, QUEUE = 19, 256, 65536


def model() -> DenseCSG:
    """ResNet-50 at output stride 8, the released head, 8 × 8 cells, λ = 75."""
    return DenseCSG(
        lambda: dilated(networks.resnet50()),
        width=WIDTH,
        grid=8,
        classes=CLASSES,
        queue=QUEUE,
        momentum=0.999,
        weight=75,
    )


def optimizer(model: DenseCSG, lr: float = 1e-9) -> torch.optim.SGD:
    """The rate is so small that made-up weights stay finite; it does not change the work."""
    groups = [{"params": list(p), "lr": rate * lr} for p, rate in model.groups() if list(p)]
    return torch.optim.SGD(groups, lr=lr, momentum=0.9, weight_decay=5e-4)


@torch.inference_mode()
def class_map(model: DenseCSG, image: torch.Tensor) -> tuple[torch.Tensor, float]:
    """The class of every pixel, and a figure that shows whether the logits are the same."""
    encoder = model.encoder_q
    encoder.fc_new.eval()
    logits = encoder.fc_new(encoder.features(image)["layer4"])
    fine = F.interpolate(logits, size=image.shape[2:], mode="bilinear", align_corners=True)
    return fine.argmax(1), logits.square().mean().item()
