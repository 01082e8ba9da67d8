"""Timing and mean losses of one run."""

from __future__ import annotations

import math
import time

_WARM_UP = 3  # steps that are not timed, because compilers and caches warm up
_REPORT_S = 10.0


class Clock:
    """Counts steps and seconds since its creation.

    Args:
        batch: Samples per step.
    """

    def __init__(self, batch: int) -> None:
        self._began = self._saved = self._reported = time.monotonic()
        self._batch, self._done, self._warm_at, self._pause_s = batch, 0, math.nan, 0.0

    def tick(self) -> None:
        """Count a step."""
        self._done += 1
        if self._done == _WARM_UP:
            self._warm_at = time.monotonic()

    def seconds(self) -> float:
        """Return the seconds of this run."""
        return time.monotonic() - self._began

    def since_save(self) -> float:
        """Return the seconds since the last checkpoint of this run, or its start."""
        return time.monotonic() - self._saved

    def saved(self) -> None:
        """Note a checkpoint."""
        self._saved = time.monotonic()

    def report_is_due(self) -> bool:
        """Return True after the first step and then at growing intervals, up to ten seconds."""
        if time.monotonic() - self._reported < self._pause_s:
            return False
        self._reported, self._pause_s = time.monotonic(), min(_REPORT_S, self._pause_s + 1)
        return True

    def samples_per_s(self) -> float:
        """Return samples per second of this run, everything included; NaN during the first steps."""
        done = self._done - _WARM_UP
        return done * self._batch / (time.monotonic() - self._warm_at) if done > 0 else math.nan


class Means:
    """Mean losses between two reports.

    Attributes:
        last: The losses of the last step.
    """

    def __init__(self) -> None:
        self._sums: dict[str, float] = {}
        self._count = 0
        self.last: dict[str, float] = {}

    def add(self, losses: dict[str, float]) -> None:
        """Add a step's losses by name."""
        self._count += 1
        for name, value in losses.items():
            self._sums[name] = self._sums.get(name, 0.0) + value
        self.last = losses

    def take(self) -> dict[str, float]:
        """Return the means and reset them."""
        means = {name: value / self._count for name, value in self._sums.items()}
        self._sums, self._count = {}, 0
        return means
