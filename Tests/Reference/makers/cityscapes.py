"""Intersection over union by Cityscapes' own evaluation (the package cityscapesscripts)."""

import tempfile
from pathlib import Path

import numpy as np
from PIL import Image

from makers.files import write_json
from reference import fill

JUDGED = np.array([7, 8, 11, 12, 13, 17, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 31, 32, 33])
PAIRS, HEIGHT, WIDTH = 24, 48, 64


def blocks(name: str, values: int) -> np.ndarray:
    """Squares of 8 pixels, each of one of the values 0 ..< `values`."""
    coarse = fill.labels(name, (HEIGHT // 8) * (WIDTH // 8), values)
    return np.kron(coarse.reshape(HEIGHT // 8, WIDTH // 8).numpy(), np.ones((8, 8))).astype(np.uint8)


def pair(index: int) -> tuple[np.ndarray, np.ndarray]:
    """Label ids 0 ... 33, and judged ones that differ from them in about a third of the pixels."""
    labels = blocks(f"pair{index}.labels", 34)
    others = JUDGED[blocks(f"pair{index}.others", len(JUDGED))]
    differs = fill.labels(f"pair{index}.differs", HEIGHT * WIDTH, 3).reshape(HEIGHT, WIDTH).numpy() == 0
    differs |= ~np.isin(labels, JUDGED)
    return labels, np.where(differs, others, labels).astype(np.uint8)


def make_cityscapes():
    from cityscapesscripts.evaluation import evalPixelLevelSemanticLabeling as evaluation

    with tempfile.TemporaryDirectory() as folder:
        predictions, truths = [], []
        for index in range(PAIRS):
            labels, prediction = pair(index)
            for kind, array, paths in (("labels", labels, truths), ("prediction", prediction, predictions)):
                path = Path(folder) / f"{kind}{index}.png"
                Image.fromarray(array).save(path)
                paths.append(str(path))
        evaluation.args.evalInstLevelScore = False
        evaluation.args.JSONOutput = False
        evaluation.args.quiet = True
        results = evaluation.evaluateImgLists(predictions, truths, evaluation.args)
    write_json(
        "segmentation/cityscapes",
        {
            "pairs": PAIRS,
            "height": HEIGHT,
            "width": WIDTH,
            "miou": float(results["averageScoreClasses"]),
            "iou": {k: float(v) for k, v in results["classScores"].items() if not np.isnan(v)},
        },
    )
