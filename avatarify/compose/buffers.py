"""Memory for output pictures, used again once nobody has the picture any more."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Any

import numpy as np

from avatarify.compose.regions import Regions
from avatarify.frames import U8

_KEPT = 6  # free buffers; a live session has about four pictures in use


@dataclass(eq=False)
class PictureBuffer:
    """The memory of one picture.

    Attributes:
        pixels: (H, W, 3) uint8 RGB, for the thread that took the buffer.
        method: What drew into it last; None: it is blank.
        drawn: The parts that it drew.
        below: (h, w, 3) uint8 RGB, what the badge covers; None without a badge.
    """

    pixels: U8
    method: object = None
    drawn: Regions | None = None
    below: U8 | None = None


class PictureBuffers:
    """A few buffers of one size.

    A buffer comes back when Python would free the picture's memory: every view of an array, and everything else that
    shows its memory, keeps the array alive. So a picture that anybody still has is never written to, however many
    there are and whichever threads have them.

    Args:
        blank: (H, W, 3) uint8 RGB, what a new buffer shows.
    """

    def __init__(self, blank: U8) -> None:
        self._blank = blank
        self._free: deque[PictureBuffer] = deque(maxlen=_KEPT)

    def take(self) -> PictureBuffer:
        """Return a buffer that nobody else has; it shows what was drawn into it last."""
        try:
            return self._free.pop()
        except IndexError:
            return PictureBuffer(self._blank.copy())

    def clear(self, buffer: PictureBuffer) -> None:
        """Make a buffer blank."""
        np.copyto(buffer.pixels, self._blank)
        buffer.method = buffer.drawn = buffer.below = None

    def lend(self, buffer: PictureBuffer) -> U8:
        """Return the picture in a buffer, read-only; once it and all its views are gone, the buffer can be taken."""
        return np.asarray(_Loan(buffer, self._free))


class _Loan:
    """The owner of an array's memory as NumPy sees it; it lives as long as the array or a view of it."""

    def __init__(self, buffer: PictureBuffer, free: deque[PictureBuffer]) -> None:
        self._buffer = buffer
        self._free = free
        described = buffer.pixels.__array_interface__
        self.__array_interface__: dict[str, Any] = {**described, "data": (described["data"][0], True)}

    def __del__(self) -> None:
        self._free.append(self._buffer)  # safe on any thread
