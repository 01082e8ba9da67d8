"""Progress on stderr: one line that is overwritten on a terminal, a new line now and then elsewhere."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from time import monotonic
from typing import Self

from avatarify.engines.target import Watch
from avatarify.messages import Message, printable
from avatarify.pasteable import pasteable

_TERMINAL_S = 0.2  # between two updates on a terminal
_SLOW_START_S = 3.0  # after which a start that is still not done is explained
_SLOW_START = "Loading the model."


class ProgressLine:
    """One line of progress; any thread may call it.

    Args:
        every_s: Seconds between two lines of the same step where there is no terminal.
    """

    def __init__(self, every_s: float = 9.9) -> None:
        self._terminal = sys.stderr.isatty()
        self._every_s = _TERMINAL_S if self._terminal else every_s
        self._lock = threading.RLock()
        self._step = ""
        self._shown: float | None = float("-inf") if self._terminal else None
        self._width = 0
        self.warned: list[str] = []  # not to be repeated at the end

    def _due(self, step: str = "") -> bool:
        """Return whether the line should be written again: now and then, and at once for a new step."""
        if self._shown is None:
            self._shown = monotonic()  # where there is no terminal, short work is silent
        return step != self._step or monotonic() - self._shown >= self._every_s

    def show(self, text: object, fraction: float = 0.0, step: str = "") -> None:
        """Write a step and how much of it is done, if the line is due.

        Args:
            text: What is being done.
            fraction: How much of it is done, in [0, 1]; 0 if that is not known.
            step: A key that changes when a new step begins.
        """
        with self._lock:
            if self._due(step):
                self._step, self._shown = step, monotonic()
                self._write(f"{text} ({fraction:.0%})" if fraction else str(text))

    def note(self, text: object) -> None:
        """Write a line that stays."""
        with self._lock:
            self.finish()
            sys.stderr.write(f"avatarify: {printable(pasteable(str(text)))}\n")

    def step(self, text: object, fraction: float = 0.0) -> None:
        """Show a step of longer work; the text before the colon names what is worked on, shown at once when it is new.

        Args:
            text: What is being done.
            fraction: How much of it is done, in [0, 1]; 0 if that is not known.
        """
        self.show(text, fraction, step=str(text).partition(": ")[0])

    def warn(self, message: Message) -> None:
        """Write a warning that stays."""
        text = " ".join(str(message).split())
        self.warned.append(text)
        self.note(f"warning: {text}")

    def watch(self, cancelled: Callable[[], bool] = lambda: False) -> Watch:
        """Return what shows the opening of a model here."""
        return Watch(self.step, cancelled, self.note, self.warn)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.finish()

    def finish(self) -> None:
        """Clear the line on a terminal."""
        if self._width:
            sys.stderr.write("\r" + " " * self._width + "\r")
            sys.stderr.flush()
            self._width = 0

    def _write(self, text: str) -> None:
        text = printable(text)
        if self._terminal:
            sys.stderr.write("\r" + text.ljust(self._width))
            self._width = len(text)
        else:
            sys.stderr.write(text + "\n")
        sys.stderr.flush()


class FrameProgress(ProgressLine):
    """Frames done, frames per second and time left.

    As a context manager it also explains a start that takes long.

    Args:
        slow_start_s: Seconds without a frame before the explanation.
    """

    def __init__(self, slow_start_s: float = _SLOW_START_S) -> None:
        super().__init__()
        self._explaining = threading.Timer(slow_start_s, self.note, [_SLOW_START])
        self._first: tuple[float, int] | None = None  # loading is over when the first frames are done
        self._shown = monotonic()  # two frames are too few to know the rate

    def __enter__(self) -> Self:
        self._explaining.start()
        return self

    def note(self, text: object) -> None:
        """Write a line that stays; whatever it says, it explains a slow start well enough."""
        self._explaining.cancel()
        super().note(text)

    def finish(self) -> None:
        """Clear the line on a terminal; from now on, nothing needs to be explained."""
        self._explaining.cancel()
        super().finish()

    def update(self, done: int, total: int | None) -> None:
        """Show the state, if the line is due; ``total`` is None if the number of frames is not known."""
        now = monotonic()
        if self._first is None and done:
            self._first, self._step = (now, done), ""
            self._explaining.cancel()
        if self._first is None or done == self._first[1] or not self._due():
            return
        self.show(_text(done, total, (done - self._first[1]) / (now - self._first[0])))


def _text(done: int, total: int | None, fps: float) -> str:
    if total is None:
        return f"{done} frames, {fps:.1f} fps"
    return f"{done}/{total} frames, {fps:.1f} fps, {_time((total - done) / fps)} left"


def _time(seconds: float) -> str:
    whole = max(0, round(seconds))
    return f"{whole // 60}:{whole % 60:02d}"
