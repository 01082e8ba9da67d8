"""One cache for all tests: graphs are made once, as on a user's machine."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="module")
def cache(graphs_cache: Path) -> Iterator[Any]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AVATARIFY_CACHE", str(graphs_cache))  # for fixtures of the module
        yield graphs_cache


@pytest.fixture(autouse=True)
def use_cache(own_folders: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AVATARIFY_CACHE", str(cache))
