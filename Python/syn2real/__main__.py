"""``python -m syn2real``: the same as the command ``syn2real``."""

from ._command import main

main()
