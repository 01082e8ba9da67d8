"""Real footage for local evaluation; it is not part of the project, so tests that want it skip without it."""

import os
from pathlib import Path
from typing import Any

import pytest

_ROOT = Path(__file__).resolve().parents[2]


def footage(kind: str, name: str) -> Any:
    """Return a file of the evaluation set (``AVATARIFY_EVAL``, or beside the checkout), or skip the test."""
    folder = Path(os.environ.get("AVATARIFY_EVAL") or _ROOT.parent / "shared" / "eval")
    file = folder / kind / name
    if not file.is_file():
        pytest.skip(f"the evaluation set is not here ({kind}/{name})")
    return file
