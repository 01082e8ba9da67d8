"""A worker process that can be stopped and never outlives the process that started it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from typing import Any


class WorkerProcess:
    """State of a worker process.

    Attributes:
        stop: Set to make it stop early.
    """

    stop: Any = threading.Event()

    @classmethod
    def begin(cls, stop: Any) -> None:
        """Leave Ctrl-C to the main process, and exit when that process ends, however it ends."""
        cls.stop = stop
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
