"""Background work; results are delivered on the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

T = TypeVar("T")
_THREADS = 4  # a start must not wait for face detection, nor a list for the loading of libraries


class Worker(QObject):
    """Runs functions on background threads."""

    _finished = Signal(object, object)  # callback and result; emitted on a background thread

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="avatarify-window")
        self._closed = False
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def submit(self, work: Callable[[], T], then: Callable[[T], None], failed: Callable[[Exception], None]) -> None:
        """Run ``work`` in the background, then call ``then`` or ``failed`` on the window's thread.

        A method of a widget that has been closed meanwhile is not called.
        """

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
        """Wait for running work and cancel the rest; results are no longer delivered."""
        self._closed = True
        self._pool.shutdown(wait=True, cancel_futures=True)

    @Slot(object, object)
    def _deliver(self, receiver: Callable[[Any], None], result: object) -> None:
        if not self._closed and _exists(receiver):
            receiver(result)


def _exists(receiver: object) -> bool:
    """Return whether the widget of this method still exists."""
    if isinstance(receiver, partial):
        return _exists(receiver.func)
    owner = getattr(receiver, "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)
