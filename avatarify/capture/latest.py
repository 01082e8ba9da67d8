"""One slot between two threads: the newest frame wins, older ones are dropped and counted."""

from __future__ import annotations

import threading

from avatarify.frames import Frame


class LatestFrame:
    """Hands the newest frame from the capture thread to the worker.

    A frame that nobody took before the next one came is gone; ``dropped`` says how many were. After ``close`` the
    frame still in the slot can be taken, then ``get`` returns None at once.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._frame: Frame | None = None
        self._dropped = 0
        self._closed = False

    @property
    def dropped(self) -> int:
        """How many frames were replaced before anybody took them."""
        with self._changed:
            return self._dropped

    @property
    def closed(self) -> bool:
        """Whether no more frames will come."""
        with self._changed:
            return self._closed

    def put(self, frame: Frame) -> None:
        """Offer a frame; never blocks. After ``close`` it is ignored."""
        with self._changed:
            if self._closed:
                return
            self._dropped += self._frame is not None
            self._frame = frame
            self._changed.notify()

    def get(self, timeout: float | None = None) -> Frame | None:
        """Wait for a frame that was not taken yet.

        Args:
            timeout: Seconds to wait at most; None waits until a frame comes or the slot is closed.

        Returns:
            The frame, or None when the time is over or the slot is closed and empty.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._frame is not None or self._closed, timeout)
            frame, self._frame = self._frame, None
            return frame

    def close(self) -> None:
        """Wake everybody who waits; may be called twice and from any thread."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
