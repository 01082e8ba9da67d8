"""Ctrl-C and SIGTERM end training between two steps, with everything saved."""

from __future__ import annotations

import signal
import threading
from types import FrameType, TracebackType
from typing import Self


class Interruption:
    """Context in which the first SIGINT or SIGTERM is only recorded; a second one ends the process at once.

    Attributes:
        signal: Number of the recorded signal; 0 if none.
    """

    def __init__(self) -> None:
        self.signal = 0
        self._before: dict[int, signal.Handlers] = {}

    def _note(self, number: int, frame: FrameType | None) -> None:
        if self.signal:
            raise KeyboardInterrupt
        self.signal = number

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGINT, signal.SIGTERM):
                self._before[number] = signal.signal(number, self._note)  # type: ignore[assignment]
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)
