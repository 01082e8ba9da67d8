"""One slot between two threads: the newest wins, older ones are dropped and counted."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from avatarify.frames import Frame  # noqa: F401 - named in a string below, so that importing this stays cheap

T = TypeVar("T")


class Latest(Generic[T]):
    """Hands the newest item from one thread to another.

    An item that nobody took before the next one came is gone; ``dropped`` says how many were. After ``close`` the item
    still in the slot can be taken, then ``get`` returns None at once.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._item: T | None = None
        self._dropped = 0
        self._closed = False

    @property
    def dropped(self) -> int:
        """How many items were replaced before anybody took them."""
        with self._changed:
            return self._dropped

    @property
    def closed(self) -> bool:
        """Whether no more items will come."""
        with self._changed:
            return self._closed

    def put(self, item: T) -> None:
        """Offer an item; never blocks. After ``close`` it is ignored."""
        with self._changed:
            if self._closed:
                return
            self._dropped += self._item is not None
            self._item = item
            self._changed.notify()

    def get(self, timeout: float | None = None) -> T | None:
        """Wait for an item that was not taken yet.

        Args:
            timeout: Seconds to wait at most; None waits until one comes or the slot is closed.

        Returns:
            The item, or None when the time is over or the slot is closed and empty.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._item is not None or self._closed, timeout)
            item, self._item = self._item, None
            return item

    def close(self) -> None:
        """Wake everybody who waits; may be called twice and from any thread."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()


LatestFrame = Latest["Frame"]
