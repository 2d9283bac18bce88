"""Scenes with label maps, as a Dataset gives them: a crop and its labels, and the same crop in other colours."""

import random
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torchvision import transforms
from torchvision.transforms import functional as F

# Cityscapes' label ids by train id; 255 is ignored.
IDS = (7, 8, 11, 12, 13, 17, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 31, 32, 33)
TABLE = np.full(256, 255, dtype=np.int64)
TABLE[list(IDS)] = range(len(IDS))


class Scenes(torch.utils.data.Dataset):
    def __init__(self, folder: str, size: int, mean, deviation):
        self.images = sorted(Path(folder, "images").iterdir())
        self.size = size
        self.jitter = transforms.ColorJitter(0.4, 0.4, 0.4, 0.4)
        self.normalize = transforms.Compose(
            [transforms.ToTensor(), transforms.Normalize(mean, deviation)]
        )

    def __len__(self):
        return len(self.images)

    def __getitem__(self, index):
        path = self.images[index]
        image = Image.open(path).convert("RGB")
        labels = Image.open(path.parent.parent / "labels" / path.name)
        scale = random.uniform(0.75, 1.25)
        shape = (round(image.height * scale), round(image.width * scale))
        image = F.resize(image, shape, F.InterpolationMode.BILINEAR)
        labels = F.resize(labels, shape, F.InterpolationMode.NEAREST)
        place = transforms.RandomCrop.get_params(image, (self.size, self.size))
        # Contrast is about the mean of the whole scene, so that the colours change before the crop.
        views = [F.crop(view, *place) for view in (image, self.jitter(image))]
        labels = F.crop(labels, *place)
        if random.random() < 0.5:
            views, labels = [F.hflip(view) for view in views], F.hflip(labels)
        query, key = map(self.normalize, views)
        return query, torch.from_numpy(TABLE[np.asarray(labels)]), key


def loader(folder: str, size: int, batch: int):
    scenes = Scenes(folder, size, (0.485, 0.456, 0.406), (0.229, 0.224, 0.225))
    return torch.utils.data.DataLoader(scenes, batch_size=batch, shuffle=True, drop_last=True)
