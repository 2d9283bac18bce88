"""One CSG step with all that happens inside it, and training runs."""

import torch

from makers.files import sampled, write, write_json
from reference import fill, networks
from reference.csg import CSG
from reference.optimisation import SGD, learning_rate

STEP = dict(classes=5, hidden=24, dimension=32, queue=16, momentum=0.99, weight=0.1)


def csg_network(width: int, dtype=torch.float32, heads_equal=False, **options) -> CSG:
    """Filled by interchange key. Unlike in a real run, student and teacher start from different
    weights, so that no term of the loss is near its limit and every difference shows."""
    network = fill.fill_module(CSG(lambda: networks.resnet18(width, 10), **options))
    if heads_equal:
        network.encoder_k.fc_csg.load_state_dict(network.encoder_q.fc_csg.state_dict())
    return network.to(dtype)


def moved(network) -> dict[str, torch.Tensor]:
    """What training changes: trained parameters and averaged heads as samples, queues whole."""
    result = {k: v for k, v in network.state_dict().items() if k.startswith("queue")}
    for key, parameter in network.named_parameters():
        if parameter.requires_grad or key.startswith("encoder_k.fc_csg."):
            result |= sampled(key, parameter, 64)
    return result


def make_csg_step():
    write_json(
        "csg-step/configuration",
        STEP
        | {
            "width": 4,
            "batch": 4,
            "stages": [3, 4],
            "temperature": 0.07,
            "lr": 0.05,
            "backbone_rate": 0.1,
            "sgd_momentum": 0.9,
            "weight_decay": 5e-4,
        },
    )
    x_query, x_key = fill.image_views("batch0", 4, 64)
    labels = fill.labels("batch0.labels", 4, STEP["classes"])
    for name, pooling, views, dtype in (
        ("attention", "attention", 2, torch.float32),
        ("average", "average", 2, torch.float32),
        ("single-view", "attention", 1, torch.float32),
        ("attention-float64", "attention", 2, torch.float64),
    ):
        network = csg_network(4, dtype, pooling=pooling, **STEP)
        for s in network.stages:
            getattr(network, f"queue_ptr{s}").fill_(14)  # so that this batch of 4 wraps
        if name == "attention":
            write("csg-step/start", network.state_dict())
        key = x_key.to(dtype) if views == 2 else None
        record = network(x_query.to(dtype), key, labels)
        record["loss"].backward()
        for parameter, tensor in network.named_parameters():
            if tensor.requires_grad:
                record[f"gradient.{parameter}"] = tensor.grad
        SGD(network.groups()).step(lr=0.05)
        record |= {f"after.{entry}": tensor for entry, tensor in moved(network).items()}
        write(f"csg-step/{name}", record)


TRAINING = dict(classes=5, hidden=32, dimension=32, queue=96, momentum=0.9, weight=0.1)
# A higher rate makes the run chaotic: one ReLU that flips by rounding would decide what follows.
BATCH, ITERATIONS = 10, 50
RATES = {8: 0.01, 64: 0.001}


def train(width, dtype, pooling="attention", views=2):
    """The terms of every iteration, and the network after it."""
    network = csg_network(width, dtype, heads_equal=True, pooling=pooling, **TRAINING)
    optimiser = SGD(network.groups())
    for i in range(ITERATIONS):
        x_query, x_key = fill.image_views(f"batch{i}", BATCH, 64)
        labels = fill.labels(f"batch{i}.labels", BATCH, TRAINING["classes"])
        lr = learning_rate(RATES[width], i, ITERATIONS)
        record = network(x_query.to(dtype), x_key.to(dtype) if views == 2 else None, labels)
        for tensor in network.parameters():
            tensor.grad = None
        record["loss"].backward()
        optimiser.step(lr)
        terms = {"iteration": i, "lr": lr, "loss": record["loss"].item()}
        terms["loss_task"] = record["task.loss"].item()
        for s in network.stages:
            terms[f"loss_nce_layer{s}"] = record[f"layer{s}.nce"].item()
            hits = record[f"layer{s}.logits"].argmax(dim=1) == 0
            terms[f"nce_top1_layer{s}"] = hits.double().mean().item()
        yield terms, network


def make_training():
    for name, width, options in (
        ("attention", 8, {}),
        ("average", 8, {"pooling": "average"}),
        ("single-view", 8, {"views": 1}),
        ("attention-width64", 64, {}),
    ):
        configuration = TRAINING | {
            "width": width,
            "lr": RATES[width],
            "batch": BATCH,
            "iterations": ITERATIONS,
            "stages": [3, 4],
            "pooling": options.get("pooling", "attention"),
            "views": options.get("views", 2),
            "temperature": 0.07,
            "backbone_rate": 0.1,
            "sgd_momentum": 0.9,
            "weight_decay": 5e-4,
        }
        lines = {"configuration": configuration}
        for dtype in (torch.float32, torch.float64):
            kind = str(dtype).removeprefix("torch.")
            lines[kind] = []
            for terms, network in train(width, dtype, **options):
                lines[kind].append(terms)
                done = len(lines[kind])
                if dtype == torch.float32 and done in (10, ITERATIONS):
                    write(f"training/{name}-after{done}", moved(network))
        write_json(f"training/{name}", lines)
