"""A virtual screen (Xvfb) on which a program of the clean root opens its window."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import mss
import mss.tools
import numpy as np

_NUMBER = ":97"
_PATIENCE_S = 120
_COLORS = 200  # a blank screen, or one with an empty window, has fewer


class Screen:
    """The screen; ``DISPLAY`` names it meanwhile."""

    def __enter__(self) -> Self:
        self._process = subprocess.Popen(
            ["Xvfb", _NUMBER, "-screen", "0", "1280x800x24", "-nolisten", "tcp"], stderr=subprocess.DEVNULL
        )
        os.environ["DISPLAY"] = _NUMBER
        while not Path(f"/tmp/.X11-unix/X{_NUMBER[1:]}").exists():
            time.sleep(0.05)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._process.terminate()
        self._process.wait()
        del os.environ["DISPLAY"]

    def save(self, file: Path) -> int:
        """Write a screenshot; return how many colors it has."""
        with mss.mss(display=_NUMBER) as camera:
            picture = camera.grab(camera.monitors[0])
        mss.tools.to_png(picture.rgb, picture.size, output=str(file))
        return len(np.unique(np.frombuffer(picture.raw, np.uint32)))


def wait_for_window(screen: Screen, program: subprocess.Popen[str], file: Path) -> float:
    """Wait until a program has drawn its window; write a screenshot; return the seconds it took.

    Raises:
        SystemExit: It ended, or there is no window in time.
    """
    started = time.monotonic()
    while screen.save(file) < _COLORS:
        if program.poll() is not None:
            output = program.stdout.read() if program.stdout else ""
            raise SystemExit(f"The window did not open: {output}")
        if time.monotonic() - started > _PATIENCE_S:
            raise SystemExit("The window did not open in time.")
        time.sleep(0.2)
    seconds = time.monotonic() - started
    time.sleep(3)  # pictures that are listed in the background
    screen.save(file)
    return seconds
