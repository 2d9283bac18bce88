"""Every picture of a folder to a table of probabilities, as a script with PyTorch and torchvision does it."""

import csv
import json
import sys
from pathlib import Path

import torch
from PIL import Image
from torch.utils.data import DataLoader, Dataset
from torchvision import transforms

from peer_csg import CLASSES, HIDDEN, Model

SCALINGS = {
    "resnet": ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)),
    "efficientnet": ((0.5, 0.5, 0.5), (0.5, 0.5, 0.5)),
}


class Pictures(Dataset):
    """The pictures of a folder as a classifier sees them."""

    def __init__(self, folder: str, size: int, scaling):
        self.files = sorted(Path(folder).iterdir())
        self.view = transforms.Compose(
            [
                transforms.Resize(size),
                transforms.CenterCrop(size),
                transforms.ToTensor(),
                transforms.Normalize(*scaling),
            ]
        )

    def __len__(self):
        return len(self.files)

    def __getitem__(self, index: int):
        return self.view(Image.open(self.files[index]).convert("RGB"))


def make_checkpoint(place: str, backbone: str, size: int):
    """Made-up weights as a checkpoint of this program, which the peer reads too."""
    from reference import fill
    from safetensors.torch import save_file

    model = fill.fill_module(Model(backbone, 0, contrasts=False))
    state = {key: value.contiguous().clone() for key, value in model.state_dict().items()}
    evaluation = {
        "imageSize": size, "decoding": "exact", "batchSize": 32, "mirrors": True, "overlap": 0,
        "precision": "float32", "workers": 2, "onError": "stop",
    }  # fmt: skip
    network = {
        "task": "classification", "backbone": backbone, "head": {"classifier": {"width": HIDDEN}},
        "firstWeights": {"random": {}}, "evaluation": evaluation, "augmentation": {"none": {}},
        "batchSize": 32, "seed": 0, "domains": {"synthetic": [], "unseen": []},
    }  # fmt: skip
    metadata = {
        "iteration": "0",
        "seconds": "0",
        "classes": json.dumps([f"class{index}" for index in range(CLASSES)]),
        "network": json.dumps(network),
    }
    save_file(state, place, metadata=metadata)


@torch.inference_mode()
def predict(folder: str, weights: str, backbone: str, size: int, workers: int):
    from safetensors.torch import load_file

    model = Model(backbone, 0, contrasts=False)
    model.load_state_dict(load_file(weights))
    encoder = model.encoder_q.to(memory_format=torch.channels_last)
    pictures = Pictures(folder, size, SCALINGS[backbone.partition("-")[0].rstrip("0123456789")])
    table = csv.writer(sys.stdout)
    table.writerow(["file"] + [f"class{index}" for index in range(CLASSES)])
    files = iter(pictures.files)
    for images in DataLoader(pictures, batch_size=32, num_workers=workers):
        images = images.to(memory_format=torch.channels_last)
        logits = encoder.fc_new(encoder.features(images)["layer4"].mean(dim=(2, 3)))
        for row in torch.softmax(logits, dim=1).tolist():
            table.writerow([next(files), *row])
