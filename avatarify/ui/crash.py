"""Crash reports, kept on this computer for the user to read, share, or delete."""

from __future__ import annotations

import contextlib
import faulthandler
import os
import platform
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType

from avatarify import __version__, paths
from avatarify.log import logger

_MOST = 10  # reports that are kept


def folder() -> Path:
    """Return the folder of the reports."""
    return paths.data() / "reports"


def reports() -> list[Path]:
    """Return the reports of finished runs, newest first; files of running processes are left out."""
    found = [file for file in folder().glob("*.txt") if not _is_running(file)] if folder().is_dir() else []
    return sorted(found, key=lambda file: file.stat().st_mtime, reverse=True)


def write(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> Path | None:
    """Write a report of an unexpected error; return None if the disk is full."""
    words = "".join(traceback.format_exception(kind, error, trace))
    file = folder() / f"error {time.strftime('%Y-%m-%d %H.%M.%S')}.txt"
    try:
        folder().mkdir(parents=True, exist_ok=True)
        file.write_text(f"{_about()}\n\n{words}", encoding="utf-8")
    except OSError:
        return None
    for old in reports()[_MOST:]:
        old.unlink(missing_ok=True)
    return file


@contextlib.contextmanager
def watched(tell: Callable[[BaseException], None]) -> Iterator[None]:
    """Write reports of unexpected errors and of crashes inside libraries while the block runs.

    Args:
        tell: Called with each error, on the thread where it happened.
    """

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        logger("ui").error("Unexpected error", exc_info=(kind, error, trace))
        if isinstance(error, Exception):
            write(kind, error, trace)
            tell(error)

    def thread_hook(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            hook(args.exc_type, args.exc_value, args.exc_traceback)

    before, before_threads = sys.excepthook, threading.excepthook
    sys.excepthook, threading.excepthook = hook, thread_hook
    try:
        with _crash_file():
            yield
    finally:
        sys.excepthook, threading.excepthook = before, before_threads


@contextlib.contextmanager
def _crash_file() -> Iterator[None]:
    """Keep a file that faulthandler writes to if a library crashes; it is removed after a normal exit."""
    file = folder() / f"end {os.getpid()}.txt"
    try:
        folder().mkdir(parents=True, exist_ok=True)
        report = file.open("w", encoding="utf-8")
    except OSError:
        yield
        return
    with report:
        report.write(f"{_about()}\n\nAvatarify ended inside a library.\n\n")
        report.flush()
        faulthandler.enable(report)
        try:
            yield
        finally:
            faulthandler.disable()
    file.unlink(missing_ok=True)


def _about() -> str:
    return f"Avatarify {__version__}, Python {platform.python_version()}, {platform.platform()}"


def _is_running(file: Path) -> bool:
    """Return whether a report belongs to a process that is still running."""
    number = file.stem.removeprefix("end ")
    if not (file.stem.startswith("end ") and number.isdecimal()):
        return False
    if int(number) == os.getpid():
        return True
    try:
        os.kill(int(number), 0) if sys.platform != "win32" else None
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return sys.platform != "win32"
