"""A part of the screen as a source: what another program shows."""

from __future__ import annotations

import re
import threading
import time
from typing import Any, Self

import numpy as np

from avatarify.capture.watchdog import Timeouts
from avatarify.errors import DeviceError, UsageError
from avatarify.frames import U8, Frame

WORD = "screen"
_LEAST = 32  # pixels of a side
_HINT = "Write screen, or screen:X,Y,WIDTHxHEIGHT in pixels from the upper left corner."
_NO_SCREEN = "Use it where a screen is; under Wayland take the window in with OBS instead."


def is_screen(text: str) -> bool:
    """Say whether a text means the screen."""
    return text.partition(":")[0].strip().casefold() == WORD


class Screen:
    """Takes the screen, or a rectangle of it, some times a second.

    Args:
        text: ``screen`` (the first monitor) or ``screen:X,Y,WxH``.
        fps: How often.

    Raises:
        DeviceError: there is no screen, or it may not be seen.
        UsageError: the rectangle is no rectangle, or lies outside.
    """

    live = True
    timeouts = Timeouts()  # a screen may rest and be black

    def __init__(self, text: str, fps: float = 30.0) -> None:
        self.name = WORD
        self.fps = fps
        self._closing = threading.Event()
        self._shooter: Any = None  # made by the thread that reads: some systems bind it to its thread
        self._area = _area(text)
        self._due = time.perf_counter()
        self._index = 0

    def read(self) -> Frame | None:
        """Block until the next picture is due; None once closed.

        Raises:
            DeviceError: the screen is gone.
        """
        self._due = max(self._due + 1 / self.fps, time.perf_counter() - 1 / self.fps)
        if self._closing.wait(max(0.0, self._due - time.perf_counter())):
            self._let_go()
            return None
        self._shooter = self._shooter or _shooter()
        at = time.perf_counter()
        frame = Frame(_shot(self._shooter, self._area), self._index, at)
        self._index += 1
        return frame

    def close(self) -> None:
        """End; may be called twice, from any thread. The reading thread lets go of the screen."""
        self._closing.set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
        self._let_go()

    def _let_go(self) -> None:
        shooter, self._shooter = self._shooter, None
        if shooter is not None:
            shooter.close()


def _area(text: str) -> dict[str, int]:
    """Read the rectangle and hold it against the screen that is there."""
    shooter = _shooter()
    try:
        whole, first = shooter.monitors[0], shooter.monitors[1]
        wanted = _parse(text) or {side: first[side] for side in ("left", "top", "width", "height")}
        _shot(shooter, wanted if _inside(wanted, whole) else first)  # find out now what would fail later
    finally:
        shooter.close()
    if not _inside(wanted, whole):
        size = f"{whole['width']}x{whole['height']}"
        raise UsageError(f"'{text}' lies outside of the screen, which has {size} pixels.", _HINT)
    return wanted


def _parse(text: str) -> dict[str, int] | None:
    if text.strip().casefold() == WORD:
        return None
    match = re.fullmatch(r"screen:(-?\d+),(-?\d+),(\d+)x(\d+)", text.strip().casefold())
    if match is None:
        raise UsageError(f"'{text}' is no part of the screen.", _HINT)
    left, top, width, height = map(int, match.groups())
    if min(width, height) < _LEAST:
        raise UsageError(f"'{text}' is too small.", f"Take at least {_LEAST} pixels each way.")
    return {"left": left, "top": top, "width": width, "height": height}


def _inside(part: dict[str, int], whole: dict[str, int]) -> bool:
    return all(
        whole[start] <= part[start] and part[start] + part[length] <= whole[start] + whole[length]
        for start, length in (("left", "width"), ("top", "height"))
    )


def _shooter() -> Any:
    try:
        import mss

        return mss.MSS()
    except Exception as error:  # each system fails in its own way
        raise DeviceError(f"The screen cannot be seen ({_line(error)}).", _NO_SCREEN) from error


def _shot(shooter: Any, area: dict[str, int]) -> U8:
    try:
        shot = shooter.grab(area)
    except Exception as error:
        raise DeviceError(f"The screen cannot be taken ({_line(error)}).", _NO_SCREEN) from error
    pixels = np.frombuffer(shot.raw, np.uint8).reshape(shot.height, shot.width, 4)
    return np.ascontiguousarray(pixels[..., 2::-1])


def _line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0].rstrip(".")
