"""Rein's refinement of tokens, SoMA's split of a weight and AdamW with an annealed decay, in plain PyTorch from the papers."""

import math

import torch

from makers.files import write
from reference import fill

COUNT, RANK, WIDTH = 6, 3, 8
MATRICES = {"tall": (12, 5), "wide": (5, 12), "square": (7, 7)}


def refined(x, a, b, token_weight, token_bias, feature_weight, feature_bias, scale):
    """Equations 2 to 8 of Wei et al. (2024), token by token."""
    learnt = a @ b
    rows = []
    for token in x.reshape(-1, WIDTH):
        weights = torch.softmax(learnt @ token / math.sqrt(WIDTH), 0)
        moved = torch.zeros(WIDTH, dtype=x.dtype)
        for index in range(1, COUNT):
            moved = moved + weights[index] * (token_weight @ learnt[index] + token_bias)
        rows.append(token + scale * (feature_weight @ (moved + token) + feature_bias))
    return torch.stack(rows).reshape(x.shape)


def make_adaptation():
    tensors = {}
    shapes = {
        "x": (2, 5, WIDTH), "tokens.0.a": (COUNT, RANK), "tokens.0.b": (RANK, WIDTH),
        "token_layer.weight": (WIDTH, WIDTH), "token_layer.bias": (WIDTH,),
        "feature_layer.weight": (WIDTH, WIDTH), "feature_layer.bias": (WIDTH,), "scale": (1,),
    }
    inputs = {
        name: fill.uniform(f"rein.{name}", shape, -1.0, 1.0).double().requires_grad_()
        for name, shape in shapes.items()
    }
    result = refined(*inputs.values())
    result.square().sum().backward()
    tensors["rein"] = result
    for name, tensor in inputs.items():
        tensors[f"rein.gradient.{name}"] = tensor.grad

    for name, shape in MATRICES.items():
        weight = fill.uniform(f"soma.{name}", shape, -1.0, 1.0).double()
        u, s, v = torch.linalg.svd(weight, full_matrices=False)
        tensors[f"soma.{name}"] = u[:, -2:] @ torch.diag(s[-2:]) @ v[-2:]
        tensors[f"soma.{name}.largest"] = u[:, :2] @ torch.diag(s[:2]) @ v[:2]

    parameter = fill.uniform("annealed", (5,), -1.0, 1.0).requires_grad_()
    optimizer = torch.optim.AdamW([parameter], lr=0.1)
    for step in range(4):
        decay = 1e-5 + (0.05 - 1e-5) * (1 + math.cos(math.pi * step / 4)) / 2
        optimizer.param_groups[0]["weight_decay"] = decay
        parameter.grad = fill.uniform(f"annealed.gradient{step}", (5,), -1.0, 1.0)
        optimizer.step()
    tensors["annealed"] = parameter
    write("adaptation", tensors)
