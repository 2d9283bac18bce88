"""Makes the weight files the tests read, and expected.json with what PyTorch reads from them.

Run in this folder: python make_weight_fixtures.py (needs torch and safetensors).
"""

import collections
import io
import json
import os
import pickle
import struct
import zipfile

import safetensors.torch
import torch
from torch import nn

TYPES = {
    "float16": torch.float16, "bfloat16": torch.bfloat16, "float32": torch.float32,
    "float64": torch.float64, "uint8": torch.uint8, "int8": torch.int8, "int16": torch.int16,
    "int32": torch.int32, "int64": torch.int64, "bool": torch.bool,
}
expected = {}


def describe(tensor):
    tensor = tensor.detach().contiguous()
    content = tensor.reshape(-1).view(torch.uint8).numpy().tobytes() if tensor.numel() else b""
    return {"type": str(tensor.dtype).removeprefix("torch."), "shape": list(tensor.shape),
            "bytes": content.hex()}


def expect(name, tensors, metadata=None):
    expected[name] = {"names": list(tensors), "metadata": metadata or {},
                      "tensors": {key: describe(value) for key, value in tensors.items()}}


def save(name, value, tensors, metadata=None, protocols=(2,)):
    """Writes value in both formats; tensors and metadata are what a reader should make of it."""
    for zipped in (True, False):
        for protocol in protocols:
            suffix = "zip" if zipped else "legacy"
            file = f"{name}-{suffix}{'' if protocol == 2 else protocol}.pth"
            torch.save(value, file, _use_new_zipfile_serialization=zipped,
                       pickle_protocol=protocol)
            expect(file, tensors, metadata)


def every_type():
    generator = torch.Generator().manual_seed(1)
    tensors = {}
    for name, dtype in TYPES.items():
        values = torch.randn(2, 3, generator=generator) * 5
        tensors[f"{name}.weight"] = (values > 0) if dtype is torch.bool else values.to(dtype)
    return tensors


def make_every_type():
    tensors = every_type()
    save("every-type", tensors, tensors, protocols=(2, 4, 5))
    metadata = {"format": "pt \"quoted\" \\ \n\u00e9"}
    safetensors.torch.save_file(tensors, "every-type.safetensors", metadata)
    with open("every-type.safetensors", "rb") as file:
        length, = struct.unpack("<Q", file.read(8))
        order = [key for key in json.loads(file.read(length)) if key != "__metadata__"]
    expect("every-type.safetensors", {key: tensors[key] for key in order}, metadata)


def make_views():
    base = torch.arange(24, dtype=torch.float32)
    grid = base.view(4, 6)
    tensors = collections.OrderedDict(
        base=base, transposed=grid.t(), slice=grid[1:3, 2:5], every_third=base[1::3],
        expanded=torch.tensor([7.0]).expand(3), channels_last=torch.arange(
            16.0).reshape(1, 4, 2, 2).contiguous(memory_format=torch.channels_last),
        scalar=torch.tensor(3, dtype=torch.int64), empty=torch.zeros(0, 5),
        parameter=nn.Parameter(grid[:2]), leaf=torch.ones(2, requires_grad=True))
    save("views", tensors, tensors)


def make_nested():
    one, two = torch.tensor([1.0]), torch.tensor([2, 2], dtype=torch.int16)
    value = {
        "encoder": {"weight": one, "layers": [two, (one, two)], "size": torch.Size([2, 3])},
        "counts": {0: two}, "name": "r\u00e9seau", "steps": 12, "big": 1 << 40, "negative": -5,
        "rate": 0.25, "done": True, "nothing": None, "raw": b"bytes", "empty": b"", "set": {1, 2},
    }
    tensors = {"encoder.weight": one, "encoder.layers.0": two, "encoder.layers.1.0": one,
               "encoder.layers.1.1": two, "counts.0": two}
    metadata = {"encoder.size.0": "2", "encoder.size.1": "3", "name": "r\u00e9seau",
                "steps": "12", "big": str(1 << 40), "negative": "-5", "rate": "0.25",
                "done": "true"}
    save("nested", value, tensors, metadata, protocols=(2, 4))


def make_checkpoint():
    torch.manual_seed(2)
    model = nn.Sequential(nn.Linear(3, 2), nn.BatchNorm1d(2))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    model(torch.randn(4, 3)).sum().backward()
    optimizer.step()
    state = model.state_dict()
    save("model", state, state)
    wrapped = nn.DataParallel(model).state_dict()
    checkpoint = {"epoch": 3, "arch": "resnet101", "state_dict": wrapped, "best_acc1": 0.5,
                  "optimizer": optimizer.state_dict()}
    save("checkpoint", checkpoint, state,
         {"epoch": "3", "arch": "resnet101", "best_acc1": "0.5"})


def make_big_endian():
    tensors = {"weight": torch.arange(6, dtype=torch.float32).view(2, 3),
               "count": torch.tensor([1, -2], dtype=torch.int16)}
    buffer = io.BytesIO()
    torch.save(tensors, buffer)
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile("big-endian.pth", "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name.endswith("/byteorder"):
                content = b"big"
            for key, size in (("data/0", 4), ("data/1", 2)):
                if name.endswith(key):
                    content = b"".join(
                        content[i:i + size][::-1] for i in range(0, len(content), size))
            target.writestr(zipfile.ZipInfo(name), content)
    loaded = torch.load("big-endian.pth", weights_only=True)
    assert all(torch.equal(loaded[key], tensors[key]) for key in tensors)
    expect("big-endian.pth", tensors)


class StoragePart:
    """Six elements from the third on of a storage of ten."""


class ViewPickler(pickle.Pickler):
    """Names storages as PyTorch before 0.4 did: a part of a storage is an entry of its own."""

    def persistent_id(self, value):
        if not isinstance(value, StoragePart):
            return None
        return ("storage", torch.FloatStorage, "root", "cpu", 10, ("part", 3, 6))


def make_storage_view():
    """A legacy file whose tensor lies on part of a storage, as very old files have it."""
    class Rebuilt:
        def __reduce__(self):
            return (torch._utils._rebuild_tensor,
                    (StoragePart(), 1, (2, 2), (2, 1)))

    with open("storage-view.pth", "wb") as file:
        for value in (torch.serialization.MAGIC_NUMBER, torch.serialization.PROTOCOL_VERSION,
                      {"protocol_version": 1001, "little_endian": True}):
            pickle.dump(value, file, protocol=2)
        ViewPickler(file, protocol=2).dump({"weight": Rebuilt()})
        pickle.dump(["root"], file, protocol=2)
        file.write(struct.pack("<q10f", 10, *range(10)))
    tensors = torch.load("storage-view.pth", weights_only=True)
    assert tensors["weight"].tolist() == [[4, 5], [6, 7]]
    expect("storage-view.pth", tensors)


def make_refused():
    class Command:
        def __reduce__(self):
            return (os.system, ("echo this must never run",))

    torch.save({"weight": torch.ones(1), "x": Command()}, "refused-command-zip.pth")
    torch.save({"x": Command()}, "refused-command-legacy.pth",
               _use_new_zipfile_serialization=False)
    complex_numbers = {"phase": torch.zeros(2, dtype=torch.complex64)}
    torch.save(complex_numbers, "refused-complex.pth")
    safetensors.torch.save_file(complex_numbers, "refused-complex.safetensors")
    buffer = io.BytesIO()
    torch.save({"weight": torch.ones(3)}, buffer)
    with zipfile.ZipFile(buffer) as source:
        with zipfile.ZipFile("refused-deflated.pth", "w", zipfile.ZIP_DEFLATED) as target:
            for name in source.namelist():
                target.writestr(name, source.read(name))
        with zipfile.ZipFile("refused-program.pth", "w") as target:
            target.writestr("archive/data.pkl", source.read("archive/data.pkl"))
            target.writestr("archive/constants.pkl", b"\x80\x02).")


if __name__ == "__main__":
    make_every_type()
    make_views()
    make_nested()
    make_checkpoint()
    make_big_endian()
    make_storage_view()
    make_refused()
    with open("expected.json", "w") as file:
        json.dump(expected, file, indent=1, sort_keys=True)
        file.write("\n")
