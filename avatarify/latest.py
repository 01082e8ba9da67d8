"""Slots between threads that hold the newest item only: for one reader that takes it, or for any number that look."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from avatarify.frames import Frame  # noqa: F401 - named in a string below, so that importing this stays cheap

T = TypeVar("T")


class Latest(Generic[T]):
    """Hands the newest item from one thread to another.

    An item that was not taken before the next one came is lost; ``dropped`` counts these. After ``close`` the item
    still in the slot can be taken, then ``get`` returns None at once.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._item: T | None = None
        self._dropped = 0
        self._closed = False

    @property
    def dropped(self) -> int:
        """How many items were replaced before they were taken."""
        with self._changed:
            return self._dropped

    @property
    def closed(self) -> bool:
        """Whether no more items will come."""
        with self._changed:
            return self._closed

    def put(self, item: T) -> None:
        """Replace the item; never blocks. Ignored after ``close``."""
        with self._changed:
            if self._closed:
                return
            self._dropped += self._item is not None
            self._item = item
            self._changed.notify_all()

    def get(self, timeout: float | None = None) -> T | None:
        """Wait for an item and take it.

        Args:
            timeout: Seconds to wait at most; None waits until an item comes or the slot is closed.

        Returns:
            The item, or None when the time is over or the slot is closed and empty.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._item is not None or self._closed, timeout)
            item, self._item = self._item, None
            self._changed.notify_all()
            return item

    def wait_taken(self, timeout: float | None = None) -> bool:
        """Wait until the slot is empty or closed; return whether it is, False after ``timeout`` seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: self._item is None or self._closed, timeout)

    def close(self) -> None:
        """Wake all threads that wait; may be called twice and from any thread."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()


LatestFrame = Latest["Frame"]


class LatestForAll(Generic[T]):
    """Shows the newest item to any number of threads; each waits for one newer than the last it saw."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._item: T | None = None
        self._number = 0
        self._closed = False

    @property
    def closed(self) -> bool:
        """Whether no more items will come."""
        with self._changed:
            return self._closed

    def put(self, item: T) -> None:
        """Replace the item and wake all threads that wait; never blocks."""
        with self._changed:
            self._item, self._number = item, self._number + 1
            self._changed.notify_all()

    def after(self, number: int) -> tuple[int, T] | None:
        """Wait for an item newer than ``number``.

        Args:
            number: Of the last item seen; 0 before the first.

        Returns:
            The item with its own number; None once the slot is closed.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._number > number)
            return None if self._closed or self._item is None else (self._number, self._item)

    def close(self) -> None:
        """Wake all threads that wait; may be called twice and from any thread."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
