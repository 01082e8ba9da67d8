"""Measures how long the window's thread answers nothing."""

from __future__ import annotations

import threading
import time

from PySide6.QtCore import QObject, Qt, QTimer

BEAT_S = 0.010


class Watchdog(QObject):
    """Beats on the window's thread and, to compare with, on a plain one.

    A machine that is busy elsewhere keeps both waiting; what the window's thread waits longer than the plain one at the
    same time, is its own work.

    Attributes:
        longest_s: The longest time without an answer since the start, less what the plain thread waited then.
        at_s: When that was, in seconds since the start.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.longest_s = self.at_s = 0.0
        self._began = self._last = time.perf_counter()
        self._waits: list[tuple[float, float]] = []  # of the plain thread: until when, how long
        self._stop = threading.Event()
        self._timer = QTimer(self, interval=round(BEAT_S * 1000), timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._thread = threading.Thread(target=self._compare, name="avatarify-watchdog", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._last = self._began = time.perf_counter()
        self._timer.start()
        self._thread.start()

    def stop(self) -> None:
        """End."""
        self._timer.stop()
        self._stop.set()
        self._thread.join()

    def _beat(self) -> None:
        now = time.perf_counter()
        gap = now - self._last - BEAT_S
        if gap > 2 * BEAT_S:
            own = gap - self._others(self._last, now)
            if own > self.longest_s:
                self.longest_s, self.at_s = own, now - self._began
        self._last = now

    def _others(self, since: float, until: float) -> float:
        """Return how long the plain thread was kept waiting in a span of time."""
        return sum(max(0.0, min(until, end) - max(since, end - wait)) for end, wait in list(self._waits))

    def _compare(self) -> None:
        last = time.perf_counter()
        while not self._stop.wait(BEAT_S):
            now = time.perf_counter()
            wait = now - last - BEAT_S
            if wait > BEAT_S / 2:
                self._waits = [*self._waits[-200:], (now, wait)]
            last = now
