"""Progress on stderr: one line that is written over on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
from time import monotonic

_EVERY_S = {True: 0.2, False: 9.9}


class Progress:
    """Shows frames done, frames a second and time left."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._first: tuple[float, int] | None = None  # loading is over when the first frames are done
        self._shown = monotonic()
        self._width = 0

    def update(self, done: int, total: int | None) -> None:
        """Show the state now, if it is time to; ``total`` is None if nobody knows how many frames there will be."""
        now = monotonic()
        if self._first is None and done:
            self._first = now, done
        if self._first is None or done == self._first[1] or now - self._shown < _EVERY_S[self._terminal]:
            return
        self._shown = now
        self._write(_text(done, total, (done - self._first[1]) / (now - self._first[0])))

    def note(self, text: str) -> None:
        """Write a line that stays."""
        self.finish()
        sys.stderr.write(f"avatarify: {text}\n")

    def finish(self) -> None:
        """Clear the line on a terminal."""
        if self._width:
            sys.stderr.write("\r" + " " * self._width + "\r")
            sys.stderr.flush()
            self._width = 0

    def _write(self, text: str) -> None:
        if self._terminal:
            sys.stderr.write("\r" + text.ljust(self._width))
            self._width = len(text)
        else:
            sys.stderr.write(text + "\n")
        sys.stderr.flush()


def _text(done: int, total: int | None, fps: float) -> str:
    if total is None:
        return f"{done} frames, {fps:.1f} fps"
    return f"{done}/{total} frames, {fps:.1f} fps, {_time((total - done) / fps)} left"


def _time(seconds: float) -> str:
    whole = max(0, round(seconds))
    return f"{whole // 60}:{whole % 60:02d}"
