"""How spread out features are and how far two sets of them lie apart: loops over pairs, in float64."""

import math

import numpy as np


def unit(features: np.ndarray) -> np.ndarray:
    return features / np.linalg.norm(features, axis=1, keepdims=True)


def pairs(count: int):
    return [(i, j) for i in range(count) for j in range(count) if i != j]


def squared(a: np.ndarray, b: np.ndarray) -> float:
    return math.fsum((x - y) ** 2 for x, y in zip(a, b))


def uniformity(features, t: float = 2.0) -> float:
    f = unit(features)
    values = [math.exp(-t * squared(f[i], f[j])) for i, j in pairs(len(f))]
    return math.log(math.fsum(values) / len(values))


def alignment(first, second) -> float:
    a, b = unit(first), unit(second)
    return math.fsum(squared(x, y) for x, y in zip(a, b)) / len(a)


def class_alignment(features, labels) -> float:
    f = unit(features)
    values = [squared(f[i], f[j]) for i, j in pairs(len(f)) if labels[i] == labels[j]]
    return math.fsum(values) / len(values)


def mean_cosine(features) -> float:
    f = unit(features)
    return math.fsum(float(f[i] @ f[j]) for i, j in pairs(len(f))) / len(pairs(len(f)))


def effective_rank(features) -> float:
    s = np.linalg.svd(features - features.mean(axis=0), compute_uv=False)
    p = s / s.sum()
    return math.exp(-math.fsum(x * math.log(x) for x in p if x > 0))


def frechet_distance(a, b) -> float:
    """The square root of the product's eigenvalues, which are real and not negative."""
    ca, cb = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    root = np.sqrt(np.linalg.eigvals(ca @ cb).astype(complex)).sum().real
    return float(((a.mean(0) - b.mean(0)) ** 2).sum() + np.trace(ca) + np.trace(cb) - 2 * root)


def median_squared_distance(a, b) -> float:
    """Over all pairs of the union; the lower middle of an even count."""
    union = np.concatenate([a, b])
    values = sorted(squared(union[i], union[j]) for i, j in pairs(len(union)) if i < j)
    return values[(len(values) - 1) // 2]


def squared_mmd(a, b) -> float:
    """Unbiased, with the kernel exp(-d^2 / median d^2)."""
    scale = median_squared_distance(a, b)

    def within(f):
        return math.fsum(math.exp(-squared(f[i], f[j]) / scale) for i, j in pairs(len(f))) / len(
            pairs(len(f))
        )

    between = math.fsum(math.exp(-squared(x, y) / scale) for x in a for y in b)
    return within(a) + within(b) - 2 * between / (len(a) * len(b))
