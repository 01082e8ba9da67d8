"""Fixtures for all tests: folders of their own, no window on the screen, no thread left behind."""

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

GRACE_S = 2.0  # libraries' own threads may need a moment to wind up


@pytest.fixture(autouse=True)
def own_folders(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep every test away from the user's cache, data and settings."""
    base = tmp_path_factory.mktemp("home")
    for name in ("CACHE", "DATA", "CONFIG"):
        monkeypatch.setenv(f"AVATARIFY_{name}", str(base / name.lower()))
    return base


@pytest.fixture(scope="session")
def graphs_cache(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """One cache for tests of engines and runtimes: the carried model's graphs are made once."""
    return tmp_path_factory.mktemp("graphs")


@pytest.fixture(autouse=True)
def no_thread_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves one of our threads running."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + GRACE_S
    while (left := _ours(set(threading.enumerate()) - before)) and time.monotonic() < deadline:
        time.sleep(0.01)
    if left:
        pytest.fail(f"{request.node.name} left threads running: {', '.join(thread.name for thread in left)}")


def _ours(threads: Any) -> Any:
    return [thread for thread in threads if thread.is_alive() and not isinstance(thread, threading._DummyThread)]
