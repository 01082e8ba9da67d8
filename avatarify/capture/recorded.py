"""What video files and image folders have in common: loops, and delivery in real time."""

from __future__ import annotations

import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Generator
from typing import Self

from avatarify.capture.watchdog import Timeouts
from avatarify.frames import U8, Frame

Pictures = Generator[tuple[U8, float], None, None]

_GIVE_UP_S = 0.5  # a reader this late has stood still: go on from now instead of rushing after the clock


class Recorded(ABC):
    """Frames that wait: read as fast as wished, or paced like a camera.

    Attributes:
        name: The file's or folder's name.
        fps: Its own rate.
        live: Whether frames come in real time (``pace``).
        timeouts: Endless: a recording may rest and be black.
        warnings: What could not be read, one sentence each; complete once ``read`` has returned None.
    """

    timeouts = Timeouts()

    def __init__(self, name: str, fps: float, *, pace: bool, loop: bool) -> None:
        self.name, self.fps, self.live = name, fps, pace
        self.warnings: list[str] = []
        self._loop = loop
        self._clock = Clock() if pace else None
        self._closing = threading.Event()
        self._lock = threading.Lock()  # a decoder must not be closed while it decodes
        self._pictures = self._all()
        self._index = 0

    def read(self) -> Frame | None:
        """Block for the next frame (in real time if paced); None at the end or once closed.

        The frame's ``media_time`` counts from 0 at the first frame and goes on rising when the clip starts again.
        """
        with self._lock:
            found = None if self._closing.is_set() else next(self._pictures, None)
        if found is None:
            return None
        image, media_time = found
        if self._clock is not None:
            self._clock.wait_for(media_time, self._closing)
        frame = Frame(image, self._index, time.perf_counter(), media_time)
        self._index += 1
        return frame

    def close(self) -> None:
        """Let go of the file; a waiting ``read`` returns; may be called twice."""
        self._closing.set()
        with self._lock:
            self._pictures.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    @abstractmethod
    def _once(self) -> Pictures:
        """Yield every picture, (H, W, 3) uint8 RGB, with its time from the first one in seconds."""

    def _all(self) -> Pictures:
        start = 0.0
        while True:
            last = -1.0
            for image, at in self._once():
                last = at
                yield image, start + at
            if not self._loop or last < 0:
                return
            start += last + 1 / self.fps


class Clock:
    """Tells when a frame of a recording is due."""

    def __init__(self) -> None:
        self._start: float | None = None

    def wait_for(self, media_time: float, stop: threading.Event) -> None:
        """Wait until a frame is due that comes so many seconds after the first one, or until ``stop`` is set."""
        now = time.perf_counter()
        if self._start is None or now - self._start - media_time > _GIVE_UP_S:
            self._start = now - media_time
        stop.wait(max(0.0, self._start + media_time - now))
