#!/usr/bin/env python3
"""Writes the tables of results in README.md, Documentation/results.md and Benchmarks/README.md from Documentation/results/NAME.json,
their one source; those of speed from Benchmarks/results*.json.

    result-tables.py                          writes every table anew
    result-tables.py --check                  writes nothing; exits with 1 where a table is not what its file gives
    result-tables.py --take RUNS NAME [NOTE]  makes NAME.json from the folder of a comparison, with machine, threads, commit and date of its runs

A table stands between `<!-- results: NAME -->` and `<!-- end of results -->`. Its columns are `columns` of its file, which `--take` keeps: the title of
each, the images that it is of as `compare` names them, and the figure: `headline`, `difference`, `p`, `hse0` or `energy`, the difference of `hse0`.
"""

import json
import re
import statistics
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = "Documentation/results"
# Tables of speed come from the benchmark: what its cases are called, and whether they are given as images or as time. A case without
# figures has no row.
BENCHMARKS = {
    "speed": "Benchmarks/results.json",
    **{f"speed-{name}": f"Benchmarks/results-{name}.json" for name in ("avx2", "xeon", "cuda")},
}
SPEEDS = [
    ("step-csg-efficientnet-lite0", "CSG step, EfficientNet-Lite0, 32 × 96²", "images/s"),
    ("step-csg-resnet50", "CSG step, ResNet-50, 16 × 224²", "images/s"),
    ("step-csg-resnet101", "CSG step, ResNet-101, 8 × 224²", "images/s"),
    ("bf16-step-csg-resnet50", "ResNet-50 in bfloat16", "images/s"),
    ("bf16-step-csg-resnet101", "ResNet-101 in bfloat16", "images/s"),
    ("cuda-step-csg-resnet101-batch32", "CSG step, ResNet-101 in bfloat16, 32 × 224²", "ms"),
    ("cuda-step-vanilla-resnet101-batch32", "the same without CSG", "ms"),
    ("step-csg-vit-base-16-augreg-full", "CSG step, ViT-B/16, 16 × 224²", "images/s"),
    ("step-csg-vit-base-16-augreg-lora", "the same, LoRA", "images/s"),
    ("step-csg-dinov2-small-14-full", "CSG step, DINOv2 ViT-S/14, 16 × 224²", "images/s"),
    ("dense-csg-resnet50", "dense CSG step, ResNet-50, 2 × 256²", "s"),
    ("evaluation-efficientnet-lite0", "evaluation, EfficientNet-Lite0, 32 × 96²", "images/s"),
    ("evaluation-resnet50-batch32", "evaluation, ResNet-50, 32 × 224²", "images/s"),
    ("evaluation-resnet101-batch32", "evaluation, ResNet-101, 32 × 224²", "images/s"),
    ("evaluation-vit-base-16-augreg-batch32", "evaluation, ViT-B/16, 32 × 224²", "images/s"),
    ("energy", "energy (HSE) of 16 384 features of 2 048 numbers", "s"),
    ("loader-jpeg", "loader, one core, two views of a 450 × 300 JPEG", "images/s"),
    ("loader-png", "the same of PNGs", "images/s"),
    ("loader-scene-png", "loader, one core, crops of 1914 × 1052 scenes", "images/s"),
    ("predict-efficientnet-lite0", "`predict`, 1 000 JPEGs to a table, EfficientNet-Lite0", "images/s"),
    ("start", "start of the process to the end of the first step", "s"),
    ("contended-one-step-csg-resnet50", "CSG step, ResNet-50, beside a busy process", "images/s"),
    ("contended-two-step-csg-resnet50", "the same beside two", "images/s"),
]
PAGES = ["README.md", "Documentation/results.md", "Benchmarks/README.md"]
BLOCK = re.compile(r"(<!-- results: ([\w-]+) -->\n).*?(<!-- end of results -->)", re.DOTALL)


def number(value, digits, signed=False):
    return f"{value:{'+' if signed else ''}.{digits}f}".replace("-", "−")


def spread(figure, digits):
    if figure is None:
        return "–"
    deviation = figure.get("deviation")
    return number(figure["mean"], digits) + (f" ± {number(deviation, digits)}" if deviation is not None else "")


def probability(value):
    return f"{value:.3f}" if value >= 0.001 else f"{value:.0e}"


def cell(figures, kind):
    if kind == "headline":
        return spread(figures["headline"], 1)
    if kind == "hse0":
        return spread(figures.get("hse0"), 3)
    difference = figures.get("difference")
    if difference is None:
        return ""
    if kind == "p":
        return probability(difference["p_holm"])
    if kind == "energy":
        energy = difference.get("energy")
        if energy is None:
            return ""
        return f"{number(energy['mean'], 3, True)} ({number(energy['interval'][0], 3, True)} to {number(energy['interval'][1], 3, True)})"
    low, high = difference["interval"]
    return f"{number(difference['mean'], 1, True)} ({number(low, 1, True)} to {number(high, 1, True)})"


def spans(numbers):
    """Numbers in words: three or more that follow each other as the first and the last of them."""
    found = []
    for number in numbers:
        if found and number == found[-1][-1] + 1:
            found[-1].append(number)
        else:
            found.append([number])
    return ", ".join(
        f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in found
    )


def table(content):
    """The table as Markdown, with where its figures come from below it."""
    columns = content["columns"]
    lines = ["| |" + "".join(f" {column['title']} |" for column in columns), "| --- |" + " ---: |" * len(columns)]
    for system in content["systems"]:
        cells = [cell(system["sets"][column["images"]], column["figure"]) for column in columns]
        lines.append(f"| `{system['name']}` | " + " | ".join(cells) + " |")
    source = content["source"]
    details = [f"Seeds {spans(source['seeds'])}", source["machine"], f"commit {source['commit'][:8]}", source["date"]]
    note = f" {source['note']}" if source.get("note") else ""
    return "\n".join(lines) + f"\n\n*{'; '.join(details)}.{note}*\n"


def speed_table(content):
    """Cases of the benchmark beside the fastest of PyTorch's ways."""
    found = {result["case"]: result for result in content["results"]}
    lines = ["| | ours | PyTorch | its fastest way | speed | memory |", "| --- | ---: | ---: | --- | ---: | ---: |"]
    for case, title, unit in SPEEDS:
        if case not in found:
            continue
        result = found[case]
        key, factor = {"s": ("median_seconds", 1), "ms": ("median_seconds", 1000)}.get(unit, ("images_per_second", 1))
        values = [factor * result[side][key] for side in ("ours", "peer")]
        shown = [f"{value:.{0 if value >= 100 else 1}f} {unit}" for value in values]
        memory = [result[side].get("memory_bytes") for side in ("ours", "peer")]
        share = f"{memory[0] / memory[1]:.2f} ×" if all(memory) else ""
        way = result["peer"]["way"]
        lines.append(f"| {title} | {shown[0]} | {shown[1]} | {way} | {result['speed_ratio']:.2f} × | {share} |")
    machine = content["machine"]
    device = f"{machine['device'].partition(',')[0]}; " if "device" in machine else ""
    return "\n".join(lines) + f"\n\n*{device}{machine['processor']}, {machine['threads']} threads.*\n"


def take(folder, name, note):
    """The content of a results file from the folder of a comparison."""
    record = json.loads((folder / "comparison.json").read_text())
    order = json.loads((folder / "systems.json").read_text())
    runs = {}
    for path in sorted(folder.glob("*-seed*/results.json")):
        system, seed = path.parent.name.rsplit("-seed", 1)
        runs.setdefault(system, {})[int(seed)] = json.loads(path.read_text())
    starts = [json.loads(path.read_text())["starts"][-1] for path in sorted(folder.glob("*-seed*/environment.json"))]

    def only(key):
        values = {start.get(key) for start in starts}
        if len(values) > 1:
            raise SystemExit(f"the runs in {folder} differ in {key}: {sorted(map(str, values))}; a table is of one machine and commit")
        return values.pop()

    if any("interval" not in difference["figures"] for difference in record["differences"]):
        raise SystemExit(f"{folder} has systems with one seed in common; a table has intervals, which want two")
    names = {}
    for difference in record["differences"]:
        names[difference["dataset"]] = difference["images"]

    def figures(records, digits, get):
        values = [get(entry) for entry in records if get(entry) is not None]
        if not values:
            return None
        figure = {"mean": round(statistics.mean(values), digits)}
        if len(values) > 1:
            figure["deviation"] = round(statistics.stdev(values), digits)
        figure["values"] = [round(value, digits) for value in values]
        return figure

    systems = []
    for system in order:
        results = [runs[system][seed] for seed in sorted(runs[system])]
        sets = {}
        for path, images in names.items():
            headlines = [(run.get("average") or run)["evaluations"] for run in results]
            records = [entry for entries in headlines for entry in entries if entry["dataset"] == path]
            sets[images] = {
                "headline": figures(records, 2, lambda entry: 100 * entry.get("miou", entry["mean_class_accuracy"])),
                "hse0": figures(records, 4, lambda entry: (entry.get("hse") or {}).get("0")),
            }
            for difference in record["differences"]:
                if difference["system"] == system and difference["dataset"] == path:
                    entry = {
                        "mean": round(100 * difference["figures"]["mean"], 2),
                        "interval": [round(100 * end, 2) for end in difference["figures"]["interval"]],
                        "same_sign": difference["figures"]["same_sign"],
                        "p_holm": difference["p_holm"],
                        "values": [round(100 * value, 2) for value in difference["differences"]],
                    }
                    if "energy" in difference:
                        energy = difference["energy"]["figures"]
                        entry["energy"] = {
                            "mean": round(energy["mean"], 4),
                            "interval": [round(end, 4) for end in energy["interval"]],
                            "same_sign": energy["same_sign"],
                        }
                    if "bootstrap" in difference:
                        entry["bootstrap"] = [round(100 * end, 2) for end in difference["bootstrap"]]
                    sets[images]["difference"] = entry
        systems.append({"name": system, "sets": sets})
    threads = only("threads")
    content = {
        "source": {
            "seeds": sorted({seed for seeds in runs.values() for seed in seeds}),
            "machine": f"{only('processor') or 'unknown processor'}, {threads} thread{'s' if threads != 1 else ''} per run",
            "commit": only("commit") or "unknown",
            "date": max(start["started"] for start in starts)[:10],
            "note": note,
        },
        "systems": systems,
    }
    path = ROOT / RESULTS / f"{name}.json"
    columns = json.loads(path.read_text())["columns"] if path.exists() else [
        {"title": title, "images": images, "figure": figure}
        for images in names.values()
        for title, figure in ((images, "headline"), ("difference", "difference"), ("p", "p"), ("HSE 0, difference", "energy"))
    ]
    path.write_text(json.dumps({"columns": columns, **content}, indent=1, ensure_ascii=False) + "\n")


def main(arguments):
    if arguments[:1] == ["--take"] and len(arguments) in (3, 4):
        return take(Path(arguments[1]), arguments[2], "".join(arguments[3:]))
    if arguments not in ([], ["--check"]):
        raise SystemExit(__doc__)
    stale, found = [], []

    def written(match):
        found.append(match[2])
        is_speed = match[2] in BENCHMARKS
        source, write = (BENCHMARKS[match[2]], speed_table) if is_speed else (f"{RESULTS}/{match[2]}.json", table)
        return match[1] + "\n" + write(json.loads((ROOT / source).read_text())) + "\n" + match[3]

    for page in filter(lambda page: (ROOT / page).exists(), PAGES):
        before = (ROOT / page).read_text()
        after = BLOCK.sub(written, before)
        if after != before and arguments:
            stale.append(page)
        elif after != before:
            (ROOT / page).write_text(after)
    if not found:
        raise SystemExit(f"no table stands between '<!-- results: NAME -->' and '<!-- end of results -->' in {' or '.join(PAGES)}")
    if stale:
        raise SystemExit(f"the tables in {', '.join(stale)} are not what {RESULTS} gives; write them anew with Scripts/result-tables.py")


if __name__ == "__main__":
    main(sys.argv[1:])
