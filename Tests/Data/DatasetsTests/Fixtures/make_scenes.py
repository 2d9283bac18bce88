"""Writes scenes/ and scenes.json: tiny sets in the layouts and label encodings of SYNTHIA-RAND-CITYSCAPES, UrbanSyn, BDD100K and
Mapillary Vistas, with the class maps that follow from their labels.

    pip install numpy pillow opencv-python-headless
    python3 make_scenes.py

Pictures and label maps are noise that holds every label; OpenCV writes the PNGs of 16 bits and three channels, Pillow the rest.
The tables below are written by the sets' own names and numbers of classes, not by those of the library.
"""

import json
import shutil
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

HERE = Path(__file__).parent
SCENES = HERE / "scenes"
generator = np.random.default_rng(18)

CITYSCAPES = [
    "road", "sidewalk", "building", "wall", "fence", "pole", "traffic light", "traffic sign",
    "vegetation", "terrain", "sky", "person", "rider", "car", "truck", "bus", "train",
    "motorcycle", "bicycle",
]
SYNTHIA = [
    "void", "sky", "building", "road", "sidewalk", "fence", "vegetation", "pole", "car",
    "traffic sign", "pedestrian", "bicycle", "motorcycle", "parking slot", "road work",
    "traffic light", "terrain", "rider", "truck", "bus", "train", "wall", "lane marking",
]
SYNTHIA_LACKS = {"terrain", "truck", "train"}
MAPILLARY = [
    "bird", "ground animal", "curb", "fence", "guard rail", "barrier", "wall", "bike lane",
    "crosswalk, plain", "curb cut", "parking", "pedestrian area", "rail track", "road",
    "service lane", "sidewalk", "bridge", "building", "tunnel", "person", "bicyclist",
    "motorcyclist", "other rider", "lane marking, crosswalk", "lane marking, general",
    "mountain", "sand", "sky", "snow", "terrain", "vegetation", "water", "banner", "bench",
    "bike rack", "billboard", "catch basin", "CCTV camera", "fire hydrant", "junction box",
    "mailbox", "manhole", "phone booth", "pothole", "street light", "pole",
    "traffic sign frame", "utility pole", "traffic light", "traffic sign, back",
    "traffic sign, front", "trash can", "bicycle", "boat", "bus", "car", "caravan",
    "motorcycle", "on rails", "other vehicle", "trailer", "truck", "wheeled slow", "car mount",
    "ego vehicle", "unlabeled",
]
SAME = {
    "pedestrian": "person", "curb": "sidewalk", "manhole": "road",
    "lane marking, general": "road", "bicyclist": "rider", "motorcyclist": "rider",
    "other rider": "rider", "utility pole": "pole", "traffic sign, front": "traffic sign",
    "on rails": "train",
}


def indices(labels, names, classes):
    """The place in `classes` of each label's class; 255 where it has none."""
    places = [
        classes.index(SAME.get(name, name)) if SAME.get(name, name) in classes else 255
        for name in names
    ]
    table = np.full(256, 255)
    table[: len(places)] = places
    return table[labels].tolist()


def every(values, width):
    """A map that holds every one of the values, and noise of them."""
    values = np.asarray(values)
    count = -(-len(values) // width) * width
    noise = generator.choice(values, count - len(values))
    return generator.permutation(np.concatenate([values, noise])).reshape(-1, width)


def picture(path, height, width):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(generator.integers(0, 256, (height, width, 3), np.uint8)).save(path)


def grey(path, labels):
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(labels.astype(np.uint8)).save(path)


def palette(path, labels):
    path.parent.mkdir(parents=True, exist_ok=True)
    image = Image.fromarray(labels.astype(np.uint8), mode="P")
    image.putpalette(generator.integers(0, 256, 3 * len(MAPILLARY), np.uint8).tobytes())
    image.save(path)


def wide(path, labels):
    """Three channels of 16 bits: the class, the instance, nothing of use. OpenCV takes them in the order blue, green, red."""
    path.parent.mkdir(parents=True, exist_ok=True)
    others = generator.integers(0, 65536, (2, *labels.shape), np.uint16)
    assert cv2.imwrite(str(path), np.dstack([others[1], others[0], labels.astype(np.uint16)]))


sets = []


def add(path, names, labels, table, image, classes=CITYSCAPES):
    sets.append(
        {
            "path": path, "image": image, "names": names,
            "indices": np.ravel(indices(labels, table, classes)).tolist(),
        })


shutil.rmtree(SCENES, ignore_errors=True)

labels = every(range(len(SYNTHIA)), 6)
picture(SCENES / "synthia/RGB/0000003.png", *labels.shape)
wide(SCENES / "synthia/GT/LABELS/0000003.png", labels)
own = [name for name in CITYSCAPES if name not in SYNTHIA_LACKS]
add("synthia", own, labels, SYNTHIA, "RGB/0000003.png", own)

labels = every(range(20), 5)
picture(SCENES / "urbansyn/rgb/rgb_0007.png", *labels.shape)
grey(SCENES / "urbansyn/ss/ss_0007.png", labels)
add("urbansyn", CITYSCAPES, labels, CITYSCAPES, "rgb/rgb_0007.png")

labels = every([*range(19), 255], 5)
picture(SCENES / "bdd100k/images/10k/val/7d06fefd-f7be05a6.jpg", *labels.shape)
grey(SCENES / "bdd100k/labels/sem_seg/masks/val/7d06fefd-f7be05a6.png", labels)
add(
    "bdd100k/images/10k/val", CITYSCAPES, labels, CITYSCAPES, "7d06fefd-f7be05a6.jpg")

picture(SCENES / "bdd100k-seg/seg/images/val/7d06fefd-f7be05a6.jpg", *labels.shape)
grey(SCENES / "bdd100k-seg/seg/labels/val/7d06fefd-f7be05a6_train_id.png", labels)
add(
    "bdd100k-seg/seg/images/val", CITYSCAPES, labels, CITYSCAPES, "7d06fefd-f7be05a6.jpg")

labels = every(range(len(MAPILLARY)), 11)
picture(SCENES / "mapillary/validation/images/_1Gn_xkw7sa_i9GU4mkxxQ.jpg", *labels.shape)
palette(SCENES / "mapillary/validation/v1.2/labels/_1Gn_xkw7sa_i9GU4mkxxQ.png", labels)
add(
    "mapillary/validation", CITYSCAPES, labels, MAPILLARY,
    "images/_1Gn_xkw7sa_i9GU4mkxxQ.jpg")

picture(SCENES / "mapillary-1.1/validation/images/0035fkbjWljhaftpVM37-g.jpg", *labels.shape)
palette(SCENES / "mapillary-1.1/validation/labels/0035fkbjWljhaftpVM37-g.png", labels)
wide(SCENES / "mapillary-1.1/validation/instances/0035fkbjWljhaftpVM37-g.png", labels)
add(
    "mapillary-1.1/validation", CITYSCAPES, labels, MAPILLARY,
    "images/0035fkbjWljhaftpVM37-g.jpg")

# A label that no byte holds, at column 2, row 1.
labels = np.full((3, 4), 3)
labels[1, 2] = 259
wide(SCENES / "wide-label.png", labels)

(HERE / "scenes.json").write_text(json.dumps({"sets": sets}) + "\n")
