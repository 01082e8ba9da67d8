"""One cache for all processes: the graphs of the bundled model are made once, as on a user's machine."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="session")
def shared_cache(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def use_shared_cache(own_folders: Path, shared_cache: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AVATARIFY_CACHE", str(shared_cache))


@pytest.fixture(autouse=True)
def opencv_can_be_loaded() -> None:
    """Every command loads OpenCV in a process of its own; skip the test where a system library is missing."""
    import cv2  # noqa: F401
