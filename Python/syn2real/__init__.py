"""syn2real: networks trained on synthetic images that work on real photographs.

The command ``syn2real`` trains, judges and compares; :func:`load` gives what it trained as a ``torch.nn.Module``.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from ._load import load
    from ._networks import Classifier, Segmenter
    from ._preprocessing import Preprocessing

__all__ = ["Classifier", "Preprocessing", "Segmenter", "load"]


def __getattr__(name: str) -> object:
    """Imports what is used, when it is used: the command shall start without PyTorch."""
    if name == "load":
        from ._load import load

        return load
    if name in ("Classifier", "Segmenter"):
        from . import _networks

        return getattr(_networks, name)
    if name == "Preprocessing":
        from ._preprocessing import Preprocessing

        return Preprocessing
    if name == "__version__":
        from importlib.metadata import version

        return version("syn2real")
    raise AttributeError(f"module 'syn2real' has no attribute '{name}'")
