"""Trained networks: a backbone with the head of a task."""

from __future__ import annotations

from collections.abc import Callable

from torch import Tensor, nn
from torch.nn import functional

from ._clip_resnet import CLIPResNet
from ._convnext import ConvNeXt
from ._efficientnet_lite import EfficientNetLite
from ._heads import SEGMENTATION_HEADS, EmbeddingHead, classifier_head
from ._preprocessing import Preprocessing
from ._resnet import ResNet
from ._vision_transformer import VisionTransformer

Backbone = ResNet | CLIPResNet | EfficientNetLite | ConvNeXt | VisionTransformer


def make_backbone(name: str, output_stride: int) -> Backbone:
    """The backbone of a registered name."""
    backbone = (
        ResNet.named(name, output_stride)
        or CLIPResNet.named(name, output_stride)
        or EfficientNetLite.named(name, output_stride)
        or ConvNeXt.named(name, output_stride)
        or VisionTransformer.named(name)
    )
    if backbone is None:
        raise ValueError(f"the backbone '{name}' is none of syn2real's own, which this can load")
    return backbone


def _pooled(backbone: Backbone, images: Tensor) -> Tensor:
    """The vector that a classifier sees, N×C."""
    if isinstance(backbone, (CLIPResNet, ConvNeXt, VisionTransformer)):
        return backbone.pooled(images)
    features: Tensor = backbone(images)
    return features.mean((2, 3))


class _Network(nn.Module):
    """A backbone and a head."""

    #: The names of the classes, by index of the logits.
    classes: list[str]
    #: From a picture (a PIL image or a file's path) to what :meth:`forward` takes.
    preprocess: Callable[..., Tensor]
    #: The temperature that training fitted: ``(logits / temperature).softmax(1)`` are the command's probabilities.
    temperature: float

    def __init__(
        self,
        backbone: Backbone,
        head: nn.Module,
        classes: list[str],
        temperature: float,
        size: int | None,
        upright: bool,
    ) -> None:
        super().__init__()
        self.backbone, self.head = backbone, head
        self.classes, self.temperature = classes, temperature
        self.preprocess = Preprocessing(backbone.mean, backbone.standard_deviation, size, upright)


class Classifier(_Network):
    """Backbone, average pooling (a transformer's class token) and the new head, or the embeddings of names."""

    def __init__(
        self,
        backbone: Backbone,
        classes: list[str],
        hidden: int | None,
        size: int,
        *,
        dimension: int = 0,
        temperature: float,
        upright: bool,
    ) -> None:
        head = (
            EmbeddingHead(backbone.channels, dimension, len(classes))
            if hidden is None
            else classifier_head(backbone.channels, hidden, len(classes))
        )
        super().__init__(backbone, head, classes, temperature, size, upright)

    def forward(self, images: Tensor) -> Tensor:
        """Logits, N×classes, of normalised images, N×3×H×W."""
        logits: Tensor = self.head(_pooled(self.backbone, images))
        return logits


class Segmenter(_Network):
    """A backbone at output stride 8 and a segmentation head."""

    def __init__(
        self,
        backbone: Backbone,
        classes: list[str],
        head: str,
        *,
        temperature: float,
        upright: bool,
    ) -> None:
        if head not in SEGMENTATION_HEADS:
            raise ValueError(
                f"the head '{head}' is not known; expected one of {', '.join(SEGMENTATION_HEADS)}"
            )
        layers = SEGMENTATION_HEADS[head](backbone.stage_channels, len(classes))
        super().__init__(backbone, layers, classes, temperature, None, upright)

    def forward(self, images: Tensor) -> Tensor:
        """Logits of every pixel, N×classes×H×W, of normalised images, N×3×H×W."""
        coarse = self.head(self.backbone.maps(images))
        return functional.interpolate(
            coarse, size=images.shape[2:], mode="bilinear", align_corners=True
        )
