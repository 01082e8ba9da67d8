"""System libraries that a bare Debian machine does not have: tests that need them are skipped.

With AVATARIFY_TEST_ALL=1, as in CI, they fail instead.
"""

import functools
import os

import pytest

from avatarify.system_libraries import COMMANDS, install_command, missing_library, missing_packages

ALL = bool(os.environ.get("AVATARIFY_TEST_ALL"))


def reason_to_skip(error: BaseException | str) -> str | None:
    """Return why a test cannot run where the dynamic loader did not find a library; None for other errors."""
    problem = None if ALL else missing_library(error)
    return str(problem) if problem else None


def require_libraries_of_commands() -> None:
    """Skip a test that runs a command in a process of its own where that could not load OpenCV or MediaPipe."""
    missing = [] if ALL else missing_packages(COMMANDS)
    if missing:
        pytest.skip(f"System libraries are missing. {install_command(missing)}")


@functools.cache
def qt_error() -> str:
    """Return what keeps Qt's modules from being imported; empty if nothing does."""
    try:
        from PySide6 import QtTest, QtWidgets  # noqa: F401
    except ImportError as error:
        return str(error)
    return ""
