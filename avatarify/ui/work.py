"""Slow work beside the window; its result comes back on the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

T = TypeVar("T")
_THREADS = 4  # a start must not wait behind the finding of faces, nor a list behind the loading of libraries


class Worker(QObject):
    """Runs functions on a few background threads."""

    _finished = Signal(object, object)  # what to call, with what; from a background thread, delivered on ours

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="avatarify-window")
        self._closed = False
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def submit(self, work: Callable[[], T], then: Callable[[T], None], failed: Callable[[Exception], None]) -> None:
        """Run ``work`` in the background, then one of the others with its result on the window's thread."""

        def body() -> None:
            try:
                result = work()
            except Exception as error:  # noqa: BLE001  every failure is shown in the window
                self._finished.emit(failed, error)
            else:
                self._finished.emit(then, result)

        if not self._closed:
            self._pool.submit(body)

    def close(self) -> None:
        """Wait for what runs, forget what waits; results are no longer delivered."""
        self._closed = True
        self._pool.shutdown(wait=True, cancel_futures=True)

    @Slot(object, object)
    def _deliver(self, receiver: Callable[[Any], None], result: object) -> None:
        if not self._closed:
            receiver(result)
