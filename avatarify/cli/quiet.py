"""Keeps what native libraries write to the terminal away from the user; our own lines still get through."""

from __future__ import annotations

import contextlib
import os
import sys
import warnings
from collections.abc import Iterator

_LOUDNESS = {
    "GLOG_minloglevel": "3",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "OPENCV_LOG_LEVEL": "SILENT",
    "OPENCV_FFMPEG_LOGLEVEL": "-8",
}


@contextlib.contextmanager
def quiet_libraries() -> Iterator[None]:
    """Silence file descriptor 2 and Python's warnings inside the block.

    Libraries in C++ write to the descriptor itself, some before any setting of theirs is read, so it is pointed at
    nothing, while ``sys.stderr`` goes on to the terminal.
    """
    for name, value in _LOUDNESS.items():
        os.environ.setdefault(name, value)
    with contextlib.ExitStack() as undo:
        undo.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        with contextlib.suppress(OSError):  # a program without a console has no descriptor 2
            undo.enter_context(_descriptor_2_to_nothing())
        yield


@contextlib.contextmanager
def _descriptor_2_to_nothing() -> Iterator[None]:
    terminal = os.dup(2)
    before = sys.stderr
    if before is not None and _writes_to(before, 2):
        before.flush()
        sys.stderr = os.fdopen(os.dup(terminal), "w", buffering=1, encoding=before.encoding, errors="backslashreplace")
    with open(os.devnull, "w", encoding="ascii") as nothing:
        os.dup2(nothing.fileno(), 2)
    try:
        yield
    finally:
        if sys.stderr is not before:
            sys.stderr.close()
        sys.stderr = before
        os.dup2(terminal, 2)
        os.close(terminal)


def _writes_to(stream: object, descriptor: int) -> bool:
    try:
        return bool(stream.fileno() == descriptor)  # type: ignore[attr-defined]
    except (AttributeError, OSError, ValueError):
        return False
