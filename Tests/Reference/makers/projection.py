"""What scikit-learn makes of features on their way into the plane."""

import numpy as np
import torch
from sklearn.decomposition import PCA
from sklearn.manifold._t_sne import _joint_probabilities
from sklearn.metrics import pairwise_distances
from scipy.spatial.distance import squareform

from makers.files import write
from reference import fill

PERPLEXITY = 9.0


def make_projection():
    features = fill.uniform("projection.features", (40, 5), -1.0, 1.0).double()
    features = features * torch.tensor([3.0, 2, 1, 0.5, 0.2]) + 0.7
    values = features.numpy()
    pca = PCA(n_components=3, svd_solver="full").fit(values)
    # Each direction points where its largest component is positive.
    largest = np.abs(pca.components_).argmax(axis=1)
    signs = np.sign(pca.components_[range(3), largest])
    distances = pairwise_distances(values, metric="sqeuclidean")
    write(
        "projection",
        {
            "features": features,
            "perplexity": torch.tensor(PERPLEXITY, dtype=torch.float64),
            "joint": torch.from_numpy(squareform(_joint_probabilities(distances, PERPLEXITY, 0))),
            "pca.directions": torch.from_numpy((pca.components_ * signs[:, None]).T.copy()),
            "pca.coordinates": torch.from_numpy(pca.transform(values) * signs),
            "pca.variances": torch.from_numpy(pca.explained_variance_),
        },
    )
