"""When output pictures are due."""

from __future__ import annotations


class FramePacer:
    """Slots of equal length: one picture is sent in each, so the rate is steady in the long run.

    A picture is sent anywhere in its slot, as soon as it is there, and waits only if its slot is already used. After a
    pause longer than a slot, the missed slots are skipped, never made up for.

    Args:
        fps: Slots per second.
    """

    def __init__(self, fps: float) -> None:
        self._period = 1 / fps
        self._begins_at = 0.0

    @property
    def ends_at(self) -> float:
        """End of the current slot, in seconds of the clock given to ``start``."""
        return self._begins_at + self._period

    def start(self, now: float) -> None:
        """Begin the first slot."""
        self._begins_at = now

    def next(self, now: float) -> float:
        """Go to the next slot, or to the one that contains ``now`` if that is later; return when it begins."""
        slots = max(1, int((now - self._begins_at) / self._period))
        self._begins_at += slots * self._period
        return self._begins_at
