"""The fill formula itself, so that its other implementations can be tested."""

from makers.files import sampled, write, write_json
from reference import fill


def make_fill():
    names = ["", "input", "layer1.0.conv1.weight", "Größe"]
    write_json(
        "fill",
        {
            "fnv1a64": {n: f"{fill.fnv1a64(n):016x}" for n in names},
            "splitmix64": {
                n: [f"{v:016x}" for v in fill.splitmix64(fill.fnv1a64(n), 4)] for n in names
            },
            "unit": {n: fill.unit(n, 4).tolist() for n in names},
            "labels": {"batch0.labels": fill.labels("batch0.labels", 16, 5).tolist()},
        },
    )
    query, key = fill.image_views("batch0", 2, 64)
    write(
        "fill",
        {
            "input": fill.uniform("input", (2, 3, 4, 5), -2.0, 2.0),
            "layer1.0.conv1.weight": fill.uniform(
                "layer1.0.conv1.weight",
                (8, 8, 3, 3),
                *fill.fill_range("conv1.weight", (8, 8, 3, 3)),
            ),
            "queue3": fill.queue("queue3", 32, 16),
        }
        | sampled("batch0.query", query)
        | sampled("batch0.key", key),
    )
