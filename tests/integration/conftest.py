"""One cache for all processes: the graphs of the bundled model are made once, as on a user's machine."""

from pathlib import Path

import pytest
from helpers.system_libraries import require_libraries_of_commands


@pytest.fixture(scope="session")
def shared_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def use_shared_cache(own_folders: Path, shared_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AVATARIFY_CACHE", str(shared_cache))


@pytest.fixture(autouse=True)
def libraries() -> None:
    """Skip the test where a system library is missing: commands load OpenCV in a process of their own."""
    require_libraries_of_commands()
