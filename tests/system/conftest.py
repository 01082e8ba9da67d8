"""The system test boots a machine: it runs only when asked for (``.ci/system``), never with the other tests."""

import os
from pathlib import Path
from typing import Any

import pytest

WANTED = "AVATARIFY_SYSTEM_TEST"
FINDINGS = pytest.StashKey[Path]()  # the folder of what the guest wrote


def pytest_ignore_collect(collection_path: Any, config: Any) -> Any:
    """Leave the folder out unless it is wanted."""
    return True if not os.environ.get(WANTED) else None


@pytest.fixture(autouse=True)
def own_folders() -> None:
    """Nothing of the app runs on this side."""


def pytest_sessionfinish(session: Any) -> None:
    """Say where the findings are."""
    folder = session.config.stash.get(FINDINGS, None)
    if folder is not None:
        session.config.get_terminal_writer().line(f"\nFindings, logs and pictures: {folder}")
