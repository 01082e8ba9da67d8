"""Measures how long the window's thread answers nothing, apart from what a busy machine makes everybody wait."""

import threading
import time
from typing import Any, Self

from PySide6.QtCore import QObject, Qt, QTimer

BEAT_S = 0.010


class Watchdog(QObject):
    """Beats on the window's thread; beside it another thread beats, which shares the processors and Python's lock.

    A wait of the window's thread counts less what the other thread waited at the same time: both wait when other
    programs take the processors, or other threads Python's lock. What the window's thread computed itself counts
    whole, however long the other one waited: it may have been for us.

    Attributes:
        gaps: Begin, end and computing of each wait of the window's thread, in seconds.
    """

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[Any] = []
        self._waits: list[Any] = []
        self._timer = QTimer(self, interval=round(BEAT_S * 1000), timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._ended = threading.Event()
        self._other = threading.Thread(target=self._beat_beside, name="watchdog", daemon=True)

    def __enter__(self) -> Self:
        self._last, self._computed = time.perf_counter(), time.thread_time()
        self._other.start()
        self._timer.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._timer.stop()
        self._ended.set()
        self._other.join()

    @property
    def longest(self) -> float:
        """The longest wait that was the window's own, in seconds."""
        return max((own_part(gap, self._waits) for gap in self.gaps), default=0.0)

    def _beat(self) -> None:
        now, computed = time.perf_counter(), time.thread_time()
        if now - self._last > 3 * BEAT_S:
            self.gaps.append((self._last, now, computed - self._computed))
        self._last, self._computed = now, computed

    def _beat_beside(self) -> None:
        last = time.perf_counter()
        while not self._ended.wait(BEAT_S / 2):
            now = time.perf_counter()
            if now - last > 1.2 * BEAT_S:
                self._waits.append((last, now))
            last = now


def own_part(gap: Any, waits: Any) -> Any:
    """Return what was computed in a gap, or the gap less what others waited in it: the longer one."""
    begin, end, computed = gap
    shared = sum(max(0.0, min(end, until) - max(begin, since)) for since, until in waits)
    return max(computed, end - begin - BEAT_S - shared)
