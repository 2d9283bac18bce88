"""The console script ``syn2real``: replaces itself by the command in this package."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

_EXECUTABLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "bin", "syn2real")


def main() -> NoReturn:
    """Runs the command with the arguments of this process."""
    try:
        os.execv(_EXECUTABLE, ["syn2real", *sys.argv[1:]])
    except OSError as error:
        sys.exit(
            f"Error: {_EXECUTABLE} could not be started: {error.strerror}; "
            "install syn2real again with pip, on Linux on x86-64"
        )
