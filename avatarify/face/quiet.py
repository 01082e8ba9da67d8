"""Keeps MediaPipe's greetings off the terminal without losing what others write meanwhile."""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
import threading
from collections.abc import Iterator

_NOISE = re.compile(
    rb"WARNING: Logging before InitGoogle|WARNING: All log messages before absl|INFO: Created TensorFlow Lite"
    rb"|[IW]\d{4} [\d:.]+ +\d+ \w+\.cc:\d+\] "
)
_one_at_a_time = threading.Lock()


@contextlib.contextmanager
def quiet_mediapipe() -> Iterator[None]:
    """Hold back file descriptor 2 inside the block, then pass on all lines but MediaPipe's.

    Its libraries write to the descriptor itself and read no setting before their first line. Does nothing in a
    program without a terminal.
    """
    with _one_at_a_time, tempfile.TemporaryFile() as held:
        try:
            terminal = os.dup(2)
        except OSError:
            yield
            return
        os.dup2(held.fileno(), 2)
        try:
            yield
        finally:
            os.dup2(terminal, 2)
            os.close(terminal)
            held.seek(0)
            _pass_on(held.read())


def _pass_on(text: bytes) -> None:
    lines = [line for line in text.splitlines(keepends=True) if not _NOISE.match(line)]
    if lines:
        os.write(2, b"".join(lines))
