"""Weights as people have them: plain ones and a released checkpoint's layout, made up and tiny."""

import torch

from makers.files import FIXTURES
from reference import fill, networks
from reference.csg import head


def make_checkpoints():
    """ResNet-18 of width 1 with weights filled by key."""
    folder = FIXTURES / "checkpoints"
    folder.mkdir(exist_ok=True)
    plain = fill.fill_module(networks.resnet18(width=1, classes=1000)).state_dict()
    torch.save(plain, folder / "plain-legacy.pth", _use_new_zipfile_serialization=False)
    torch.save(plain, folder / "plain-zip.pth")

    encoder = networks.resnet18(width=1, classes=128)
    encoder.fc_new = head(8, 6, 3)
    encoder.fc_csg = torch.nn.ModuleDict({"stage3": head(4, 4, 16), "stage4": head(8, 8, 16)})
    state = {}
    for prefix in ("encoder_q", "encoder_k"):
        named = torch.nn.ModuleDict({prefix: encoder})
        state |= {key: value.clone() for key, value in fill.fill_module(named).state_dict().items()}
    for stage in (3, 4):
        state[f"queue{stage}"] = fill.queue(f"queue{stage}", 16, 8)
        state[f"queue_ptr{stage}"] = torch.zeros(1, dtype=torch.int64)
    checkpoint = {"epoch": 30, "arch": "resnet18", "state_dict": state, "best_acc1": 64.05}
    torch.save(checkpoint, folder / "released.pth.tar")
    for file in folder.iterdir():
        file.chmod(0o644)
