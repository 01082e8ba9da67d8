"""Keeps what native libraries write to stderr away from the user; our own lines still get through."""

from __future__ import annotations

import contextlib
import os
import re
import sys
import tempfile
import threading
import warnings
from collections.abc import Iterator

_LOG_LEVELS = {
    "GLOG_minloglevel": "3",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "OPENCV_LOG_LEVEL": "SILENT",
    "OPENCV_FFMPEG_LOGLEVEL": "-8",
}
_MEDIAPIPE = re.compile(
    rb"WARNING: Logging before InitGoogle|WARNING: All log messages before absl|INFO: Created TensorFlow Lite"
    rb"|[IW]\d{4} [\d:.]+ +\d+ \w+\.cc:\d+\] "
)
_mediapipe_lock = threading.Lock()


@contextlib.contextmanager
def quiet_libraries() -> Iterator[None]:
    """Discard what is written to file descriptor 2, and Python's warnings, inside the block.

    C++ libraries write to the descriptor itself, some before they read any setting. ``sys.stderr`` is moved to a copy
    of the terminal's descriptor, so our own lines are shown.
    """
    for name, value in _LOG_LEVELS.items():
        os.environ.setdefault(name, value)
    with contextlib.ExitStack() as undo:
        undo.enter_context(warnings.catch_warnings())
        warnings.simplefilter("ignore")
        with contextlib.suppress(OSError):  # a program without a console has no descriptor 2
            undo.enter_context(_discarded())
        yield


def quiet_opencv() -> None:
    """Keep OpenCV from writing to stderr about files and devices that it cannot read; our own messages cover that."""
    import cv2

    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)


@contextlib.contextmanager
def quiet_mediapipe() -> Iterator[None]:
    """Hold back file descriptor 2 inside the block, then pass on all lines except MediaPipe's.

    Its libraries write to the descriptor itself and read no setting before their first line. Does nothing in a
    program without a console.
    """
    with _mediapipe_lock, tempfile.TemporaryFile() as held:
        try:
            terminal = os.dup(2)
        except OSError:
            yield
            return
        try:
            with _redirected(terminal, held.fileno()):
                yield
        finally:
            held.seek(0)
            _pass_on(held.read())


@contextlib.contextmanager
def _redirected(terminal: int, target: int) -> Iterator[None]:
    """Point descriptor 2 at another one inside the block; ``terminal`` is a copy of it, closed at the end."""
    os.dup2(target, 2)
    try:
        yield
    finally:
        os.dup2(terminal, 2)
        os.close(terminal)


@contextlib.contextmanager
def _discarded() -> Iterator[None]:
    terminal = os.dup(2)
    before = sys.stderr
    if before is not None and _writes_to(before, 2):
        before.flush()
        sys.stderr = os.fdopen(os.dup(terminal), "w", buffering=1, encoding=before.encoding, errors="backslashreplace")
    with open(os.devnull, "w", encoding="ascii") as nothing, _redirected(terminal, nothing.fileno()):
        try:
            yield
        finally:
            if sys.stderr is not before:
                sys.stderr.close()
            sys.stderr = before


def _writes_to(stream: object, descriptor: int) -> bool:
    try:
        return bool(stream.fileno() == descriptor)  # type: ignore[attr-defined]
    except (AttributeError, OSError, ValueError):
        return False


def _pass_on(text: bytes) -> None:
    lines = [line for line in text.splitlines(keepends=True) if not _MEDIAPIPE.match(line)]
    if lines:
        os.write(2, b"".join(lines))
