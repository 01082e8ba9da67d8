"""Counts and times of a run, in memory that does not grow."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable

import numpy as np

STAGES = ("capture", "face", "keypoints", "generate", "compose", "output")
_BINS_PER_MS = 4
_LIMIT_MS = 2000
_MAX_WARNINGS = 50


class Histogram:
    """Milliseconds counted in bins of a quarter, so that percentiles of any number of values cost the same memory."""

    def __init__(self) -> None:
        self._bins = np.zeros(_LIMIT_MS * _BINS_PER_MS + 1, np.int64)  # the last one takes everything above
        self._greatest = 0.0

    def add(self, ms: float) -> None:
        """Count one value."""
        self._bins[max(0, min(int(ms * _BINS_PER_MS), len(self._bins) - 1))] += 1
        self._greatest = max(self._greatest, ms)

    def percentile(self, percent: float) -> float:
        """Return the value that this share of all values does not exceed, to a quarter of a millisecond; 0 if empty."""
        total = int(self._bins.sum())
        if total == 0:
            return 0.0
        place = int(np.searchsorted(np.cumsum(self._bins), total * percent / 100))
        if place >= len(self._bins) - 1:
            return self._greatest
        return min((place + 1) / _BINS_PER_MS, self._greatest)


class Metrics:
    """Collects from all threads; ``snapshot`` gives the report.

    Args:
        clock: Seconds, for frames a second.
    """

    def __init__(self, clock: Callable[[], float] = time.perf_counter) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._latency = Histogram()
        self._stages = dict.fromkeys(STAGES, (0, 0.0))
        self._recent: deque[float] = deque(maxlen=61)
        self._grabbed: deque[float] = deque(maxlen=151)
        self._camera_size = ""
        self._first_at = 0.0
        self._last_at = 0.0
        self._warnings: list[str] = []
        self.frames = 0
        self.faces_seen = 0
        self.repeated = 0

    def stage(self, name: str, ms: float) -> None:
        """Add one time of a stage, milliseconds."""
        with self._lock:
            count, total = self._stages[name]
            self._stages[name] = (count + 1, total + ms)

    def handed(self, latency_ms: float, *, face: bool) -> None:
        """Count a frame that went out, with the time since it was grabbed in milliseconds."""
        now = self._clock()
        with self._lock:
            self._latency.add(latency_ms)
            self._first_at = self._first_at or now
            self._last_at = now
            self._recent.append(now)
            self.frames += 1
            self.faces_seen += face

    def grabbed(self, at_s: float, width: int, height: int) -> None:
        """Count a frame that the camera gave at a time, in seconds, with its size in pixels."""
        with self._lock:
            self._grabbed.append(at_s)
            self._camera_size = f"{width}x{height}"

    @property
    def camera_fps(self) -> float:
        """Frames a second that the camera really gave lately; 0 before the second one."""
        with self._lock:
            return _rate(self._grabbed)

    def repeat(self) -> None:
        """Count a picture that went out again, for want of a newer one."""
        with self._lock:
            self.repeated += 1

    def warn(self, text: str) -> None:
        """Keep a warning for the report, once."""
        with self._lock:
            if text not in self._warnings and len(self._warnings) < _MAX_WARNINGS:
                self._warnings.append(text)

    @property
    def warnings(self) -> list[str]:
        """The warnings so far, in order."""
        with self._lock:
            return list(self._warnings)

    @property
    def recent_fps(self) -> float:
        """Frames a second over the last sixty frames; falls towards 0 while none goes out."""
        with self._lock:
            if len(self._recent) < 2:
                return 0.0
            return (len(self._recent) - 1) / max(self._clock() - self._recent[0], 1e-6)

    def snapshot(self, dropped: int = 0) -> dict[str, object]:
        """Return the figures of the report: counts, frames a second, latency percentiles, mean time of each stage.

        Args:
            dropped: Frames that were grabbed and never went out.
        """
        with self._lock:
            span = self._last_at - self._first_at
            return {
                "frames": self.frames,
                "fps": round((self.frames - 1) / span, 2) if span > 0 else 0.0,
                "dropped": dropped,
                "latency_ms": {f"p{p}": round(self._latency.percentile(p), 2) for p in (50, 95, 99)},
                "stages_ms": {name: round(t / n, 3) if n else 0.0 for name, (n, t) in self._stages.items()},
                "faces_seen": self.faces_seen,
                "repeated": self.repeated,
                "camera_fps": round(_rate(self._grabbed), 2),
                "camera_size": self._camera_size,
            }


def _rate(times: deque[float]) -> float:
    span = times[-1] - times[0] if len(times) > 1 else 0.0
    return (len(times) - 1) / span if span > 0 else 0.0
