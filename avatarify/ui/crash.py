"""Crash reports, kept on this computer for the user to read, share, or delete."""

from __future__ import annotations

import contextlib
import faulthandler
import os
import platform
import stat
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType

from avatarify import __version__, paths
from avatarify.files import private_folder, write_atomic
from avatarify.log import logger
from avatarify.partial import is_running

_MOST = 10  # reports that are kept
_TOLERANCE_S = 60.0  # some file systems have coarse times


def folder() -> Path:
    """Return the folder of the reports."""
    return paths.data() / "reports"


def reports() -> list[Path]:
    """Return the reports of finished runs, newest first; files of running processes are left out."""
    found = [file for file in folder().glob("*.txt") if not _is_running(file)] if folder().is_dir() else []
    now = time.time()
    return sorted(found, key=lambda file: _age_order(file.stat().st_mtime, now))


def _age_order(written: float, now: float) -> tuple[bool, float]:
    """Sort by age; reports from the future, written while the clock was wrong, come last."""
    return written > now + _TOLERANCE_S, -written


def write(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> Path | None:
    """Write a report of an unexpected error; return None if the disk is full."""
    words = "".join(traceback.format_exception(kind, error, trace))
    file = folder() / f"error {_now()}.txt"
    try:
        private_folder(folder())
        write_atomic(file, f"{_about()}\n\n{words}".encode(errors="replace"), private=True)
    except OSError:
        return None
    _prune()
    return file


def take_end() -> Path | None:
    """Return the report of a run that ended unexpectedly, the newest one, and count all of them as seen."""
    ends = [file for file in reports() if file.stem.startswith("end ")]
    seen = [file.with_name(f"ended {_now()} {number}.txt") for number, file in enumerate(ends, 1)]
    for file, goal in zip(ends, seen, strict=True):
        with contextlib.suppress(OSError):
            file.replace(goal)
    _prune()
    return next((file for pair in zip(seen, ends, strict=True) for file in pair if file.exists()), None)


def _prune() -> None:
    """Delete the oldest reports; files of running processes stay."""
    for old in reports()[_MOST:]:
        with contextlib.suppress(OSError):
            old.unlink(missing_ok=True)


def _now() -> str:
    return time.strftime("%Y-%m-%d %H.%M.%S")


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
        private_folder(folder())
        if file.exists():  # of an earlier process with this number, as in a container
            file.replace(folder() / f"end {os.getpid()} {_now()}.txt")
        report = open(file, "w", encoding="utf-8", opener=_private)  # noqa: SIM115  closed below
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


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, stat.S_IRUSR | stat.S_IWUSR)


def _about() -> str:
    return f"Avatarify {__version__}, Python {platform.python_version()}, {platform.platform()}"


def _is_running(file: Path) -> bool:
    """Return whether a report belongs to a process that is still running."""
    number = file.stem.removeprefix("end ")
    if not (file.stem.startswith("end ") and number.isdecimal()):
        return False
    if sys.platform == "win32":
        return int(number) == os.getpid()
    return is_running(int(number))
