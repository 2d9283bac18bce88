"""Segmentation networks, IBN-Net, the grid cut, and runs of the dense contrastive loss."""

import torch

from makers.files import sampled, write, write_json
from reference import fill, networks
from reference.optimisation import SGD, learning_rate
from reference.segmentation import (
    DenseCSG,
    LinearHead,
    PyramidHead,
    RefinedPyramidHead,
    SumHead,
    dilated,
    ibn,
    pooled_cells,
    segmentation_loss,
)

CLASSES, WIDTH = 5, 16


def features(network, x) -> dict[str, torch.Tensor]:
    result = {}
    with torch.no_grad():
        for name, tensor in network.features(x).items():
            result |= sampled(name, tensor)
    return result


def make_dilated():
    x = fill.uniform("input", (2, 3, 129, 97), -2.0, 2.0)
    labels = fill.labels("labels", 2 * 129 * 97, CLASSES + 1).reshape(2, 129, 97)
    labels[labels == CLASSES] = 255
    for name, make in (("resnet18", networks.resnet18), ("resnet50", networks.resnet50)):
        network = fill.fill_module(dilated(make(8, 10)))
        record = features(network, x)
        with torch.no_grad():
            last = network.features(x)["layer4"]
            last_double = network.double().features(x.double())["layer4"]
        for head_name, head in (
            ("aspp", PyramidHead(network.channels["layer4"], WIDTH, CLASSES, dropout=0)),
            ("deeplab-v2", SumHead(network.channels["layer4"], CLASSES)),
        ):
            fill.fill_module(head).eval()
            record[f"{head_name}.logits"] = head(last)
            record[f"{head_name}.loss"] = segmentation_loss(head(last), labels)
            # In float64: normalising two pooled values by their own statistics leaves gradients of
            # the size of rounding errors.
            head.double().train()
            record[f"{head_name}.training"] = head(last_double)
            segmentation_loss(record[f"{head_name}.training"], labels).backward()
            for key, tensor in head.named_parameters():
                record |= sampled(f"{head_name}.gradient.{key}", tensor.grad, 64)
            for key, tensor in head.state_dict().items():
                if "running" in key:
                    record[f"{head_name}.after.{key}"] = tensor
        write(f"segmentation/{name}-dilated", record)


SEGFORMER = {
    # transformers 5, and the versions before.
    "linear_projections": "projections", "linear_c": "projections", "proj.": "",
    "linear_fuse": "fusion.0", "batch_norm": "fusion.1",
}


def own_key(key: str) -> str:
    for theirs, own in SEGFORMER.items():
        key = key.replace(theirs, own)
    return key


def segformer_head(channels: list[int]):
    """transformers' own head, filled by the keys of ours, whose linear maps are 1x1 convolutions."""
    from transformers import SegformerConfig
    from transformers.models.segformer.modeling_segformer import SegformerDecodeHead

    settings = SegformerConfig(
        hidden_sizes=channels, decoder_hidden_size=WIDTH, num_labels=CLASSES,
        classifier_dropout_prob=0,
    )
    head = SegformerDecodeHead(settings)
    with torch.no_grad():
        for key, tensor in head.state_dict().items():
            if not tensor.is_floating_point():
                continue
            if tensor.dim() > 1:
                bound = (3 / tensor[0].numel()) ** 0.5
                low, high = -bound, bound
            else:
                is_factor = key in ("batch_norm.weight", "batch_norm.running_var")
                low, high = (0.5, 1.5) if is_factor else (-0.1, 0.1)
            tensor.copy_(fill.uniform(own_key(key), tensor.shape, low, high))

    class Head(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.head = head

        def forward(self, features):
            return self.head([features[f"layer{stage}"] for stage in (1, 2, 3, 4)])

    return Head()


def make_heads():
    """Needs transformers."""
    x = fill.uniform("input", (2, 3, 129, 97), -2.0, 2.0)
    labels = fill.labels("labels", 2 * 129 * 97, CLASSES + 1).reshape(2, 129, 97)
    labels[labels == CLASSES] = 255
    network = fill.fill_module(dilated(networks.resnet18(8, 10)))
    with torch.no_grad():
        single = network.features(x)
        double = network.double().features(x.double())
    record = {}
    for name, head in (
        ("segformer", segformer_head([8, 16, 32, 64])),
        ("deeplab-v3-plus", fill.fill_module(RefinedPyramidHead(64, 8, WIDTH, CLASSES))),
        ("linear", fill.fill_module(LinearHead(64, CLASSES))),
    ):
        head.eval()
        with torch.no_grad():
            logits = head(single)
            record |= sampled(f"{name}.logits", logits)
            record[f"{name}.loss"] = segmentation_loss(logits, labels)
        head.double().train()
        trained = head(double)
        record |= sampled(f"{name}.training", trained)
        segmentation_loss(trained, labels).backward()
        for key, tensor in head.named_parameters():
            own = own_key(key.removeprefix("head.")) if name == "segformer" else key
            gradient = tensor.grad
            if name == "segformer" and own.startswith("projections") and gradient.dim() == 2:
                gradient = gradient[:, :, None, None]
            record |= sampled(f"{name}.gradient.{own}", gradient, 64)
        for key, tensor in head.state_dict().items():
            if "running" in key:
                own = own_key(key.removeprefix("head.")) if name == "segformer" else key
                record[f"{name}.after.{own}"] = tensor
    write("segmentation/heads", record)


def make_ibn():
    x = fill.uniform("input", (2, 3, 64, 64), -2.0, 2.0)
    for depth, make in (("resnet18", networks.resnet18), ("resnet50", networks.resnet50)):
        for kind in ("a", "b"):
            network = fill.fill_module(ibn(make(8, 10), kind))
            with torch.no_grad():
                logits = {"logits": network(x)}
            write(f"segmentation/{depth}-ibn-{kind}", features(network, x) | logits)


def make_grid():
    tensors = {}
    for height, width, n in ((8, 8, 2), (7, 5, 3), (7, 5, 4), (6, 9, 3), (3, 2, 8)):
        name = f"{height}x{width}-{n}"
        v = fill.uniform(f"{name}.v", (2, 3, height, width), 0.0, 1.0).double().requires_grad_()
        w = fill.uniform(f"{name}.w", (2, 3, height, width), 0.0, 1.0).double().requires_grad_()
        for pooling in ("attention", "average"):
            pooled = pooled_cells(v, w, n, pooling)
            upstream = torch.arange(pooled.numel(), dtype=torch.float64).reshape(pooled.shape)
            gradients = torch.autograd.grad(
                (pooled * upstream / pooled.numel()).sum(), (v, w), allow_unused=True
            )
            tensors[f"{name}.{pooling}"] = pooled
            tensors[f"{name}.{pooling}.gradient_v"] = gradients[0]
            if pooling == "attention":
                tensors[f"{name}.{pooling}.gradient_w"] = gradients[1]
    write("segmentation/grid", tensors)


ITERATIONS, BATCH, SIZE, RATE = 20, 4, 64, 0.01
OPTIONS = dict(classes=CLASSES, hidden=8, dimension=16, queue=48, momentum=0.9, weight=0.5)


def make_dense_training():
    for name, grid, frozen in (("divides", 2, False), ("uneven", 3, False), ("frozen", 2, True)):
        network = DenseCSG(
            lambda: dilated(networks.resnet18(8, 10)),
            width=WIDTH,
            grid=grid,
            frozen_heads=frozen,
            **OPTIONS,
        )
        fill.fill_module(network)
        network.encoder_k.fc_csg.load_state_dict(network.encoder_q.fc_csg.state_dict())
        optimiser = SGD([(list(p), rate) for p, rate in network.groups() if list(p)])
        steps = []
        for i in range(ITERATIONS):
            x_query, x_key = fill.image_views(f"batch{i}", BATCH, SIZE)
            labels = fill.labels(f"batch{i}.labels", BATCH * SIZE * SIZE, CLASSES + 1)
            labels = labels.reshape(BATCH, SIZE, SIZE)
            labels[labels == CLASSES] = 255
            record = network(x_query, x_key, labels)
            for tensor in network.parameters():
                tensor.grad = None
            record["loss"].backward()
            lr = learning_rate(RATE, i, ITERATIONS, warmup=5)
            optimiser.step(lr)
            steps.append(
                {
                    "lr": lr,
                    "loss": record["loss"].item(),
                    "loss_task": record["task.loss"].item(),
                    "loss_nce_layer3": record["layer3.nce"].item(),
                    "loss_nce_layer4": record["layer4.nce"].item(),
                }
            )
        options = {"grid": grid, "frozen": frozen, "width": WIDTH, "batch": BATCH, "size": SIZE}
        write_json(f"segmentation/training-{name}", {**OPTIONS, **options, "lr": RATE, "steps": steps})


def make_segmentation():
    make_dilated()
    make_ibn()
    make_grid()
    make_dense_training()
