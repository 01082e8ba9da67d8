"""The worker threads of one session: started together, and joined within a time limit."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from avatarify.errors import DeviceError


class WorkerThreads:
    """Named threads whose errors end the session.

    Args:
        on_failure: Called with the exception that a thread ended with.
    """

    def __init__(self, on_failure: Callable[[Exception], None]) -> None:
        self._on_failure = on_failure
        self._threads: dict[str, threading.Thread] = {}

    def __contains__(self, thread: threading.Thread) -> bool:
        return thread in self._threads.values()

    def add(self, name: str, body: Callable[[], None], finally_: Callable[[], None] = lambda: None) -> None:
        """Prepare a thread.

        Args:
            name: What it does; shown to the user if it hangs.
            body: What it runs.
            finally_: Runs after that, however it ended.
        """

        def guarded() -> None:
            try:
                body()
            except Exception as error:  # noqa: BLE001 - whatever ends a thread ends the session, with its reason
                self._on_failure(error)
            finally:
                finally_()

        self._threads[name] = threading.Thread(target=guarded, name=f"avatarify-{name}", daemon=True)

    def start(self) -> None:
        """Start all."""
        for thread in self._threads.values():
            thread.start()

    def join_one(self, name: str, timeout_s: float | None) -> bool:
        """Wait for a thread to end; False after the timeout."""
        self._threads[name].join(timeout_s)
        return not self._threads[name].is_alive()

    def join(self, timeout_s: float) -> None:
        """Wait for all threads.

        Raises:
            DeviceError: one has not ended in time.
        """
        deadline = time.monotonic() + timeout_s
        for name in self._threads:
            if not self.join_one(name, max(0.0, deadline - time.monotonic())):
                raise DeviceError(
                    "The {name} thread did not end within {seconds:.0f} s.",
                    "Unplug the camera or close the program that uses it, then start Avatarify again.",
                    name=name,
                    seconds=timeout_s,
                )
