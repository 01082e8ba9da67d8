"""One cache for all processes: the graphs of the carried model are made once, as on a user's machine."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="session")
def shared_cache(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def use_shared_cache(own_folders: Path, shared_cache: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AVATARIFY_CACHE", str(shared_cache))
