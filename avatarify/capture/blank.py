"""No camera at all: blank frames at a steady rate, for a portrait that a voice moves."""

from __future__ import annotations

import threading
import time
from typing import Self

import numpy as np

from avatarify.capture.watchdog import Timeouts
from avatarify.frames import U8, Frame
from avatarify.messages import Message

NAME = "none"
_SIDE, _GRAY = 64, 96


class BlankSource:
    """Gray frames without a face.

    Args:
        fps: Frames per second.
    """

    live = True

    def __init__(self, fps: float) -> None:
        self.name, self.fps, self.timeouts = NAME, fps, Timeouts()
        self.warnings: list[Message] = []
        self._image: U8 = np.full((_SIDE, _SIDE, 3), _GRAY, np.uint8)
        self._index, self._started = 0, time.perf_counter()
        self._closing = threading.Event()

    def read(self) -> Frame | None:
        """Wait for the next moment; None once closed."""
        due = self._started + self._index / self.fps
        if self._closing.wait(max(0.0, due - time.perf_counter())):
            return None
        self._index = max(self._index + 1, int((time.perf_counter() - self._started) * self.fps))
        return Frame(self._image, self._index - 1, time.perf_counter())

    def close(self) -> None:
        """End; may be called twice."""
        self._closing.set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
