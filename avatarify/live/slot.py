"""A place for one thing between two threads: the newest wins, nothing waits in a queue."""

from __future__ import annotations

import threading
from typing import Generic, TypeVar

T = TypeVar("T")


class Slot(Generic[T]):
    """Holds the newest item until it is taken.

    Attributes:
        dropped: Items replaced before anybody took them.
    """

    def __init__(self) -> None:
        self.dropped = 0
        self._item: T | None = None
        self._closed = False
        self._changed = threading.Condition()

    @property
    def finished(self) -> bool:
        """True when it is closed and nothing is left to take."""
        with self._changed:
            return self._closed and self._item is None

    def put(self, item: T) -> None:
        """Leave an item, in place of the one nobody took; ignored once closed."""
        with self._changed:
            if self._closed:
                return
            self.dropped += self._item is not None
            self._item = item
            self._changed.notify_all()

    def take(self, timeout_s: float) -> T | None:
        """Wait for an item and take it; None after the time-out, or when closed and empty."""
        with self._changed:
            self._changed.wait_for(lambda: self._item is not None or self._closed, max(0.0, timeout_s))
            item, self._item = self._item, None
            return item

    def close(self) -> None:
        """Say that no item follows, and wake who waits."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
