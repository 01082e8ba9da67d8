"""A worker process that can be stopped and never outlives the process that started it."""

from __future__ import annotations

import threading
from typing import Any

from avatarify.children import begin_worker


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
        begin_worker()
