"""What came after CSG: each method's formula over whole tensors."""

import math

import torch
import torch.nn.functional as F

from reference.csg import attention, attentional_pool


def gcisg_invariance(query, key, queue, query_temperature: float, key_temperature: float):
    """Cross-entropy of the similarities to the queue, those of the key being the target; rows are unit vectors."""
    target = F.softmax(key @ queue / key_temperature, dim=1).detach()
    return F.cross_entropy(query @ queue / query_temperature, target)


def gcisg_guidance(v, u):
    """Frobenius norm of the difference of the normalised attended features."""
    pooled = [F.normalize(attentional_pool(m, attention(m)), dim=1) for m in (v, u)]
    return torch.linalg.matrix_norm(pooled[0] - pooled[1])


def pasta(image, noise, alpha: float, k: float, beta: float):
    """One C x H x W image: jitters the shifted amplitude spectrum, as the paper's figure draws it."""
    height, width = image.shape[-2:]
    spectrum = torch.fft.fftshift(torch.fft.fft2(image), dim=(-2, -1))
    amplitude, phase = spectrum.abs(), spectrum.angle()
    rows = torch.arange(height, dtype=image.dtype) - height // 2
    columns = torch.arange(width, dtype=image.dtype) - width // 2
    distance = torch.sqrt(rows[:, None] ** 2 + columns[None, :] ** 2)
    sigma = (2 * alpha * distance / math.hypot(height, width)) ** k + beta
    # The noise belongs to the frequencies, whatever their order.
    jitter = 1 + torch.fft.fftshift(noise, dim=(-2, -1)) * sigma
    spectrum = torch.polar(torch.ones_like(amplitude), phase) * (amplitude * jitter)
    return torch.fft.ifft2(torch.fft.ifftshift(spectrum, dim=(-2, -1))).real.clip(0, 1)


def moments(x):
    """Mean and standard deviation of each channel of each image, N x C x 1 x 1."""
    variance, mean = torch.var_mean(x, dim=(2, 3), correction=0, keepdim=True)
    return mean, (variance + 1e-6).sqrt()


def mixstyle(x, partners, share):
    with torch.no_grad():
        mean, deviation = moments(x)
        share = share[:, None, None, None]
        new_mean = share * mean + (1 - share) * mean[partners]
        new_deviation = share * deviation + (1 - share) * deviation[partners]
    return (x - mean) / deviation * new_deviation + new_mean


def padain(x, partners):
    mean, deviation = moments(x)
    return deviation[partners] * (x - mean) / deviation + mean[partners]


def covariances(x):
    """N x C x C covariances of the instance-normalised map."""
    f = F.instance_norm(x, eps=1e-5).flatten(2)
    return torch.einsum("ncp,ndp->ncd", f, f) / (f.shape[2] - 1)


def isw(x, mask):
    """`mask` chooses pairs of channels above the diagonal."""
    return covariances(x)[:, mask].abs().mean()


def isw_variances(views):
    """Of each pair of channels: the variance over the views, mean over the images."""
    return torch.stack([covariances(v) for v in views]).var(dim=0, correction=0).mean(dim=0)


def jensen_shannon(a, b):
    """Of the softmax of logits N x classes x ..., mean over everything but the classes."""
    p, q = a.softmax(dim=1), b.softmax(dim=1)
    m = (p + q) / 2
    return ((p * (p / m).log() + q * (q / m).log()) / 2).sum(dim=1).mean()


def farthest_points(points, count: int):
    """Indices: first the point farthest from the mean of all, then always the one farthest from those chosen."""
    chosen = [int((points - points.mean(dim=0)).square().sum(dim=1).argmax())]
    while len(chosen) < count:
        distances = torch.cdist(points, points[chosen]).min(dim=1).values
        chosen.append(int(distances.argmax()))
    return chosen


def hallucinated(x, prototypes_mean, prototypes_deviation, weights):
    mean, deviation = moments(x)
    new_mean = (weights @ prototypes_mean)[:, :, None, None]
    new_deviation = (weights @ prototypes_deviation)[:, :, None, None]
    return (x - mean) / deviation * new_deviation + new_mean


def coral(features, domains, count: int):
    """Deep CORAL between all pairs of domains that have two images or more."""
    size = features.shape[1]
    found = [features[domains == d].T.cov() for d in range(count) if (domains == d).sum() > 1]
    pairs = [
        (a - b).square().sum() / (4 * size**2)
        for i, a in enumerate(found)
        for b in found[i + 1 :]
    ]
    return sum(pairs) / len(pairs)


def irm(logits, labels, domains, count: int):
    """IRMv1: the squared gradient of each domain's risk by a factor of the logits, mean over domains."""
    penalties = []
    for d in range(count):
        chosen = domains == d
        if chosen.any():
            w = torch.ones((), dtype=logits.dtype, requires_grad=True)
            risk = F.cross_entropy(logits[chosen] * w, labels[chosen])
            (gradient,) = torch.autograd.grad(risk, w, create_graph=True)
            penalties.append(gradient.square())
    return sum(penalties) / len(penalties)
