"""Counts and times of a run, in constant memory."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable

import numpy as np

from avatarify.messages import Message

STAGES = ("capture", "face", "keypoints", "generate", "compose", "output")
_BINS_PER_MS = 4
_LIMIT_MS = 2000
_MAX_WARNINGS = 50


class Histogram:
    """Counts milliseconds in bins of 0.25 ms: percentiles of any number of values in constant memory."""

    def __init__(self) -> None:
        self._bins = np.zeros(_LIMIT_MS * _BINS_PER_MS + 1, np.int64)  # the last one takes everything above
        self._greatest = 0.0

    def add(self, ms: float) -> None:
        """Count one value."""
        self._bins[max(0, min(int(ms * _BINS_PER_MS), len(self._bins) - 1))] += 1
        self._greatest = max(self._greatest, ms)

    def percentile(self, percent: float) -> float:
        """Return a percentile, 0 to 100, in milliseconds with a resolution of 0.25; 0 if nothing was counted."""
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
        clock: Seconds, for frames per second.

    Attributes:
        frames: How many frames were sent.
        faces_seen: In how many of them a face was known and usable.
        repeated: How many pictures were sent again.
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
        self._warnings: dict[str, Message] = {}
        self.frames = 0
        self.faces_seen = 0
        self.repeated = 0

    def stage(self, name: str, ms: float) -> None:
        """Add one time of a stage of ``STAGES``, in milliseconds."""
        with self._lock:
            count, total = self._stages[name]
            self._stages[name] = (count + 1, total + ms)

    def sent(self, latency_ms: float, *, face: bool) -> None:
        """Count a frame that was sent.

        Args:
            latency_ms: Milliseconds since it was grabbed.
            face: Whether its face was known and usable.
        """
        now = self._clock()
        with self._lock:
            self._latency.add(latency_ms)
            self._first_at = self._first_at or now
            self._last_at = now
            self._recent.append(now)
            self.frames += 1
            self.faces_seen += face

    def grabbed(self, at_s: float, width: int, height: int) -> None:
        """Count a frame of the camera: when it arrived, in seconds, and its size in pixels."""
        with self._lock:
            self._grabbed.append(at_s)
            self._camera_size = f"{width}x{height}"

    @property
    def camera_fps(self) -> float:
        """Frames per second that the camera delivered lately; 0 before the second one."""
        with self._lock:
            return _rate(self._grabbed)

    def repeat(self) -> None:
        """Count a picture that was sent again because there was no newer one."""
        with self._lock:
            self.repeated += 1

    def warn(self, warning: str | Message) -> None:
        """Keep a warning for the report; one with the same text is kept once."""
        message = Message.of(warning)
        with self._lock:
            if len(self._warnings) < _MAX_WARNINGS:
                self._warnings.setdefault(str(message), message)

    @property
    def warnings(self) -> list[Message]:
        """The warnings so far, in order."""
        with self._lock:
            return list(self._warnings.values())

    @property
    def recent_fps(self) -> float:
        """Frames per second over the last sixty frames; falls toward 0 while none is sent."""
        with self._lock:
            if len(self._recent) < 2:
                return 0.0
            return (len(self._recent) - 1) / max(self._clock() - self._recent[0], 1e-6)

    def snapshot(self, dropped: int = 0) -> dict[str, object]:
        """Return the numbers of the report: counts, frames per second, latency percentiles, mean time of each stage.

        Args:
            dropped: Frames that were grabbed and never sent.
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
