"""One cache for all tests of graphs: the ONNX files are made once, as on a user's machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def cache(graphs_cache: Path) -> Iterator[Path]:
    """The folder, for fixtures of a module."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AVATARIFY_CACHE", str(graphs_cache))
        yield graphs_cache
