"""Plausible frame times and numbers, whatever a source reports."""

from __future__ import annotations

from dataclasses import replace

from avatarify.frames import Frame

_OLDEST_S = 5.0  # a frame that claims to be older has a wrong time


class FrameStamps:
    """Makes times rise and stay near now, and numbers rise.

    Attributes:
        invalid: Whether a source has reported a wrong time.
    """

    def __init__(self) -> None:
        self.invalid = False
        self._last_at = float("-inf")
        self._last_index = -1
        self._shift = 0

    def restart(self) -> None:
        """Expect frame 0 of a source that was opened again."""
        self._shift = self._last_index + 1

    def correct(self, frame: Frame, now: float) -> Frame:
        """Return the frame with a time from which latency and pauses can be computed.

        Args:
            frame: As the source gave it.
            now: ``time.perf_counter()`` in seconds when it arrived; replaces a wrong time.
        """
        at, index = frame.captured_at, frame.index + self._shift
        if not max(now - _OLDEST_S, self._last_at) <= at <= now:  # true for NaN too
            at, self.invalid = now, True
        if index <= self._last_index:
            index = self._last_index + 1
        self._last_at, self._last_index = at, index
        if (at, index) == (frame.captured_at, frame.index):
            return frame
        return replace(frame, captured_at=at, index=index)
