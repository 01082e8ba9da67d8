"""Sums up what happened from second to second, for the governor."""

from __future__ import annotations

from avatarify.live.governor import Second


class LoadMeter:
    """Collects animated frames into seconds. Seconds without any are left out: they say nothing about the load."""

    def __init__(self) -> None:
        self._since: float | None = None
        self._shown, self._worked_s = 0, 0.0
        self._missed_before = 0

    def frame(self, at_s: float, worked_s: float, missed: int) -> Second | None:
        """Count one animated frame.

        Args:
            at_s: When it was done, seconds.
            worked_s: How long the slowest stage worked on it, seconds.
            missed: Frames missed since the start.

        Returns:
            The second that ends with this frame, if one does.
        """
        if self._since is None or at_s - self._since > 2:  # nothing to animate for a while
            self._restart(at_s, missed)
            return None
        self._shown += 1
        self._worked_s += worked_s
        length_s = at_s - self._since
        if length_s < 1:
            return None
        missed_now = missed - self._missed_before
        second = Second(at_s, length_s, self._shown, missed_now, min(1.0, self._worked_s / length_s))
        self._restart(at_s, missed)
        return second

    def _restart(self, at_s: float, missed: int) -> None:
        self._since, self._missed_before = at_s, missed
        self._shown, self._worked_s = 0, 0.0
