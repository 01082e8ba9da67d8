"""Starts every child process: its modules never come from the current directory, which may be a download folder."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from multiprocessing.context import SpawnContext, SpawnProcess
from typing import Any

SAFE_PATH = {"PYTHONSAFEPATH": "1"}  # as ``python -P``


def avatarify_command() -> list[str]:
    """Return what starts ``avatarify`` as this process was started: the interpreter, or the bundled program."""
    if getattr(sys, "frozen", False):  # by PyInstaller; it has no module path that could lead elsewhere
        return [sys.executable]
    return [sys.executable, "-P", "-m", "avatarify"]


def start_avatarify(*words: str) -> None:
    """Start an ``avatarify`` command that may outlive this process and writes nothing to its terminal.

    Raises:
        OSError: It cannot be started.
    """
    quiet = subprocess.DEVNULL
    command = [*avatarify_command(), *words]
    environment = {**os.environ, **SAFE_PATH}
    subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True, env=environment)


def spawning() -> SpawnContext:
    """Return multiprocessing's context for new processes, which inherit this process's environment."""
    os.environ.update(SAFE_PATH)  # ``spawn`` runs ``python -c``, and passes no environment of its own
    return multiprocessing.get_context("spawn")


@contextlib.contextmanager
def without_interrupts() -> Iterator[None]:
    """Start processes that do not hear Ctrl-C, which this process keeps for the end of the block."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])  # inherited
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def end_workers(workers: Sequence[SpawnProcess], seconds: float) -> None:
    """Wait for worker processes that were asked to end; end those that still run after some seconds."""
    deadline = time.monotonic() + seconds
    for worker in workers:
        worker.join(max(0.0, deadline - time.monotonic()))
    for worker in workers:
        worker.terminate()
        worker.join()


def begin_worker() -> None:
    """In a worker process: leave Ctrl-C to the main process, and exit when that process ends, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


class WorkerProcess:
    """State of a worker process of a pool.

    Attributes:
        stop: Set to make it stop early.
    """

    stop: Any = threading.Event()

    @classmethod
    def begin(cls, stop: Any) -> None:
        """Leave Ctrl-C to the main process, and exit when that process ends, however it ends."""
        cls.stop = stop
        begin_worker()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
