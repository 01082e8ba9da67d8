"""Locks between processes that would make the same files, and the errors of such work."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from avatarify.errors import EngineError
from avatarify.files import private_folder

if TYPE_CHECKING:
    from filelock import BaseFileLock

_MAX_WAIT_S = 900.0
_POLL_S = 0.1


class Cancelled(EngineError):
    """The user stopped a build; no partial file is left."""

    def __init__(self) -> None:
        super().__init__("The build was stopped.", "What was finished before is kept.")


class FolderNotWritable(EngineError):
    """A folder cannot be written; another one may do."""


@contextlib.contextmanager
def locked(
    file: Path, on_wait: Callable[[], None] = lambda: None, cancelled: Callable[[], bool] = lambda: False
) -> Iterator[None]:
    """Hold a lock that the system releases when the process dies, however it dies.

    Args:
        file: The lock's file; it stays behind, empty.
        on_wait: Called once if another process holds the lock.
        cancelled: Polled while waiting; True gives up.

    Raises:
        FolderNotWritable: The folder cannot be written.
        EngineError: Another process holds the lock for 15 minutes.
        Cancelled: ``cancelled`` returned True.
    """
    from filelock import FileLock

    with writing_to(file.parent):
        private_folder(file.parent)
        lock = FileLock(file)
        _acquire(lock, file, on_wait, cancelled)
    try:
        yield
    finally:
        lock.release()


@contextlib.contextmanager
def writing_to(folder: Path) -> Iterator[None]:
    """Turn an ``OSError`` of the block into a ``FolderNotWritable`` that names the folder."""
    try:
        yield
    except OSError as error:
        raise FolderNotWritable(
            "The folder {folder} cannot be written: {reason}.",
            "Make it writable, free some space, or choose another folder with --output or AVATARIFY_CACHE.",
            folder=folder,
            reason=error.strerror or error,
        ) from error


def _acquire(lock: BaseFileLock, file: Path, on_wait: Callable[[], None], cancelled: Callable[[], bool]) -> None:
    from filelock import Timeout

    deadline, waiting = time.monotonic() + _MAX_WAIT_S, False
    while not lock.is_locked:
        try:
            lock.acquire(timeout=0)
        except Timeout:
            if not waiting:
                on_wait()
            waiting = True
            _wait(file, deadline, cancelled)


def _wait(file: Path, deadline: float, cancelled: Callable[[], bool]) -> None:
    if cancelled():
        raise Cancelled
    if time.monotonic() > deadline:
        raise EngineError(
            "Another process has been holding {file} for 15 minutes.", "End that process, then try again.", file=file
        )
    time.sleep(_POLL_S)
