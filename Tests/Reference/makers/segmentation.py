"""Segmentation networks, IBN-Net, the grid cut, and runs of the dense contrastive loss."""

import torch

from makers.files import sampled, write, write_json
from reference import fill, networks
from reference.optimisation import SGD, learning_rate
from reference.segmentation import (
    DenseCSG,
    PyramidHead,
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
