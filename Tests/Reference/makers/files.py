"""How fixtures are stored: safetensors, JSON, and samples in place of large tensors."""

import json
from pathlib import Path

import torch
from safetensors.torch import save_file

FIXTURES = Path(__file__).parent.parent / "Fixtures"


def write(name: str, tensors: dict[str, torch.Tensor]):
    path = FIXTURES / f"{name}.safetensors"
    path.parent.mkdir(parents=True, exist_ok=True)
    copies = {key: value.detach().clone().contiguous() for key, value in tensors.items()}
    save_file(copies, path, metadata={"torch": torch.__version__})
    path.chmod(0o644)


def write_json(name: str, value):
    path = FIXTURES / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"torch": torch.__version__} | value, indent=1) + "\n")


def sampled(name: str, tensor: torch.Tensor, limit: int = 256) -> dict[str, torch.Tensor]:
    """What stands for a large tensor: its shape, every stride-th value and its statistics.

    stride = (count / limit, rounded down) with its lowest bit set, so odd; the indices are
    row-major: 0, stride, 2 * stride, ... The statistics are mean, root mean square and greatest
    magnitude.
    """
    flat = tensor.detach().contiguous().flatten()
    stride = (flat.numel() // limit) | 1
    values = flat.double()
    statistics = torch.stack([values.mean(), values.square().mean().sqrt(), values.abs().max()])
    return {
        f"{name}.shape": torch.tensor(tensor.shape, dtype=torch.int64),
        f"{name}.sample": flat[::stride],
        f"{name}.statistics": statistics,
    }
