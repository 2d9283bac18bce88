"""Loss functions, pooling, energies, optimiser steps and evaluation on small float64 tensors."""

import torch

from makers.files import write, write_json
from reference import evaluation, fill
from reference.csg import attention, attentional_pool, contrastive_logits, info_nce
from reference.optimisation import SGD, learning_rate, ramped_momentum


def uniform(name, *shape) -> torch.Tensor:
    return fill.uniform(name, shape, -1.0, 1.0).double()


def make_losses():
    """Everything in float64."""
    tensors = {}

    z_query = torch.nn.functional.normalize(uniform("losses.z_query", 6, 8), dim=1).requires_grad_()
    z_key = torch.nn.functional.normalize(uniform("losses.z_key", 6, 8), dim=1)
    queue = fill.queue("losses.queue", 8, 10).double()
    logits = contrastive_logits(z_query, z_key, queue, 0.07)
    loss = info_nce(logits)
    loss.backward()
    tensors |= {
        "info_nce.z_query": z_query,
        "info_nce.z_key": z_key,
        "info_nce.queue": queue,
        "info_nce.logits": logits,
        "info_nce.loss": loss,
        "info_nce.gradient": z_query.grad,
    }

    # Three maps after a ReLU; the second is zero everywhere.
    v, w = uniform("losses.v", 3, 5, 4, 6).relu(), uniform("losses.w", 3, 5, 4, 6).relu()
    v[1], w[1] = 0, 0
    upstream = uniform("losses.upstream", 3, 5)
    tensors |= {"pool.v": v, "pool.w": w, "pool.upstream": upstream}
    own = v.clone().requires_grad_()
    a = attention(own)
    pooled = attentional_pool(own, a)
    pooled.backward(upstream)
    tensors |= {"pool.own.attention": a, "pool.own.pooled": pooled, "pool.own.gradient": own.grad}
    values, source = (
        uniform("losses.values", 3, 5, 4, 6).relu().requires_grad_(),
        w.clone().requires_grad_(),
    )
    a = attention(source)
    pooled = attentional_pool(values, a)
    pooled.backward(upstream)
    tensors |= {
        "pool.other.v": values,
        "pool.other.attention": a,
        "pool.other.pooled": pooled,
        "pool.other.gradient_v": values.grad,
        "pool.other.gradient_w": source.grad,
        "pool.average": v.mean(dim=(2, 3)),
    }

    features = uniform("losses.features", 20, 16) + 0.5
    coincident = torch.cat([features[:4], features[:1] * 3])
    tensors |= {"energy.features": features, "energy.coincident": coincident}
    for name, f in (("energies", features), ("coincident_energies", coincident)):
        energies = [evaluation.hyperspherical_energy(f, power) for power in (0, 1, 2)]
        tensors[f"energy.{name}"] = torch.tensor(energies, dtype=torch.float64)

    for form, inside in (("rate_inside", True), ("common", False)):
        first, second = uniform("losses.p1", 3, 4), uniform("losses.p2", 5)
        tensors |= {"sgd.first": first.clone(), "sgd.second": second.clone()}
        optimiser = SGD([([first], 0.1), ([second], 1.0)], rate_inside=inside)
        for step, lr in enumerate([0.1, 0.2, 0.2, 0.05, 0.01]):
            for name, p in (("first", first), ("second", second)):
                p.grad = uniform(f"losses.gradient{step}.{name}", *p.shape)
                tensors[f"sgd.gradient{step}.{name}"] = p.grad
            optimiser.step(lr)
            for name, p in (("first", first), ("second", second)):
                tensors[f"sgd.{form}.after{step}.{name}"] = p.clone()
                tensors[f"sgd.{form}.buffer{step}.{name}"] = optimiser.buffers[p].clone()

    logits, mirrored = uniform("losses.logits", 12, 4) * 4, uniform("losses.mirrored", 12, 4) * 4
    labels = fill.labels("losses.labels", 12, 4)
    probabilities = evaluation.flip_averaged(logits, mirrored)
    predicted = probabilities.argmax(dim=1)
    tensors |= {
        "evaluation.logits": logits,
        "evaluation.mirrored_logits": mirrored,
        "evaluation.labels": labels,
        "evaluation.probabilities": probabilities,
        "evaluation.predicted": predicted,
    }
    write("losses", tensors)

    figures = {}
    for name, classes in (("all_classes", 4), ("one_class_without_images", 5)):
        accuracies = evaluation.class_accuracies(predicted, labels, classes)
        present = [a for a in accuracies if a is not None]
        figures[name] = {
            "class_accuracies": accuracies,
            "mean_class_accuracy": sum(present) / len(present),
            "accuracy": (predicted == labels).double().mean().item(),
        }
    iterations = [0, 1, 10, 50, 99, 100, 101, 500, 900, 999]
    write_json(
        "losses",
        {
            "evaluation": figures,
            "sgd": {"lr": [0.1, 0.2, 0.2, 0.05, 0.01], "rates": [0.1, 1.0]},
            "schedule": {
                "lr": 0.01,
                "iterations": 1000,
                "values": {i: learning_rate(0.01, i, 1000) for i in iterations},
            },
            "ramped_momentum": {
                i: ramped_momentum(i, 0.999) for i in (0, 1, 2, 9, 500, 998, 999, 5000)
            },
        },
    )
