"""The screen, or a part of it, as a source of frames: what another program shows."""

from __future__ import annotations

import re
import threading
import time
from typing import Any, Self

import numpy as np

from avatarify.capture.watchdog import Timeouts
from avatarify.errors import CameraError, UsageError, first_line
from avatarify.frames import U8, Frame
from avatarify.messages import Message

WORD = "screen"
_SMALLEST_SIDE = 32  # pixels
_SYNTAX = Message("Use screen, or screen:X,Y,WIDTHxHEIGHT in pixels from the top-left corner.")
_NO_SCREEN = Message("Use it on a machine with a screen. Under Wayland, capture the window with OBS instead.")


def is_screen(text: str) -> bool:
    """Return whether the text names the screen."""
    return text.partition(":")[0].strip().casefold() == WORD


class Screen:
    """Captures the screen, or a rectangle of it, at a fixed rate.

    Args:
        text: ``screen`` (the first monitor) or ``screen:X,Y,WxH``.
        fps: Frames per second.

    Raises:
        CameraError: there is no screen, or access is denied.
        UsageError: the rectangle is malformed, too small, or outside the screen.
    """

    live = True
    timeouts = Timeouts()  # none: a screen may be static or black

    def __init__(self, text: str, fps: float = 30.0) -> None:
        self.name = WORD
        self.warnings: list[Message] = []
        self.fps = fps
        self._closing = threading.Event()
        self._grabber: Any = None  # created by the reading thread: some systems bind it to a thread
        self._area = _area(text)
        self._due = time.perf_counter()
        self._index = 0

    def read(self) -> Frame | None:
        """Wait until the next frame is due and capture it, (H, W, 3) uint8 RGB; None once closed.

        Raises:
            CameraError: the screen can no longer be captured.
        """
        self._due = max(self._due + 1 / self.fps, time.perf_counter() - 1 / self.fps)
        if self._closing.wait(max(0.0, self._due - time.perf_counter())):
            self._release()
            return None
        self._grabber = self._grabber or _open_grabber()
        at = time.perf_counter()
        frame = Frame(_shot(self._grabber, self._area), self._index, at)
        self._index += 1
        return frame

    def close(self) -> None:
        """Stop; may be called twice, from any thread. The reading thread releases the screen."""
        self._closing.set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
        self._release()

    def _release(self) -> None:
        grabber, self._grabber = self._grabber, None
        if grabber is not None:
            grabber.close()


def _area(text: str) -> dict[str, int]:
    """Parse the rectangle and check that it lies on the screen."""
    grabber = _open_grabber()
    try:
        whole, first = grabber.monitors[0], grabber.monitors[1]
        area = _parse(text) or {side: first[side] for side in ("left", "top", "width", "height")}
        _shot(grabber, area if _inside(area, whole) else first)  # fail now rather than at the first read
    finally:
        grabber.close()
    if not _inside(area, whole):
        raise UsageError(
            "'{text}' is outside the screen, which is {width}x{height} pixels.",
            _SYNTAX,
            text=text,
            width=whole["width"],
            height=whole["height"],
        )
    return area


def _parse(text: str) -> dict[str, int] | None:
    if text.strip().casefold() == WORD:
        return None
    match = re.fullmatch(r"screen:(-?\d+),(-?\d+),(\d+)x(\d+)", text.strip().casefold())
    if match is None:
        raise UsageError("'{text}' is not a part of the screen.", _SYNTAX, text=text)
    left, top, width, height = map(int, match.groups())
    if min(width, height) < _SMALLEST_SIDE:
        raise UsageError(
            "'{text}' is too small.", "Each side must be at least {pixels} pixels.", text=text, pixels=_SMALLEST_SIDE
        )
    return {"left": left, "top": top, "width": width, "height": height}


def _inside(part: dict[str, int], whole: dict[str, int]) -> bool:
    return all(
        whole[start] <= part[start] and part[start] + part[length] <= whole[start] + whole[length]
        for start, length in (("left", "width"), ("top", "height"))
    )


def _open_grabber() -> Any:
    try:
        import mss

        return mss.MSS()
    except Exception as error:  # each system fails in its own way
        raise CameraError("The screen is not available ({reason}).", _NO_SCREEN, reason=first_line(error)) from error


def _shot(grabber: Any, area: dict[str, int]) -> U8:
    """Capture a part of the screen, (H, W, 3) uint8 RGB."""
    import cv2

    try:
        shot = grabber.grab(area)
    except Exception as error:
        raise CameraError("The screen cannot be captured ({reason}).", _NO_SCREEN, reason=first_line(error)) from error
    pixels = np.frombuffer(shot.raw, np.uint8).reshape(shot.height, shot.width, 4)
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGRA2RGB), np.uint8)  # five times as fast as slicing
