"""Pictures in tar shards in WebDataset's layout, each read by its place, as a Dataset gives them."""

import re
import tarfile

import torch


def paths(pattern: str) -> list[str]:
    """The archives that a path with one range in braces stands for."""
    match = re.fullmatch(r"(.*)\{(\d+)\.\.(\d+)\}(.*)", pattern)
    if not match:
        return [pattern]
    head, first, last, tail = match.groups()
    return [f"{head}{number:0{len(first)}}{tail}" for number in range(int(first), int(last) + 1)]


class Shards(torch.utils.data.Dataset):
    """The pictures and classes of archives; `decode` makes an image of bytes."""

    def __init__(self, pattern: str, views, decode):
        self.views, self.decode = views, decode
        self.samples = []
        for path in paths(pattern):
            with tarfile.open(path) as archive:
                members = {member.name: member for member in archive}
                for name, member in members.items():
                    stem, _, ending = name.rpartition(".")
                    if ending != "cls":
                        label = int(archive.extractfile(members[stem + ".cls"]).read())
                        self.samples.append((path, member.offset_data, member.size, label))

    def __len__(self):
        return len(self.samples)

    def __getitem__(self, index):
        path, offset, size, label = self.samples[index]
        with open(path, "rb") as file:
            file.seek(offset)
            content = file.read(size)
        return self.views(self.decode(content)), label
