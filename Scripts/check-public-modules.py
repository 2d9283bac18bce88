#!/usr/bin/env python3
"""Holds every library product of Package.swift against its public declarations: none may name a type of a module that the
product lacks, or its users could not name that type.

    check-public-modules.py SYMBOL-GRAPHS

Reads the symbol graphs that Scripts/documentation.sh extracts; exits with 1 where a module is missing.
"""

import json
import re
import sys
from pathlib import Path

# What every program has.
SYSTEM = {"Swift", "Foundation", "FoundationEssentials", "Synchronization", "_Concurrency"}


def products(manifest: str) -> dict[str, set[str]]:
    """The targets of each library product."""
    found = re.finditer(r'\.library\(\s*name:\s*"([^"]+)",\s*targets:\s*\[([^\]]*)\]', manifest)
    return {match[1]: set(re.findall(r'"([^"]+)"', match[2])) for match in found}


def module(identifier: str) -> str | None:
    """The module of a declaration, from its mangled name; None for those of C and of the standard library."""
    match = re.match(r"s:(\d+)", identifier)
    return identifier[match.end():][: int(match[1])] if match else None


def modules_named(graph: dict) -> dict[str, str]:
    """The modules whose types the public declarations of a graph name, each with one such declaration."""
    named = {}
    for symbol in graph["symbols"]:
        for fragment in symbol.get("declarationFragments", []):
            name = module(fragment.get("preciseIdentifier", ""))
            if name:
                named.setdefault(name, ".".join(symbol["pathComponents"]))
    return named


def main():
    graphs = Path(sys.argv[1])
    missing = []
    for product, targets in products(Path("Package.swift").read_text()).items():
        for target in sorted(targets):
            # An extension of another module's type stands in a graph of its own.
            for path in sorted(graphs.glob(f"{target}*.symbols.json")):
                if path.name.split(".")[0].split("@")[0] != target:
                    continue
                for name, symbol in modules_named(json.loads(path.read_text())).items():
                    if name not in targets | SYSTEM:
                        missing.append(f"{product}: {target}.{symbol} names a type of {name}")
    print("\n".join(missing) or "every product holds the modules that its public declarations name")
    sys.exit(1 if missing else 0)


if __name__ == "__main__":
    main()
