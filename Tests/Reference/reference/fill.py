"""Tensors that any language can reproduce bit for bit from a name, so that no weights need storing.

The stream of a name is SplitMix64 seeded with the 64-bit FNV-1a hash of the name's UTF-8 bytes.
Element k (row-major) of a tensor filled from `low` to `high` is, in float64,

    low + (high - low) * u_k        with  u_k = (output_k >> 11) * 2^-53   in [0, 1)

rounded to float32. Ranges of a state dict's entries depend on key and shape only: see `fill_range`.
"""

import math

import numpy as np
import torch

MASK = (1 << 64) - 1


def fnv1a64(name: str) -> int:
    value = 0xCBF29CE484222325
    for byte in name.encode("utf-8"):
        value = ((value ^ byte) * 0x100000001B3) & MASK
    return value


def splitmix64(seed: int, count: int) -> np.ndarray:
    """The first `count` outputs; the state is advanced before each output."""
    with np.errstate(over="ignore"):
        steps = np.arange(1, count + 1, dtype=np.uint64)
        z = np.uint64(seed) + steps * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return z ^ (z >> np.uint64(31))


def unit(name: str, count: int) -> np.ndarray:
    """`count` float64 numbers of [0, 1) from the stream of `name`."""
    return (splitmix64(fnv1a64(name), count) >> np.uint64(11)).astype(np.float64) * 2.0**-53


def uniform(name: str, shape, low: float, high: float) -> torch.Tensor:
    """A float32 tensor of `shape` from the stream of `name`."""
    values = low + (high - low) * unit(name, math.prod(shape))
    return torch.from_numpy(values.astype(np.float32)).reshape(tuple(shape))


def fill_range(key: str, shape) -> tuple[float, float]:
    """The range of a state dict's entry: by its last word, and for weights by its rank."""
    kind = key.rsplit(".", 1)[-1]
    if kind == "weight" and len(shape) > 1:
        bound = math.sqrt(3.0 / math.prod(shape[1:]))  # variance 1 / fan-in
        return -bound, bound
    if kind in ("weight", "running_var", "gamma"):  # rank 1: norms and layers' scales
        return 0.5, 1.5
    if kind in ("cls_token", "pos_embed"):
        return -0.5, 0.5
    if kind in ("bias", "running_mean"):
        return -0.1, 0.1
    raise ValueError(f"no range for {key}")


def fill_module(module: torch.nn.Module) -> torch.nn.Module:
    """Fills every floating-point entry of the module's state dict from the stream of its key."""
    with torch.no_grad():
        for key, tensor in module.state_dict().items():
            if key.startswith("queue") and tensor.is_floating_point():
                tensor.copy_(queue(key, *tensor.shape))
            elif tensor.is_floating_point():
                tensor.copy_(uniform(key, tensor.shape, *fill_range(key, tensor.shape)))
    return module


def labels(name: str, count: int, classes: int) -> torch.Tensor:
    """Class indices floor(u * classes), int64."""
    return torch.from_numpy(np.floor(unit(name, count) * classes).astype(np.int64))


def queue(name: str, dimension: int, length: int) -> torch.Tensor:
    """dimension x length, uniform in [-1, 1), each column scaled to length 1 (in float64)."""
    columns = uniform(name, (dimension, length), -1.0, 1.0).double()
    return (columns / columns.norm(dim=0, keepdim=True)).float()


def image_views(batch: str, count: int, size: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Two views, count x 3 x size x size, of the same made-up images.

    Both show the same coarse 4 x 4 pattern in [-2, 2) (stream `<batch>.image`, each value a square
    of size/4 pixels), each with its own noise in [-0.5, 0.5) (`<batch>.query`, `<batch>.key`),
    added in float32.
    """
    coarse = uniform(f"{batch}.image", (count, 3, 4, 4), -2.0, 2.0)
    coarse = coarse.repeat_interleave(size // 4, 2).repeat_interleave(size // 4, 3)
    shape = (count, 3, size, size)
    query = coarse + uniform(f"{batch}.query", shape, -0.5, 0.5)
    key = coarse + uniform(f"{batch}.key", shape, -0.5, 0.5)
    return query, key
