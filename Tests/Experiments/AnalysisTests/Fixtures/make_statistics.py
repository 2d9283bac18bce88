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
    # Five standard errors of the share of 10 000 replicates below a quantile.
    error = 5 * np.sqrt(0.025 * 0.975 / 10_000)
    around = lambda share: [float(np.quantile(figures, share + side * error)) for side in (-1, 1)]
    return {
        "labels": labels.tolist(),
        "own": own.tolist(),
        "other": other.tolist(),
        "mean": float(figure(np.arange(seeds), classes)),
        "low": around(0.025),
        "high": around(0.975),
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
        "holm": [
            {"p": list(p), "corrected": list(map(float, multipletests(p, method="holm")[1]))}
            for p in families
        ],
    }
    path = Path(__file__).with_name("statistics.json")
    path.write_text(json.dumps(content, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
