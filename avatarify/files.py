"""Files that several processes may make at once: written whole or not at all, by one process at a time."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from avatarify.errors import EngineError

PART = ".part"
_LONGEST_WAIT_S = 900.0
_POLL_S = 0.1


class Cancelled(EngineError):
    """The user stopped a build; nothing half-made is left."""

    def __init__(self) -> None:
        super().__init__("The build was stopped.", "What was finished before is kept.")


class Missing(EngineError):
    """There is no engine that could be used here; it can be built."""


@contextlib.contextmanager
def locked(
    file: Path, on_wait: Callable[[], None] = lambda: None, cancelled: Callable[[], bool] = lambda: False
) -> Iterator[None]:
    """Hold a lock that the system lets go of when the process dies, however it dies.

    Args:
        file: The lock's file; it stays behind, empty.
        on_wait: Told once if another process holds it.
        cancelled: Asked while waiting.

    Raises:
        EngineError: the folder cannot be written, or the other process holds it for a quarter of an hour.
        Cancelled: the user did not want to wait.
    """
    from filelock import FileLock, Timeout

    with told_if_unwritable(file.parent):
        file.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(file)
        ends = time.monotonic() + _LONGEST_WAIT_S
        told = False
        while not lock.is_locked:
            try:
                lock.acquire(timeout=0)
            except Timeout:
                if not told:
                    on_wait()
                told = True
                _wait(file, ends, cancelled)
    try:
        yield
    finally:
        lock.release()


def _wait(file: Path, ends: float, cancelled: Callable[[], bool]) -> None:
    if cancelled():
        raise Cancelled
    if time.monotonic() > ends:
        raise EngineError(f"Another process has been holding {file} for 15 minutes.", "End it, and start again.")
    time.sleep(_POLL_S)


@contextlib.contextmanager
def told_if_unwritable(folder: Path) -> Iterator[None]:
    """Turn what the system says about a folder into our error."""
    try:
        yield
    except OSError as error:
        what = f"The folder {folder} cannot be written: {error.strerror or error}."
        raise EngineError(
            what, "Make it writable, free some space, or name another: --out or AVATARIFY_CACHE."
        ) from error


def write_whole(file: Path, content: bytes) -> None:
    """Write a file so that at no moment, and after no crash, a part of it stands under its name.

    Raises:
        OSError: it cannot be written; nothing is left behind.
    """
    part = file.with_name(f"{file.name}{PART}")
    try:
        with part.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def sweep(folder: Path, pattern: str) -> None:
    """Remove what a process that was killed left behind; call it under the lock."""
    for left in folder.glob(pattern):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)


def code_digest(*parts: str) -> bytes:
    """Return the SHA-256 of some of this package's own source: what was made from it is stale once it changes.

    Args:
        parts: Folders (all their ``*.py``, at any depth) or files, relative to the package, with forward slashes.
    """
    package, digest = Path(__file__).resolve().parent, hashlib.sha256()
    for part in parts:
        place = package / part
        for file in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            digest.update(file.read_bytes())
    return digest.digest()
