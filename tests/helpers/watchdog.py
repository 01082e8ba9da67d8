"""Measures how long the window's thread answers nothing, apart from what a busy machine makes everybody wait."""

import subprocess
import sys
import time

from PySide6.QtCore import QObject, Qt, QTimer

BEAT_S = 0.010
METRONOME = """
import sys, time
last = time.perf_counter()
print("ready", flush=True)
while True:
    time.sleep(0.005)
    now = time.perf_counter()
    if now - last > 0.012:
        print(last, now, flush=True)
    last = now
"""


class Watchdog(QObject):
    """Beats on the window's thread; beside it another process beats, which shares the machine but no lock with us.

    ``blocked`` gives the waits of the window's thread that the other process did not have at the same time.
    """

    def __init__(self):
        super().__init__()
        self._gaps = []
        self._timer = QTimer(self, interval=round(BEAT_S * 1000), timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def __enter__(self):
        self._other = subprocess.Popen([sys.executable, "-c", METRONOME], stdout=subprocess.PIPE, text=True)
        assert self._other.stdout.readline() == "ready\n"
        self._last = time.perf_counter()
        self._timer.start()
        return self

    def __exit__(self, *exc):
        self._timer.stop()
        self._other.kill()
        words, _ = self._other.communicate()
        lines = [line.split() for line in words.splitlines()]
        waits = [(float(line[0]), float(line[1])) for line in lines if len(line) == 2]
        self._blocked = [(own_part(gap, waits), gap[0]) for gap in self._gaps]

    @property
    def longest(self):
        """The longest wait of the window's thread alone, and when it began, in seconds."""
        return max(self._blocked, default=(0.0, 0.0))

    def _beat(self):
        now = time.perf_counter()
        if now - self._last > 3 * BEAT_S:
            self._gaps.append((self._last, now))
        self._last = now


def own_part(gap, waits):
    """Return the length of a gap less what others waited in it."""
    shared = sum(max(0.0, min(gap[1], end) - max(gap[0], begin)) for begin, end in waits)
    return gap[1] - gap[0] - BEAT_S - shared
