"""A sink that fails by a script: to test what happens when virtual cameras fail."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Self

from avatarify.errors import VirtualCameraError
from avatarify.frames import U8, Size
from avatarify.output.sink import check_size


class ScriptedSink:
    """Looks at every picture; fails, or takes its time, at a picture given beforehand.

    Args:
        size: Size of the pictures.
        name: What it is called.
        look: Shown each picture it takes.
        fails_at: Number of the picture at which it fails, and at every later one; None for never.
        error: What it fails with.
        blocks_at: Number of the picture that it takes ``blocks_s`` seconds for.
        blocks_s: Seconds.

    Attributes:
        count: How many pictures it took.
        times: When it took each of the last ones, ``time.perf_counter()``.
        closed: How many times it was closed.
    """

    def __init__(
        self,
        size: Size,
        *,
        name: str = "scripted sink",
        look: Callable[[U8], None] = lambda image: None,
        fails_at: int | None = None,
        error: Exception | None = None,
        blocks_at: int | None = None,
        blocks_s: float = 2.0,
    ) -> None:
        self.name = name
        self.count, self.closed = 0, 0
        self.times: list[float] = []
        self._size = size
        self._look = look
        self._fails_at, self._error = (
            fails_at,
            error or VirtualCameraError("The virtual camera was lost.", "Start it again."),
        )
        self._blocks_at, self._blocks_s = blocks_at, blocks_s
        self._closing = threading.Event()

    def send(self, image: U8) -> None:
        """Take a picture, (H, W, 3) uint8 RGB, or fail as the script says.

        Raises:
            Exception: what the script says.
        """
        check_size(image, self._size)
        if self._fails_at is not None and self.count >= self._fails_at:
            raise self._error
        if self.count == self._blocks_at:
            self._closing.wait(self._blocks_s)
        self.count += 1
        self.times = [*self.times[-999:], time.perf_counter()]
        self._look(image)

    def close(self) -> None:
        """End; may be called twice."""
        self.closed += 1
        self._closing.set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
