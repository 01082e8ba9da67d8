"""What video files and image folders have in common: looping, and delivery in real time."""

from __future__ import annotations

import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Generator
from typing import Self

from avatarify.capture.watchdog import Timeouts
from avatarify.frames import U8, Frame
from avatarify.messages import Message

Pictures = Generator[tuple[U8, float], None, None]

_GIVE_UP_S = 0.5  # a reader this late was paused: continue from now instead of catching up


class Recorded(ABC):
    """Frames from files: read as fast as the caller likes, or paced like a camera.

    Attributes:
        name: The file's or folder's name.
        fps: Its own rate, frames per second.
        live: Whether frames come in real time (``pace``).
        timeouts: None: a recording may be static or black.
        warnings: What could not be read; complete once ``read`` has returned None.
    """

    timeouts = Timeouts()

    def __init__(self, name: str, fps: float, *, pace: bool, loop: bool) -> None:
        self.name, self.fps, self.live = name, fps, pace
        self.warnings: list[Message] = []
        self._loop = loop
        self._clock = PlaybackClock() if pace else None
        self._closing = threading.Event()
        self._lock = threading.Lock()  # a decoder must not be closed while it decodes
        self._pictures = self._all()
        self._index = 0

    def read(self) -> Frame | None:
        """Wait for the next frame (in real time if paced), (H, W, 3) uint8 RGB; None at the end or once closed.

        The frame's ``media_time`` is 0 at the first frame and keeps rising when the clip starts over.
        """
        with self._lock:
            picture = None if self._closing.is_set() else next(self._pictures, None)
        if picture is None:
            return None
        image, media_time = picture
        if self._clock is not None:
            self._clock.wait_for(media_time, self._closing)
        frame = Frame(image, self._index, time.perf_counter(), media_time)
        self._index += 1
        return frame

    def close(self) -> None:
        """Release the file; a waiting ``read`` returns. May be called twice."""
        self._closing.set()
        with self._lock:
            self._pictures.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    @abstractmethod
    def _once(self) -> Pictures:
        """Yield every frame once, (H, W, 3) uint8 RGB, with its time since the first one in seconds."""

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


class PlaybackClock:
    """Waits until a frame of a recording is due."""

    def __init__(self) -> None:
        self._start: float | None = None

    def wait_for(self, media_time: float, stop: threading.Event) -> None:
        """Wait until the frame is due that is ``media_time`` seconds after the first one, or until ``stop`` is set."""
        now = time.perf_counter()
        if self._start is None or now - self._start - media_time > _GIVE_UP_S:
            self._start = now - media_time
        stop.wait(max(0.0, self._start + media_time - now))
