"""Runs every case here and in PyTorch, in turns, and compares the medians.

PyTorch runs in each way that a user reaches by a line or two; the fastest of them is the peer, and the table names it.
Each measurement is a process of its own, so that neither side's memory or caches help the other;
the side that goes first alternates by round, and warm-up runs are not counted. Writes
Runs/bench/results.json, which keeps figures of other cases from the same machine, and prints a table.
"""

import argparse
import contextlib
import csv
import json
import os
import platform
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OURS = ROOT / ".build/release/benchmark"
PEER = ROOT / "Benchmarks/peer.py"
DATA = ROOT / ".deps/bench-data"
DEMO = ROOT / "Data/drawings-photographs/drawings/train"
WEIGHTS = ROOT / ".deps/weights/efficientnet-lite0-57934424.pth"

# Side, batch and queue of each backbone: the demo's; the paper's, with batches that fit on a small machine.
SHAPES = {
    "efficientnet-lite0": (96, 32, 512),
    "resnet50": (224, 16, 65536),
    "resnet101": (224, 8, 65536),
    # The batch that `syn2real evaluate` takes, and the paper's.
    "resnet50-batch32": (224, 32, 65536),
    "resnet101-batch32": (224, 32, 65536),
    "vit-base-16-augreg": (224, 16, 65536),
    "vit-base-16-augreg-batch32": (224, 32, 65536),
    "dinov2-small-14": (224, 16, 65536),
    "dinov2-small-14-batch32": (224, 32, 65536),
}
STEPS = ("efficientnet-lite0", "resnet50", "resnet101")
TRANSFORMERS = ("vit-base-16-augreg", "dinov2-small-14")
# What of a transformer is trained.
ADAPTATIONS = ("full", "lora", "head")
EVALUATIONS = (
    "efficientnet-lite0", "resnet50-batch32", "resnet101-batch32", *(f"{name}-batch32" for name in TRANSFORMERS)
)
# Steps beside other processes: one or two that keep a core busy, one that does so with a nice value of 15, or another run
# of the same step.
NEIGHBOURS = ("one", "two", "niced", "twin")
# Steps in bfloat16; this program beside the peer's autocast.
BF16_CASES = [f"bf16-step-csg-{name}" for name in STEPS[1:]]
# Steps shared among processes: how many there are, the threads of each, and the whole batch.
PROCESSES = 2
SCALING = {
    "alone": (1, 1, "resnet50"),
    "threads": (1, PROCESSES, "resnet50"),
    "strong": (PROCESSES, 1, "resnet50"),
    "weak": (PROCESSES, 1, "resnet50-batch32"),
}
# Ways of running PyTorch, by name: the arguments of peer.py.
FLOAT32_WAYS = {
    "eager": [],
    "channels-last": ["--channels-last"],
    "compiled": ["--channels-last", "--compile"],
}
# Those of DistributedDataParallel: as it is, and with a static graph and gradients that lie in their buckets.
SHARED_WAYS = {
    "eager": [],
    "channels-last": ["--channels-last"],
    "bucket-views": ["--channels-last", "--bucket-views"],
    "compiled": ["--channels-last", "--bucket-views", "--compile"],
}
BF16_WAYS = {name: ["--autocast", *arguments] for name, arguments in FLOAT32_WAYS.items() if arguments}
LOADER_WAYS = {"pillow": [], "tensors": ["--tensors"]}
# This program in bfloat16 on a CUDA device.
CUDA_CASES = [f"cuda-step-{method}-resnet101-batch32" for method in ("csg", "vanilla")]
CUDA_WAYS = {
    "eager": [],
    **{name: [*arguments, "--tune"] for name, arguments in BF16_WAYS.items()},
    # What is compiled is faster as a CUDA graph.
    "recorded": [*BF16_WAYS["compiled"], "--tune", "--record"],
}
CASES = [
    *(f"step-csg-{name}" for name in STEPS),
    *(f"step-vanilla-{name}" for name in STEPS),
    *(f"step-csg-{name}-{adaptation}" for name in TRANSFORMERS for adaptation in ADAPTATIONS),
    *(f"evaluation-{name}" for name in EVALUATIONS),
    "dense-csg-resnet50",
    "scene-resnet50",
    "loader-jpeg",
    "loader-png",
    "loader-shards-jpeg",
    "loader-demo-png",
    "loader-scene-png",
    "energy",
    "start",
    "predict-efficientnet-lite0",
    "predict-resnet50",
    *(f"contended-{how}-step-csg-{name}" for how in NEIGHBOURS for name in STEPS[:2]),
    *(f"scaling-{how}-step-csg-resnet50" for how in SCALING),
]
ALL_CASES = CASES + BF16_CASES + CUDA_CASES
# Cases whose work is counted in additions and multiplications, but for steps that train a part of the backbone.
RATED = ("step", "evaluation", "bf16", "energy")
# How many times as long as the fastest a way of PyTorch may take to be measured more than once.
TOO_SLOW = 1.25
# Cases in which both sides give a number that must agree.
CHECKED = ("step", "evaluation", "dense", "scene", "energy", "predict", "cuda", "contended", "bf16", "scaling")


def fail(message: str):
    sys.exit(f"bench: {message}")


def call(*command) -> dict:
    """The JSON on the last line that a command prints."""
    command = [str(part) for part in command]
    done = subprocess.run(command, text=True, stdout=subprocess.PIPE)
    if done.returncode != 0:
        fail(f"'{' '.join(command)}' failed with {done.returncode}; its message is above.")
    return json.loads(done.stdout.strip().splitlines()[-1])


def ways(case: str) -> dict[str, list[str]]:
    """How PyTorch does a case's work: names with arguments of peer.py."""
    kind, how = case.split("-")[:2] if "-" in case else (case, "")
    if kind == "scaling" and SCALING[how][0] > 1:
        return SHARED_WAYS
    if kind == "contended":
        # Compiling beside busy processes takes minutes, and spins at the same barriers.
        return {name: FLOAT32_WAYS[name] for name in ("eager", "channels-last")}
    if kind in ("step", "evaluation", "dense", "scene", "scaling"):
        return FLOAT32_WAYS
    if kind == "bf16":
        return BF16_WAYS
    if kind == "loader":
        return LOADER_WAYS
    if kind == "cuda":
        return CUDA_WAYS
    return {"script": []}


def network(workload_name: str) -> str:
    return workload_name.partition("-batch")[0]


def adapted(backbone: str) -> tuple[str, str]:
    """The backbone of a case, and what of it is trained where the case says so."""
    name, _, adaptation = backbone.rpartition("-")
    return (name, adaptation) if adaptation in ADAPTATIONS else (backbone, "")


def workload(backbone: str) -> tuple[Path, list[int]]:
    """The file that both sides read, and the FLOPs of each layer; made at the first call."""
    size, batch, queue = SHAPES[backbone]
    place, note = DATA / f"{backbone}.safetensors", DATA / f"{backbone}.flops.json"
    if not note.exists():
        shape = ("--backbone", network(backbone), "--size", size, "--batch", batch, "--queue", queue)
        note.write_text(json.dumps(call(sys.executable, PEER, "workload", place, *shape)))
    return place, json.loads(note.read_text())["layer_flops"]


def made(folder: Path, *command) -> Path:
    """A folder that the peer's command fills; made at the first call."""
    if not folder.exists():
        partial = DATA / "partial"
        shutil.rmtree(partial, ignore_errors=True)
        call(sys.executable, PEER, command[0], partial, *command[1:])
        partial.rename(folder)
    return folder


def loader_arguments(kind: str) -> list:
    """Which command reads which images, the side of the views, and the images of a batch."""
    if kind == "scene-png":
        folder = made(DATA / "labelled-scenes", "labelled-scenes")
        return ["scene-loader", folder, "--size", 512, "--batch", 8]
    if kind == "demo-png":
        return ["loader", DEMO, "--size", 96, "--batch", 64]
    if kind.startswith("shards-"):
        return ["loader", shards(Path(loader_arguments(kind.removeprefix("shards-"))[1])), "--size", 224, "--batch", 64]
    extension = {"jpeg": "jpg"}.get(kind, kind)
    folder = made(DATA / f"pictures-{extension}", "pictures", "--format", extension)
    return ["loader", folder, "--size", 224, "--batch", 64]


def shards(folder: Path) -> str:
    """The same pictures in tar shards; packed at the first call."""
    place, note = DATA / f"{folder.name}-shards", DATA / f"{folder.name}-shards.txt"
    if not note.exists():
        shutil.rmtree(place, ignore_errors=True)
        program = ROOT / ".build/release/syn2real"
        command = [program, "datasets", "shard", folder, "--output", place, "--size", "4MB"]
        done = subprocess.run([str(part) for part in command], text=True, stdout=subprocess.PIPE)
        if done.returncode != 0:
            fail(f"the pictures of {folder} could not be packed; the message is above.")
        note.write_text(done.stdout.splitlines()[0])
    return note.read_text()


def scenes() -> Path:
    """The file that both sides read for segmentation; made at the first call."""
    place = DATA / "scenes.safetensors"
    if not place.exists():
        partial = DATA / "scenes.partial.safetensors"
        call(sys.executable, PEER, "scenes", partial)
        partial.rename(place)
    return place


FEATURES = 16384


def features() -> Path:
    """The file of features that both sides read; made at the first call."""
    place = DATA / "features.safetensors"
    if not place.exists():
        partial = DATA / "features.partial.safetensors"
        call(sys.executable, PEER, "features", partial, "--count", FEATURES)
        partial.rename(place)
    return place


def step_flops(layers: list[int], kind: str) -> int:
    """Additions and multiplications of a step's convolutions and linear layers, all trained; the heads' are under a hundredth.

    Forward once and backward twice as much, but the first convolution needs no gradient of its
    input; CSG adds a forward pass of the student and one of the teacher. Recognising an image: two
    passes, one for its mirror image.
    """
    forward = sum(layers)
    if kind == "evaluation":
        return 2 * forward
    return 3 * forward - layers[0] + (2 * forward if kind == "step-csg" else 0)


def arguments(case: str) -> list:
    """The arguments for both programs."""
    kind, _, rest = case.partition("-")
    if kind == "bf16":
        return arguments(rest)
    if kind == "cuda":
        return [*arguments(rest), "--device", "cuda"]
    if kind == "step":
        method, _, backbone = rest.partition("-")
        backbone, adaptation = adapted(backbone)
        how = ["--adapt", adaptation] if adaptation else []
        return ["step", workload(backbone)[0], "--backbone", network(backbone), "--method", method, *how]
    if kind == "evaluation":
        return ["evaluation", workload(rest)[0], "--backbone", network(rest)]
    if kind in ("dense", "scene"):
        return [kind, scenes()]
    if kind == "energy":
        return [kind, features()]
    return loader_arguments(rest)


def start_seconds(side: str, threads: int) -> float:
    """From starting a process to its first finished step of the demo's CSG recipe."""
    with tempfile.TemporaryDirectory() as folder:
        metrics = Path(folder, "run/metrics.jsonl")
        if side == "ours":
            program = ROOT / ".build/release/syn2real"
            recipe = ROOT / "Recipes/photographs.yaml"
            command = [program, "train", recipe, "--output", metrics.parent]
        else:
            command = [sys.executable, PEER, "start", DEMO, "--weights", WEIGHTS]
        command = [str(part) for part in [*command, "--threads", threads]]
        output = Path(folder, "output")
        begin = time.perf_counter()
        with output.open("w") as stream:
            process = subprocess.Popen(
                command, cwd=ROOT, stdout=stream, stderr=subprocess.STDOUT
            )
        watched = metrics if side == "ours" else output
        # This program writes a line of metrics after each step, the peer prints one.
        while not (watched.exists() and '"' in watched.read_text() and "}" in watched.read_text()):
            if process.poll() not in (None, 0):
                fail(f"'{' '.join(command)}' failed: {output.read_text().strip()}")
            time.sleep(0.005)
        seconds = time.perf_counter() - begin
        process.kill()
        process.wait()
        return seconds


PICTURES = 1000


def predict_arguments(backbone: str) -> tuple[Path, Path]:
    """A folder of JPEGs and a checkpoint that both sides read; made at the first call."""
    folder = made(DATA / f"photographs-{PICTURES}", "photographs", "--count", PICTURES)
    place = DATA / f"predict-{backbone}.safetensors"
    if not place.exists():
        partial = DATA / "predict.partial.safetensors"
        call(sys.executable, PEER, "checkpoint", partial, "--backbone", backbone, "--size", 224)
        partial.rename(place)
    return folder, place


def predict_run(side: str, backbone: str, threads: int) -> dict:
    """From starting a process to its end: a folder of JPEGs becomes a table of probabilities."""
    folder, weights = predict_arguments(backbone)
    if side == "ours":
        command = [ROOT / ".build/release/syn2real", "predict", weights, folder, "--csv"]
    else:
        shape = ["--backbone", backbone, "--size", 224]
        command = [sys.executable, PEER, "predict", folder, "--weights", weights, *shape]
    command = [str(part) for part in [*command, "--threads", threads]]
    begin, before = time.perf_counter(), os.times()
    done = subprocess.run(command, text=True, stdout=subprocess.PIPE)
    seconds, after = time.perf_counter() - begin, os.times()
    # Of the process and those that it started.
    cpu = sum(after[2:4]) - sum(before[2:4])
    rows = list(csv.DictReader(done.stdout.splitlines()))
    if done.returncode != 0 or len(rows) != PICTURES:
        fail(f"'{' '.join(command)}' failed with {done.returncode}; its message is above.")
    # The picture's number counts, so that no two tables with the same rows in another order agree.
    value = sum(float(row["class0"]) * (index + 1) for index, row in enumerate(rows))
    run = {"seconds": [seconds], "cpu_seconds": [cpu], "images": PICTURES}
    return {**run, "first_value": value}


def sgemm_rate(options) -> float:
    """Additions and multiplications per second in products of large matrices; measured now, since speed varies."""
    rate = call(sys.executable, PEER, "sgemm", "--threads", options.threads)
    return rate["flops_per_second"]


@contextlib.contextmanager
def neighbours(how: str, command: list):
    """Other processes for as long as something is measured."""
    busy = [sys.executable, "-c", "while True: pass"]
    commands = {
        "one": [busy], "two": [busy, busy], "niced": [["nice", "-n", "15", *busy]], "twin": [command],
    }[how]
    processes = [
        subprocess.Popen([str(part) for part in each], stdout=subprocess.DEVNULL) for each in commands
    ]
    try:
        yield
        if any(process.poll() is not None for process in processes):
            fail(f"a process beside the measured one ended before it: {commands}")
    finally:
        for process in processes:
            process.kill()
            process.wait()


def call_together(count: int, command: list) -> dict:
    """What processes that share their steps find out together; every one prints a line of JSON."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    place = {"WORLD_SIZE": count, "LOCAL_WORLD_SIZE": count, "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": port}
    command = [str(part) for part in command]
    processes = []
    for rank in range(count):
        mine = {key: str(value) for key, value in {**place, "RANK": rank, "LOCAL_RANK": rank}.items()}
        processes.append(subprocess.Popen(command, env=os.environ | mine, text=True, stdout=subprocess.PIPE))
    outputs = [process.communicate()[0] for process in processes]
    if any(process.returncode for process in processes):
        fail(f"'{' '.join(command)}' failed in {count} processes; their messages are above.")
    found = [json.loads(output.strip().splitlines()[-1]) for output in outputs]
    return {
        # All wait for each other in each step; the last one is done with it.
        "seconds": [max(times) for times in zip(*(each["seconds"] for each in found))],
        "images": sum(each["images"] for each in found),
        # This program gives the whole batch's loss, the peer that of each share, which are equally large.
        "first_value": statistics.mean(each["first_value"] for each in found),
        "idle_memory_bytes": sum(each["idle_memory_bytes"] for each in found),
        "peak_memory_bytes": sum(each["peak_memory_bytes"] for each in found),
        **({"gradient_bytes": found[0]["gradient_bytes"]} if "gradient_bytes" in found[0] else {}),
    }


def shared_run(case: str, side: str, repeats: int) -> dict:
    """A step that processes share, or that one does beside which they are judged."""
    processes, threads, batch = SCALING[case.split("-")[1]]
    program = [OURS] if side == "ours" else [sys.executable, PEER]
    way = [] if side == "ours" else ways(case)[side]
    shape = ["step", workload(batch)[0], "--backbone", network(batch), "--method", "csg"]
    # The second step is the first that overlaps sums with the backward pass, on both sides.
    counts = ["--threads", threads, "--repeats", repeats, "--warmup", 2]
    command = [*program, *shape, *way, *counts]
    return call_together(processes, command) if processes > 1 else call(*command)


def measure(case: str, side: str, threads: int, repeats: int) -> dict:
    """What one process needs; `side` is "ours" or one of PyTorch's ways."""
    program = [OURS] if side == "ours" else [sys.executable, PEER]
    way = [] if side == "ours" else ways(case)[side]
    if case.startswith("scaling"):
        return shared_run(case, side, repeats)
    if case.startswith("contended"):
        _, how, inner = case.split("-", 2)
        twin = [*program, *arguments(inner), *way, "--threads", threads, "--repeats", 1000]
        with neighbours(how, twin):
            return measure(inner, side, threads, repeats)
    if case == "start":
        return {"seconds": [start_seconds(side, threads)], "images": 1}
    if case.startswith("predict"):
        return predict_run(side, case.removeprefix("predict-"), threads)
    counts = ["--threads", threads, "--repeats", repeats]
    if case.startswith("bf16") and side == "ours":
        counts += ["--precision", "bf16"]
    if case.startswith("loader"):
        # The rate of one worker, after the memory of batches is being reused.
        counts = ["--threads", 1, "--repeats", repeats, "--warmup", 3]
    if case.startswith("cuda"):
        # This program records its fourth step.
        counts = ["--threads", threads, "--repeats", 20, "--warmup", 8]
        if side == "ours":
            counts += ["--precision", "bf16"]
    return call(*program, *arguments(case), *way, *counts)


def compare(cases: list[str], options) -> list[dict]:
    """The medians of this program and of PyTorch's fastest way over all rounds, with the ratios between them.

    Several cases are measured by turns too, so that they can be judged beside each other.
    """
    for case in cases:
        if case in ("start", "loader-demo-png") and not DEMO.exists():
            fail(f"{DEMO} is missing; run 'make demo', or leave out the case '{case}'.")
    runs = {case: {side: [] for side in ("ours", *ways(case))} for case in cases}
    has_rates = is_rated(cases[0])
    sgemm, slow = [], set()
    for round_number in range(options.rounds):
        turns = [(case, side) for case in cases for side in runs[case] if (case, side) not in slow]
        for case, side in turns if round_number % 2 == 0 else reversed(turns):
            runs[case][side].append(measure(case, side, options.threads, options.repeats))
        if has_rates:
            sgemm.append(sgemm_rate(options))
        if round_number == 0:
            slow = {(case, way) for case in cases for way in slow_ways(case, runs[case])}
    results = [summary(case, runs[case], sgemm, options) for case in cases]
    add_efficiencies(results, runs)
    return results


def is_rated(case: str) -> bool:
    return case.startswith(RATED) and not case.endswith(("-lora", "-head"))


def slow_ways(case: str, runs: dict[str, list[dict]]) -> list[str]:
    """Ways of PyTorch that the first round shows so far behind its fastest that no other round can make one of them the peer."""
    if case.startswith("scaling"):
        return []
    medians = {way: statistics.median(runs[way][0]["seconds"]) for way in ways(case)}
    return [way for way, seconds in medians.items() if seconds > TOO_SLOW * min(medians.values())]


def summary(case: str, runs: dict[str, list[dict]], sgemm: list[float], options) -> dict:
    """What the runs of one case say."""
    if case.startswith(CHECKED):
        # bfloat16 has three digits.
        tolerance = 0.02 if case.startswith(("cuda", "bf16")) else 1e-3
        for way in ways(case):
            check_same_work(case, *(runs[side][0]["first_value"] for side in ("ours", way)), tolerance)
    figures = {side: side_figures(case, found) for side, found in runs.items()}
    peers = {way: figures[way]["median_seconds"] for way in ways(case)}
    best = min(peers, key=peers.get)
    result = {"case": case, "rounds": options.rounds, "repeats": options.repeats}
    result |= {"ours": figures["ours"], "peer": {"way": best, **figures[best]}, "ways": peers}
    ours, peer = result["ours"], result["peer"]
    result["speed_ratio"] = peer["median_seconds"] / ours["median_seconds"]
    if "images_per_cpu_second" in ours:
        # The peer that reads most per second of a core, which need not be the fastest.
        rate = max(figures[way]["images_per_cpu_second"] for way in peers)
        result["core_ratio"] = ours["images_per_cpu_second"] / rate
    if is_rated(case):
        add_rates(case, result, statistics.median(sgemm))
    return result


def add_efficiencies(results: list[dict], runs: dict):
    """How much of each process's time is left of what it would do alone, where the cases of scaling are all there."""
    by_name = {result["case"].split("-")[1]: result for result in results if result["case"].startswith("scaling")}
    for how in ("strong", "weak"):
        if how not in by_name or "alone" not in by_name:
            continue
        result, alone = by_name[how], by_name["alone"]
        # The same batch in a part of the time, or a larger batch in the same time.
        parts = PROCESSES if how == "strong" else 1
        result["efficiency"] = {
            side: alone[side]["median_seconds"] / result[side]["median_seconds"] / parts for side in ("ours", "peer")
        }
        # Of each process, in a ring in which every one sends all parts but one twice.
        gradients = runs[alone["case"]]["eager"][0]["gradient_bytes"]
        result["bytes_sent_per_step"] = 2 * (PROCESSES - 1) * gradients // PROCESSES


def side_figures(case: str, found: list[dict]) -> dict:
    """The median of one side's runs, and what else they say."""
    times = [seconds for run in found for seconds in run["seconds"]]
    median = statistics.median(times)
    figures = {"median_seconds": median, "seconds": times, "images_per_second": found[0]["images"] / median}
    if case.startswith(("loader", "predict")):
        # Of all threads together, so that this is the work of one core.
        cpu = statistics.median(seconds for run in found for seconds in run["cpu_seconds"])
        figures["images_per_cpu_second"] = found[0]["images"] / cpu
    if not case.startswith("cuda") and "peak_memory_bytes" in found[0]:
        figures["memory_bytes"] = statistics.median(
            run["peak_memory_bytes"] - run["idle_memory_bytes"] for run in found
        )
        figures["peak_memory_bytes"] = max(run["peak_memory_bytes"] for run in found)
    return figures


def check_same_work(case: str, ours: float, theirs: float, tolerance: float):
    """The first loss (or mean probability) comes from the same weights and images."""
    if abs(ours - theirs) > tolerance * max(abs(theirs), 1e-6):
        fail(f"{case}: ours gives {ours}, the peer {theirs}; the two do not do the same work.")


def add_rates(case: str, result: dict, sgemm: float):
    flops = case_flops(case.removeprefix("bf16-"))
    result["flops"] = flops
    result["sgemm_flops_per_second"] = sgemm
    for side in ("ours", "peer"):
        result[side]["sgemm_share"] = flops / result[side]["median_seconds"] / sgemm


def case_flops(case: str) -> int:
    """Additions and multiplications of a run's convolutions, or of the products of all pairs of features."""
    if case == "energy":
        return FEATURES * FEATURES * 2048
    kind = next(k for k in ("step-csg", "step-vanilla", "evaluation") if case.startswith(k))
    return step_flops(workload(adapted(case.removeprefix(kind + "-"))[0])[1], kind)


def row(result: dict) -> list[str]:
    ours, theirs = result["ours"], result["peer"]

    def pair(key: str, form) -> list[str]:
        return [form(side[key]) if key in side else "-" for side in (ours, theirs)]

    memory = pair("memory_bytes", lambda value: f"{value / 2**20:.0f}")
    ratio = ours["memory_bytes"] / theirs["memory_bytes"] if "memory_bytes" in ours else None
    return [
        result["case"],
        theirs["way"],
        *pair("median_seconds", lambda value: f"{value:.3f}"),
        *pair("images_per_second", lambda value: f"{value:.1f}"),
        f"{result['speed_ratio']:.2f}",
        *pair("images_per_cpu_second", lambda value: f"{value:.1f}"),
        f"{result['core_ratio']:.2f}" if "core_ratio" in result else "-",
        *memory,
        f"{ratio:.2f}" if ratio is not None else "-",
        *pair("sgemm_share", lambda value: f"{100 * value:.0f} %"),
        *(f"{100 * result['efficiency'][side]:.0f} %" if "efficiency" in result else "-" for side in ("ours", "peer")),
    ]


HEADINGS = [
    "case",
    "peer",
    *("s", "peer s"),
    *("images/s", "peer images/s"),
    "speed ratio",
    *("images/core s", "peer images/core s"),
    "core ratio",
    *("MiB", "peer MiB"),
    "memory ratio",
    *("of SGEMM", "peer of SGEMM"),
    *("efficiency", "peer efficiency"),
]


def table(results: list[dict]) -> str:
    rows = [HEADINGS, *map(row, results)]
    widths = [max(map(len, column)) for column in zip(*rows)]
    lines = []
    for cells in rows:
        first = cells[0].ljust(widths[0])
        rest = (cell.rjust(width) for cell, width in zip(cells[1:], widths[1:]))
        lines.append("  ".join([first, *rest]))
    return "\n".join(lines)


def processor() -> str:
    """Its name, its generation, which a name alone may leave open, and its widest instructions for vectors."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    said = {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in lines)}
    if "model name" not in said:
        return platform.machine()
    # Only x86 says these.
    if "flags" not in said or "cpu family" not in said:
        return said["model name"]
    flags = said["flags"].split()
    vectors = "AVX-512" if "avx512f" in flags else "AVX2" if "avx2" in flags else "no AVX2"
    return f"{said['model name']} (family {said['cpu family']}, {vectors})"


def machine(options) -> dict:
    found = {"processor": processor(), "threads": options.threads}
    if any(case in CUDA_CASES for case in options.cases):
        query = ["nvidia-smi", "--query-gpu=name,driver_version", "--format=csv,noheader"]
        found["device"] = subprocess.run(query, check=True, text=True, stdout=subprocess.PIPE).stdout.strip()
    return found


def parse():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", default=",".join(CASES), help="names, or beginnings of names")
    parser.add_argument("--quick", action="store_true", help="one round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--repeats", type=int, default=2)
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--output", type=Path, default=ROOT / "Runs/bench/results.json")
    options = parser.parse_args()
    if options.quick:
        options.rounds = 1
    wanted = options.cases.split(",")
    unknown = [name for name in wanted if not any(case.startswith(name) for case in ALL_CASES)]
    if unknown:
        fail(f"no case begins with '{unknown[0]}'; the cases are {', '.join(ALL_CASES)}.")
    options.cases = [case for case in ALL_CASES if case.startswith(tuple(wanted))]
    return options


def kept_results(options) -> list[dict]:
    """Earlier figures of cases that are not measured now; those of another machine are not overwritten."""
    if not options.output.exists():
        return []
    former = json.loads(options.output.read_text())
    theirs, ours = (
        f"{found['processor']} with {found['threads']} threads" for found in (former["machine"], machine(options))
    )
    if theirs != ours:
        fail(f"{options.output} has figures of {theirs}, and this is {ours}; name another file with --output.")
    return [r for r in former["results"] if r["case"] in ALL_CASES and "way" in r["peer"]]


def main():
    options = parse()
    if not OURS.exists():
        fail(f"{OURS} is missing; run 'make bench', which builds it.")
    for folder in (DATA, options.output.parent):
        folder.mkdir(parents=True, exist_ok=True)
    results = kept_results(options)
    scaling = [case for case in options.cases if case.startswith("scaling")]
    groups = [[case] for case in options.cases if case not in scaling] + ([scaling] if scaling else [])
    for cases in groups:
        print(f"measuring {', '.join(cases)}", file=sys.stderr)
        results = [kept for kept in results if kept["case"] not in cases] + compare(cases, options)
        results.sort(key=lambda result: ALL_CASES.index(result["case"]))
        document = {"machine": machine(options), "results": results}
        options.output.write_text(json.dumps(document, indent=2) + "\n")
    print(table([result for result in results if result["case"] in options.cases]))


main()
