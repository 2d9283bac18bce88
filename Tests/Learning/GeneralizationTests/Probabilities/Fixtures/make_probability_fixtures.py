"""Makes probabilities.json: logits with what NumPy, SciPy and scikit-learn compute from them.

Run in this folder: python make_probability_fixtures.py (needs numpy, scipy and scikit-learn).
"""

import json

import numpy
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, logsumexp, softmax
from sklearn.metrics import roc_auc_score

BINS = 15


def calibration_error(logits, labels):
    """Guo et al. 2017, equation 3, written from the formula with NumPy's digitize."""
    probabilities = softmax(logits, axis=1)
    confidence = probabilities.max(axis=1)
    correct = probabilities.argmax(axis=1) == labels
    bins = numpy.digitize(confidence, numpy.linspace(0, 1, BINS + 1)[1:-1], right=True)
    error = 0.0
    for index in range(BINS):
        inside = bins == index
        if inside.any():
            gap = abs(correct[inside].mean() - confidence[inside].mean())
            error += inside.mean() * gap
    return error


def case(seed, images, classes, scale):
    """Logits whose softmax at temperature `scale` is honest, up to chance."""
    generator = numpy.random.default_rng(seed)
    honest = generator.normal(size=(images, classes)) * 1.5
    honest[numpy.arange(images), generator.integers(classes, size=images)] += 2
    drawn = [generator.choice(classes, p=row) for row in softmax(honest, axis=1)]
    labels = numpy.array(drawn)
    logits = (honest * scale).astype(numpy.float32)
    wide = logits.astype(numpy.float64)

    def likelihood(temperature):
        return -log_softmax(wide / temperature, axis=1)[numpy.arange(images), labels].mean()

    found = minimize_scalar(
        likelihood, bounds=(0.05, 20), method="bounded", options={"xatol": 1e-12})
    temperature = float(found.x)
    # Unknown images have flatter logits; rounding makes ties.
    unknown = generator.normal(size=(images // 2, classes)).astype(numpy.float32) * scale
    known_scores = softmax(wide, axis=1).max(axis=1).round(2)
    unknown_scores = softmax(unknown.astype(numpy.float64), axis=1).max(axis=1).round(2)
    truth = numpy.r_[numpy.ones(len(known_scores)), numpy.zeros(len(unknown_scores))]
    return {
        "classes": classes,
        "logits": [float(value) for value in logits.reshape(-1)],
        "labels": labels.tolist(),
        "temperature": temperature,
        "likelihood": float(likelihood(temperature)),
        "error": float(calibration_error(wide, labels)),
        "calibrated_error": float(calibration_error(wide / temperature, labels)),
        "first_softmax": softmax(wide[0] / temperature).tolist(),
        "energies": (-temperature * logsumexp(wide / temperature, axis=1)).tolist(),
        "known_scores": known_scores.tolist(),
        "unknown_scores": unknown_scores.tolist(),
        "area": float(roc_auc_score(truth, numpy.r_[known_scores, unknown_scores])),
    }


with open("probabilities.json", "w") as file:
    json.dump([case(1, 200, 5, 2.5), case(2, 150, 12, 0.4), case(3, 120, 2, 1.0)], file)
    file.write("\n")
