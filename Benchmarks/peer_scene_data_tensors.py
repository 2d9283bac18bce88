"""Scenes with label maps on tensors, as peer_scene_data reads them with Pillow: torchvision.io and transforms v2."""

import random
from pathlib import Path

import torch
from torchvision import io
from torchvision.transforms import v2
from torchvision.transforms.v2 import functional as F

from peer_scene_data import TABLE

TRAIN_IDS = torch.from_numpy(TABLE)


class Scenes(torch.utils.data.Dataset):
    def __init__(self, folder: str, size: int):
        self.images = sorted(Path(folder, "images").iterdir())
        self.size = size
        self.jitter = v2.ColorJitter(0.4, 0.4, 0.4, 0.4)
        self.normalize = v2.Compose(
            [
                v2.ToDtype(torch.float32, scale=True),
                v2.Normalize((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)),
            ]
        )

    def __len__(self):
        return len(self.images)

    def __getitem__(self, index):
        path = self.images[index]
        image = io.decode_image(str(path), mode=io.ImageReadMode.RGB)
        labels = io.decode_image(str(path.parent.parent / "labels" / path.name))
        scale = random.uniform(0.75, 1.25)
        shape = [round(side * scale) for side in image.shape[1:]]
        image = F.resize(image, shape, antialias=True)
        labels = F.resize(labels, shape, F.InterpolationMode.NEAREST)
        top, left = (random.randint(0, side - self.size) for side in shape)
        window = (top, left, self.size, self.size)
        # Contrast is about the mean of the whole scene, so that the colours change before the crop.
        views = [F.crop(view, *window) for view in (image, self.jitter(image))]
        labels = F.crop(labels, *window)
        if random.random() < 0.5:
            views, labels = [F.horizontal_flip(view) for view in views], F.horizontal_flip(labels)
        query, key = map(self.normalize, views)
        return query, TRAIN_IDS[labels[0].long()], key


def loader(folder: str, size: int, batch: int):
    return torch.utils.data.DataLoader(
        Scenes(folder, size), batch_size=batch, shuffle=True, drop_last=True
    )
