#!/usr/bin/env python3
"""Writes the tables of results in README.md and Documentation/results.md from Documentation/results/NAME.json, their one source.

    result-tables.py                          writes every table anew
    result-tables.py --check                  writes nothing; exits with 1 where a table is not what its file gives
    result-tables.py --take RUNS NAME [NOTE]  makes NAME.json from the folder of a comparison, with machine, threads, commit and date of its runs

A table stands between `<!-- results: NAME -->` and `<!-- end of results -->`. Its columns are `columns` of its file, which `--take` keeps: the title of
each, the images that it is of as `compare` names them, and the figure: `headline`, `difference`, `p` or `hse0`.
"""

import json
import re
import statistics
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = "Documentation/results"
PAGES = ["README.md", "Documentation/results.md"]
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
    low, high = difference["interval"]
    return f"{number(difference['mean'], 1, True)} ({number(low, 1, True)} to {number(high, 1, True)})"


def table(content):
    """The table as Markdown, with where its figures come from below it."""
    columns = content["columns"]
    lines = ["| |" + "".join(f" {column['title']} |" for column in columns), "| --- |" + " ---: |" * len(columns)]
    for system in content["systems"]:
        cells = [cell(system["sets"][column["images"]], column["figure"]) for column in columns]
        lines.append(f"| `{system['name']}` | " + " | ".join(cells) + " |")
    source = content["source"]
    seeds = ", ".join(map(str, source["seeds"]))
    details = [f"Seeds {seeds}", source["machine"], f"commit {source['commit'][:8]}", source["date"]]
    note = f" {source['note']}" if source.get("note") else ""
    return "\n".join(lines) + f"\n\n*{'; '.join(details)}.{note}*\n"


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
        for title, figure in ((images, "headline"), ("difference", "difference"), ("p", "p"))
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
        content = json.loads((ROOT / RESULTS / f"{match[2]}.json").read_text())
        return match[1] + "\n" + table(content) + "\n" + match[3]

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
