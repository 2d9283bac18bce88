#!/usr/bin/env python3
"""Writes digits.json: what numpy reads in the tables of handwritten digits, and gzip files of Python's gzip.

    python make_digits_fixture.py FOLDER

needs numpy; FOLDER holds mnist_5k.csv.gz and digits.csv.gz (.deps/digits). The tables are read as the packages that
bring them do it: numpy.genfromtxt, the label in the last column. `number` counts the rows of the digit up to this one.
"""

import base64
import gzip
import json
import sys
from pathlib import Path

import numpy

ROWS = {
    "mnist": ("mnist_5k.csv.gz", 255, [0, 737, 2500, 4999]),
    "scans": ("digits.csv.gz", 16, [0, 9, 1234, 1796]),
}


def table(path, maximum, rows):
    values = numpy.genfromtxt(path, delimiter=",")
    pixels, labels = values[:, :-1], values[:, -1].astype(int)
    # Halves up: what the data set's README says.
    gray = numpy.floor(pixels * 255 / maximum + 0.5).astype(int)
    return {
        "counts": numpy.bincount(labels, minlength=10).tolist(),
        "sum": int(gray.sum()),
        "rows": [
            {
                "digit": int(labels[row]),
                "number": int((labels[: row + 1] == labels[row]).sum()),
                "pixels": gray[row].tolist(),
            }
            for row in rows
        ],
    }


def main():
    folder = Path(sys.argv[1])
    fixture = {name: table(folder / file, maximum, rows) for name, (file, maximum, rows) in ROWS.items()}
    text = "".join(f"{number}: the same in other words\n" for number in range(200))
    members = [gzip.compress(part.encode(), mtime=0) for part in (text, "the end\n")]
    fixture["gzip"] = {
        "text": text,
        "one": base64.b64encode(members[0]).decode(),
        "two": base64.b64encode(b"".join(members)).decode(),
    }
    path = Path(__file__).parent / "digits.json"
    path.write_text(json.dumps(fixture, separators=(",", ":")).replace('},{"digit', '},\n{"digit') + "\n")


if __name__ == "__main__":
    main()
