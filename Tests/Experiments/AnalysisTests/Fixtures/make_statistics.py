#!/usr/bin/env python3
"""Writes statistics.json: what scipy and statsmodels say of made-up differences of runs.

    python make_statistics.py

needs numpy, scipy and statsmodels.
"""

import json
from pathlib import Path

import numpy as np
import scipy
import statsmodels
from scipy import stats
from statsmodels.stats.multitest import multipletests


def paired(differences):
    test = stats.permutation_test(
        (differences,),
        np.mean,
        permutation_type="samples",
        n_resamples=np.inf,
        alternative="two-sided",
    )
    interval = stats.ttest_1samp(differences, 0).confidence_interval(0.95)
    return {
        "differences": list(differences),
        "mean": float(np.mean(differences)),
        "low": float(interval.low),
        "high": float(interval.high),
        "p": float(test.pvalue),
    }


def around(figures, share):
    """The quantiles five standard errors of the share of 10 000 replicates below and above one."""
    error = 5 * np.sqrt(share * (1 - share) / 10_000)
    return [float(np.quantile(figures, share + side * error)) for side in (-1, 1)]


def crossed(draws, counts, seeds, gain):
    """Two systems on the same images; some images are hard for every network, some seeds are better than others."""
    labels = np.repeat(np.arange(len(counts)), counts)
    ease = draws.normal(0.8, 1.2, len(labels))
    own_seed, other_seed = draws.normal(0, 0.4, (2, seeds))
    noise = draws.normal(0, 0.8, (2, seeds, len(labels)))
    own = ease + gain + own_seed[:, None] + noise[0] > 0
    other = ease + other_seed[:, None] + noise[1] > 0
    difference = own.astype(int) - other.astype(int)

    def figure(seed, members):
        return np.mean([difference[np.ix_(seed, images)].mean() for images in members])

    classes = [np.flatnonzero(labels == label) for label in range(len(counts))]
    figures = [
        figure(draws.integers(seeds, size=seeds), [draws.choice(images, len(images)) for images in classes])
        for _ in range(60_000)
    ]
    return {
        "labels": labels.tolist(),
        "own": own.tolist(),
        "other": other.tolist(),
        "mean": float(figure(np.arange(seeds), classes)),
        "low": around(figures, 0.025),
        "high": around(figures, 0.975),
    }


def crossed_scenes(draws, scenes, classes, seeds, skill):
    """Two systems that label the pixels of the same scenes, in which some classes do not occur."""
    labelled = draws.integers(0, 60, (scenes, classes)) * (draws.uniform(size=(scenes, classes)) < 0.7)

    def judged(skill):
        right = draws.binomial(labelled, np.clip(skill + draws.normal(0, 0.1, (seeds, 1, 1)), 0.05, 0.95))
        wrong = draws.integers(0, 15, right.shape)
        return right, right + wrong

    systems = judged(skill), judged(0.6)

    def mean_iou(system, seed, images):
        right, predicted = (counts[seed][images].sum(0) for counts in system)
        truth = labelled[images].sum(0)
        occurs = truth > 0
        return (right[occurs] / (truth + predicted - right)[occurs]).mean()

    def figure(seeds_drawn, images):
        return np.mean([mean_iou(systems[0], seed, images) - mean_iou(systems[1], seed, images) for seed in seeds_drawn])

    figures = [
        figure(draws.integers(seeds, size=seeds), draws.integers(scenes, size=scenes)) for _ in range(30_000)
    ]
    return {
        "labelled": labelled.tolist(),
        "own": {"predicted": systems[0][1].tolist(), "right": systems[0][0].tolist()},
        "other": {"predicted": systems[1][1].tolist(), "right": systems[1][0].tolist()},
        "mean": float(figure(np.arange(seeds), np.arange(scenes))),
        "low": around(figures, 0.025),
        "high": around(figures, 0.975),
    }


def main():
    draws = np.random.default_rng(17)
    samples = [draws.normal(1.5, 3, count).round(6) for count in (2, 3, 5, 6, 8, 11, 14)]
    # Differences of accuracies come in steps, so that sums are equal.
    samples += [np.array(values) for values in ([0.0, 0.1, 1.4, 6.7, 5.0, 5.7], [1.0, -1.0, 1.0, 2.0])]
    degrees = [1, 2, 3, 5, 9, 30, 200, 5000]
    points = [-40.0, -3.0, -0.5, 0.0, 0.25, 1.0, 2.5, 12.0]
    families = [draws.uniform(0, 1, count).round(6) ** 3 for count in (1, 2, 4, 7)]
    content = {
        "scipy": scipy.__version__,
        "statsmodels": statsmodels.__version__,
        "paired": [paired(sample) for sample in samples],
        "t": [
            {
                "degrees": nu,
                "quantile": float(stats.t.ppf(0.975, nu)),
                "points": points,
                "cumulative": [float(stats.t.cdf(t, nu)) for t in points],
            }
            for nu in degrees
        ],
        "bootstrap": [
            crossed(draws, counts, seeds, gain)
            for counts, seeds, gain in (([12, 5, 9], 3, 0.3), ([20, 20], 6, 0.0), ([3, 30, 8, 4], 8, 0.8))
        ],
        "scenes": [
            crossed_scenes(draws, scenes, classes, seeds, skill)
            for scenes, classes, seeds, skill in ((9, 4, 2, 0.7), (20, 3, 4, 0.6))
        ],
        "holm": [
            {"p": list(p), "corrected": list(map(float, multipletests(p, method="holm")[1]))}
            for p in families
        ],
    }
    path = Path(__file__).with_name("statistics.json")
    path.write_text(json.dumps(content, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
