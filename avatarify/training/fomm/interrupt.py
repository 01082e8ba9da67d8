"""Ctrl-C, SIGTERM, and SIGHUP end training between two steps, with everything saved."""

from __future__ import annotations

import signal
import threading
from types import FrameType, TracebackType
from typing import Self

_NUMBERS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


class Interruption:
    """Context in which the first of these signals is only recorded; a second Ctrl-C ends the process at once.

    Shells send SIGHUP twice. A signal that is ignored, as by ``nohup``, stays ignored.

    Attributes:
        signal: Number of the recorded signal; 0 if none.
    """

    def __init__(self) -> None:
        self.signal = 0
        self._before: dict[int, signal.Handlers] = {}

    def _note(self, number: int, frame: FrameType | None) -> None:
        if self.signal and number == signal.SIGINT:
            raise KeyboardInterrupt
        self.signal = self.signal or number

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            for number in _NUMBERS:
                if signal.getsignal(number) is not signal.SIG_IGN:
                    self._before[number] = signal.signal(number, self._note)  # type: ignore[assignment]
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
