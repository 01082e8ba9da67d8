"""Colors on a terminal."""

from __future__ import annotations

import os
import sys
from typing import TextIO

RED, GREEN, YELLOW = 31, 32, 33


def colored(text: str, color: int, stream: TextIO | None = None) -> str:
    """Return a text in a color if the stream, standard output by default, is a terminal that shows colors.

    The environment decides as usual: ``NO_COLOR`` turns colors off, ``FORCE_COLOR`` on.
    """
    return f"\x1b[{color}m{text}\x1b[0m" if _shows_colors(stream or sys.stdout) else text


def _shows_colors(stream: TextIO) -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb" and sys.platform != "win32"
