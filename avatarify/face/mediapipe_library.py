"""Imports MediaPipe without what its drawing and audio parts import: matplotlib alone takes half a second."""

from __future__ import annotations

import importlib
import sys
import threading
from types import ModuleType
from typing import Any

_UNUSED = ("matplotlib", "matplotlib.pyplot", "sounddevice")
_lock = threading.Lock()


def load_mediapipe() -> Any:
    """Return the package ``mediapipe``; any thread may call it."""
    with _lock:
        if "mediapipe" in sys.modules:
            return sys.modules["mediapipe"]
        stand_ins = {name: ModuleType(name) for name in _UNUSED if name not in sys.modules}
        sys.modules.update(stand_ins)
        try:
            return importlib.import_module("mediapipe")
        finally:
            for name, module in stand_ins.items():  # the laboratory may want the real ones later
                if sys.modules.get(name) is module:
                    del sys.modules[name]
