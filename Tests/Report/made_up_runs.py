"""Writes the folder of a comparison as `syn2real compare` leaves it, with figures that are drawn and not trained: enough for a report.

made_up_runs.py FOLDER [--hostile]: three methods, three seeds, two data sets; with --hostile all names are such as would be
markup if a report did not escape them.
"""
import json
import math
import pathlib
import random
import sys

CLASSES = ["bird", "boat", "building", "car", "flower", "fruit", "insect", "mammal"]
METHODS = {"vanilla": (0.72, -0.10), "feature-distance": (0.73, -0.36), "csg": (0.76, -0.24)}
HOSTILE = "<img src=x onerror='window.hostile=1'>\"><script>window.hostile=1</script>&amp;"
STEPS, EVERY, SEEDS = 150, 25, (0, 1, 2)


def confusion(skill, images, draw):
    """Counts by true class and predicted class; mistakes are mostly for the next class."""
    rows = []
    for label in range(len(CLASSES)):
        row = [0] * len(CLASSES)
        own = min(0.98, max(0.05, draw.gauss(skill + 0.12 * math.sin(label), 0.03)))
        for _ in range(images):
            place = label
            if draw.random() > own:
                place = (label + (1 if draw.random() < 0.6 else draw.randrange(1, len(CLASSES)))) % len(CLASSES)
            row[place] += 1
        rows.append(row)
    return rows


def reliability(skill, images, draw):
    """Bins of confidence of a network that claims a little too much."""
    bins = [{"images": 0, "confidence": 0.0, "correct": 0} for _ in range(15)]
    for _ in range(images):
        confidence = min(0.999, max(0.13, draw.betavariate(4, 1.6)))
        entry = bins[min(14, int(confidence * 15))]
        entry["images"] += 1
        entry["confidence"] += confidence
        entry["correct"] += draw.random() < confidence - 0.12 * (1 - skill)
    return bins


def record(dataset, domain, names, skill, energy, iteration, images, draw):
    counts = confusion(skill, images, draw)
    accuracies = [row[label] / sum(row) for label, row in enumerate(counts)]
    total = images * len(names)
    bins = reliability(skill, total, draw)
    error = sum(abs(entry["correct"] - entry["confidence"]) for entry in bins) / total
    return {
        "iteration": iteration, "dataset": dataset, "domain": domain, "images": total, "skipped": 0,
        "mean_class_accuracy": sum(accuracies) / len(accuracies),
        "accuracy": sum(row[label] for label, row in enumerate(counts)) / total,
        "classes": names, "accuracy_by_class": accuracies, "class_accuracies": dict(zip(names, accuracies)),
        "confusion": counts, "hse": {"0": energy, "1": 1 + energy / 2, "2": 1.3 + energy},
        "probabilities": {
            "samples": total, "ece": 1.4 * error, "ece_calibrated": error, "temperature": draw.gauss(1.3, 0.05),
            "reliability": {"bins": bins}},
        "selection": "current",
    }


def write_run(folder, method, seed, is_hostile):
    draw = random.Random(f"{method} {seed}")
    skill, energy = METHODS[method]
    skill, energy = draw.gauss(skill, 0.015), draw.gauss(energy, 0.02)
    names = [HOSTILE + name if is_hostile else name for name in CLASSES]
    sets = [("Data/drawings/held-out", "synthetic", 0.07, 15), ("Data/photographs", "real", 0.0, 33)]
    if is_hostile:
        sets = [(HOSTILE + path, *rest) for path, *rest in sets]
    steps, evaluations = [], []
    for iteration in range(STEPS):
        fall = math.exp(-iteration / 40)
        task = 0.25 + 1.9 * fall + 0.08 * draw.random()
        step = {
            "iteration": iteration, "epoch": iteration // 15, "lr": 0.005 * (1 - iteration / STEPS) ** 0.9,
            "loss_task": task, "loss": task, "images_per_second": 80 + draw.random()}
        if method == "csg":
            for stage, weight in (("layer3", 1.0), ("layer4", 1.6)):
                step[f"loss_nce_{stage}"] = weight * (0.4 + 3 * fall) + 0.1 * draw.random()
                step[f"nce_top1_{stage}"] = min(1, 0.95 - 0.8 * fall + 0.04 * draw.random())
            step["loss"] += 0.2 * (step["loss_nce_layer3"] + step["loss_nce_layer4"])
        steps.append(step)
        if (iteration + 1) % EVERY == 0:
            now = 1 - 0.6 * math.exp(-iteration / 30)
            evaluations += [
                record(path, domain, names, (skill + more) * now, energy + 0.3 * fall, iteration + 1, images, draw)
                for path, domain, more, images in sets]
    finals = [dict(found, selection="source") for found in evaluations[-len(sets):]]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "recipe.yaml").write_text(f"seed: {seed}\nmethod:\n  name: {method}\n" + (f"# {HOSTILE}\n" if is_hostile else ""))
    (folder / "environment.json").write_text(json.dumps({
        "seed": seed, "version": "0.1.0", "libtorch": "2.11.0", "system": "Debian GNU/Linux 12", "processor": "made up", "device": "cpu",
        "threads": 2, "command_line": ["syn2real", "compare", "photographs.yaml"], "started": "2026-01-01T00:00:00Z"}))
    (folder / "metrics.jsonl").write_text("".join(json.dumps(step) + "\n" for step in steps))
    (folder / "evaluations.jsonl").write_text("".join(json.dumps(found) + "\n" for found in evaluations))
    (folder / "results.json").write_text(json.dumps({
        "method": method, "seed": seed, "selection": "source", "selection_label": "selected on held-out synthetic images",
        "iteration": STEPS, "iterations": STEPS, "seconds": 60.0, "skipped": 0, "evaluations": finals}))


def main():
    folder, is_hostile = pathlib.Path(sys.argv[1]), "--hostile" in sys.argv[2:]
    # A folder's name may hold anything but a slash.
    mark = HOSTILE.replace("/", "") if is_hostile else ""
    for seed in SEEDS:
        for method in METHODS:
            write_run(folder / f"{mark}{method}-seed{seed}", method, seed, is_hostile)


if __name__ == "__main__":
    main()
