#!/usr/bin/env python3
"""Predicts runs on many devices from a model of a step. Documentation/Syn2Real.docc/Scale.md explains the model and its assumptions.

    scale.py                 prints the tables of the page; --write puts them into it
    scale.py --fit           fits the link's part of the model to Benchmarks/two-hosts.txt, what two-hosts.sh printed

Times are in seconds, sizes in bytes, work in additions and multiplications.
"""

import argparse
import math
import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "Documentation/Syn2Real.docc/Scale.md"
MEASURED = ROOT / "Benchmarks/two-hosts.txt"

# Assumed of the devices; nothing of this was measured.
PEAK = {"float32": 495e12, "bf16": 989e12}  # an H100 SXM's tensor cores, dense; float32 convolutions run as TF32
USED = 0.15  # the part of it that training a ResNet reaches at batches that fill the device
LAUNCH = 6e-6  # from one kernel to the next, where kernels are short
KERNELS = 21  # per convolution and step: three passes, one of them with its gradient, and folding norms into kernels
BANDWIDTH = {"node": 300e9, "fabric": 240e9}  # of a ring: NVLink in a machine; eight adapters of 400 Gbit/s for each machine
COLLECTIVE = {"node": 40e-6, "fabric": 300e-6}  # from the start of a sum to its end, without its bytes
HOP = 40e-6  # of a small message of the host, from one process to the next
MESSAGES = 2  # that the hosts of all processes wait for in every step: losses and weights, and whether to stop
BUCKET = 25 * 2**20  # of gradients that are summed together (c10d's default)
WORKERS = 8  # threads that read for each device, as the recipes say
EVALUATED = 2 / 3  # of the rate of training that evaluation reaches, per addition and multiplication


def convolutions(depths, side: int, output_stride: int = 32):
    """(work for an image, parameters) of each convolution of a bottleneck ResNet, in order."""
    found = []

    def convolution(inputs, outputs, kernel, side):
        weights = inputs * outputs * kernel * kernel
        found.append((2 * weights * side * side, weights))

    side //= 2
    convolution(3, 64, 7, side)
    side, stride, inputs = side // 2, 4, 64
    for stage, depth in enumerate(depths):
        width = 64 << stage
        shrinks = stage > 0 and stride < output_stride
        for block in range(depth):
            convolution(inputs, width, 1, side)
            if block == 0 and shrinks:
                side, stride = side // 2, stride * 2
            convolution(width, width, 3, side)
            convolution(width, 4 * width, 1, side)
            if block == 0:
                convolution(inputs, 4 * width, 1, side)
            inputs = 4 * width
    return found


def pyramid(side: int, inputs: int = 2048, width: int = 256, classes: int = 19):
    """The same of the segmenter's released head, on maps of `side`."""
    weights = [inputs * width, *[9 * inputs * width] * 3, 5 * width * width, 9 * width * width, width * classes]
    return [(2 * w * side * side, w) for w in weights] + [(2 * inputs * width, inputs * width)]


@dataclass
class Task:
    name: str
    layers: list  # of student and head
    teacher: list  # of the passes without gradients
    loader: float  # images that one core reads in a second, in two views (loader-png, loader-scene-png)
    images: int  # that a run goes through
    batch: int  # of the recipe
    evaluations: int
    evaluated: float  # work of an evaluation
    rows: list  # devices and batches of the table
    keys: int  # of an image, for each stage's queue

    @property
    def work(self) -> float:
        """Of an image in a step: forward, backward twice as much, and two passes without gradients."""
        return 3 * sum(w for w, _ in self.layers) + 2 * sum(w for w, _ in self.teacher)

    @property
    def gradients(self) -> int:
        return 4 * sum(p for _, p in self.layers)


QUEUE = 65536
RESNET101 = (3, 4, 23, 3)
PICTURES = convolutions(RESNET101, 224)
SCENES = convolutions(RESNET101, 512, output_stride=8)
HEAD = pyramid(64)
VISDA = Task(
    "VisDA-17, ResNet-101, 30 epochs of 144 777 renders",
    PICTURES + [(0, 2048 * 512 + 1024 * 1024 + 2048 * 2048 + (1024 + 2048) * 128)],
    PICTURES,
    loader=896,
    images=30 * round(152397 * 0.95),
    batch=32,
    evaluations=30,
    # A twentieth of the renders and 55 388 photographs, each with its mirror image.
    evaluated=(152397 * 0.05 + 55388) * 2 * sum(w for w, _ in PICTURES),
    rows=[(1, 32), (8, 32), (8, 256), (64, 256), (64, 2048)],
    keys=1,
)
GTA5 = Task(
    "GTA5, ResNet-101 at output stride 8, 600 000 crops of 512 × 512",
    SCENES + HEAD,
    SCENES,
    loader=44.4,
    images=100_000 * 6,
    batch=6,
    evaluations=50,
    # Cityscapes' 500 scenes of 1024 × 2048; GTA5's held-out scenes are fewer pixels, but 6 382 of them.
    evaluated=(500 * 1024 * 2048 + 6382 * 1052 * 1914) / 512**2 * sum(w for w, _ in SCENES + HEAD),
    rows=[(1, 6), (6, 6), (8, 64), (64, 64), (64, 512)],
    keys=64,
)


@dataclass
class Step:
    device: float  # the device computes
    launch: float  # its kernels are started, at least
    summing: float  # gradients are summed
    exposed: float  # the part of it that nothing hides
    messages: float  # hosts wait for each other
    loader: float  # the images are read

    @property
    def seconds(self) -> float:
        return max(max(self.device, self.launch) + self.exposed + self.messages, self.loader)

    @property
    def limit(self) -> str:
        parts = {"launches": self.launch, "arithmetic": self.device}
        found = max(parts, key=parts.get)
        if self.exposed + self.messages > max(parts.values()):
            found = "network"
        return "loader" if self.loader >= self.seconds else found


def step(task: Task, devices: int, batch: int, precision: str, overlap: float) -> Step:
    """`overlap` is the part of a step's computation beside which gradients are summed."""
    own = math.ceil(batch / devices)
    device = own * task.work / (USED * PEAK[precision])
    # A single device repeats its recorded work, which several do not.
    launch = LAUNCH * KERNELS * len(task.layers) if devices > 1 else 0
    if devices == 1:
        return Step(device, 0, 0, 0, 0, own / (WORKERS * task.loader))
    place = "node" if devices <= 8 else "fabric"
    buckets = math.ceil(task.gradients / BUCKET)
    summing = 2 * (devices - 1) / devices * task.gradients / BANDWIDTH[place] + buckets * COLLECTIVE[place]
    # The last bucket is full when the backward pass ends.
    exposed = max(summing / buckets, summing - overlap * max(device, launch))
    messages = MESSAGES * (devices - 1) * HOP
    return Step(device, launch, summing, exposed, messages, own / (WORKERS * task.loader))


def hours(task: Task, devices: int, batch: int, precision: str, overlap: float) -> float:
    training = task.images / batch * step(task, devices, batch, precision, overlap).seconds
    rate = devices * EVALUATED * USED * PEAK[precision]
    return (training + task.evaluations * task.evaluated / rate) / 3600


def measured() -> list[tuple[float, float, float]]:
    """(the link's rate in bytes a second, seconds of a step, bytes sent) of each line of two-hosts.sh."""
    units = {"gbit": 1e9 / 8, "mbit": 1e6 / 8}
    found = []
    for rate, unit, seconds, sent in re.findall(
        r"^(?:full|(\d+)(gbit|mbit)) +([\d.]+) s a step, (\d+) MB", MEASURED.read_text(), re.MULTILINE
    ):
        found.append((float(rate) * units[unit] if rate else math.inf, float(seconds), float(sent) * 1e6))
    return found


def fit(points) -> tuple[float, float, float, float]:
    """Least squares of t(W) = T + max(0, G / (e W) − o T): computation T, overlap o, the link's efficiency e, and the error."""
    best = (math.inf, 0.0, 0.0, 0.0)
    times = [seconds for _, seconds, _ in points]
    for efficiency in (x / 100 for x in range(50, 101, 2)):
        for overlap in (x / 100 for x in range(0, 101)):
            for part in (x / 100 for x in range(80, 111)):
                own = min(times) * part
                error = 0.0
                for rate, seconds, sent in points:
                    said = own + max(0.0, sent / (efficiency * rate) - overlap * own)
                    error += (said / seconds - 1) ** 2
                best = min(best, (error, own, overlap, efficiency))
    error, own, overlap, efficiency = best
    return own, overlap, efficiency, math.sqrt(error / len(points))


def fit_table(points) -> str:
    own, overlap, efficiency, error = fit(points)
    lines = ["| link | measured | model |", "| --- | ---: | ---: |"]
    for rate, seconds, sent in points:
        said = own + max(0.0, sent / (efficiency * rate) - overlap * own)
        name = "not limited" if rate == math.inf else f"{rate * 8 / 1e9:g} Gbit/s"
        lines.append(f"| {name} | {seconds:.2f} s | {said:.2f} s |")
    return "\n".join(lines) + (
        f"\n\n*{MEASURED.read_text().splitlines()[0]}; T = {own:.2f} s, o = {overlap:.2f}, e = {efficiency:.2f}; root mean square of the relative error {100 * error:.0f} %;"
        f" {points[0][2] / 1e6:.0f} MB sent by each rank in a step.*"
    )


def prediction(task: Task, overlap: float) -> str:
    heads = ["devices", "batch", "of each", "steps", "images/s", "hours", "hours in bf16", "sum, ms", "exposed, ms", "messages, ms", "limited by"]
    lines = ["| " + " | ".join(heads) + " |", "| " + " | ".join(["---:"] * 10 + ["---"]) + " |"]
    for devices, batch in task.rows:
        found = step(task, devices, batch, "float32", overlap)
        cells = [
            f"{devices}",
            f"{batch}",
            f"{math.ceil(batch / devices)}",
            f"{task.images / batch:,.0f}".replace(",", " "),
            f"{batch / found.seconds:,.0f}".replace(",", " "),
            f"{hours(task, devices, batch, 'float32', overlap):.2f}",
            f"{hours(task, devices, batch, 'bf16', overlap):.2f}",
            f"{1e3 * found.summing:.1f}",
            f"{1e3 * found.exposed:.1f}",
            f"{1e3 * found.messages:.1f}",
            found.limit,
        ]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def work_table() -> str:
    lines = ["| | work of an image in a step | gradients | largest batch for the queue |", "| --- | ---: | ---: | ---: |"]
    for task in (VISDA, GTA5):
        name = task.name.partition(",")[0]
        lines.append(
            f"| {name} | {task.work / 1e9:,.0f} GFLOP | {task.gradients / 1e6:.0f} MB | {QUEUE // task.keys:,} |".replace(",", " ")
        )
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--fit", action="store_true", help="the link's part of the model alone")
    parser.add_argument("--write", action="store_true", help="put the tables into the page")
    options = parser.parse_args()
    points = measured()
    if options.fit:
        print(fit_table(points))
        return
    overlap = fit(points)[1]
    told = MEASURED.read_text()
    tables = {"fit": fit_table(points), "work": work_table(), "cut": f"```\n{told[told.index('the link is cut') :]}```"}
    tables |= {"visda": prediction(VISDA, overlap), "gta5": prediction(GTA5, overlap)}
    if not options.write:
        print("\n\n".join(tables.values()))
        return
    text = PAGE.read_text()
    for name, table in tables.items():
        block = re.compile(rf"(<!-- scale: {name} -->\n).*?(<!-- end of scale -->)", re.DOTALL)
        text = block.sub(lambda match: f"{match[1]}\n{table}\n\n{match[2]}", text)
    PAGE.write_text(text)


if __name__ == "__main__":
    main()
