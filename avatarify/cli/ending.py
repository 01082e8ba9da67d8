"""Signals that end a command: recordings are finished, devices are released, and the exit code names the signal."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType
from typing import NoReturn

INTERRUPTED = 128 + signal.SIGINT
# A closed terminal (SIGHUP) ends a command like SIGTERM; Windows has no such signal.
ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


@contextlib.contextmanager
def ended_by_signals() -> Iterator[None]:
    """Turn the first ``SIGTERM`` or ``SIGHUP`` inside the block into ``SystemExit``; later ones are ignored.

    Shells send ``SIGHUP`` twice. A signal that is ignored, as by ``nohup``, stays ignored. Does nothing on a
    thread other than the main one, where signals cannot be handled.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in ENDING}
    for number, handler in before.items():
        if handler is not signal.SIG_IGN:
            signal.signal(number, _end)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)


def interrupted_import(error: BaseException) -> int | None:
    """Return the exit code if an error says that a signal has interrupted the import of a library; else None.

    Libraries written in C++ turn what a signal's handler raises meanwhile into an ``ImportError`` or ``SystemError``.
    """
    cause: BaseException | None = error
    while isinstance(cause, ImportError | SystemError):
        cause = cause.__cause__ or cause.__context__
    if isinstance(cause, SystemExit):
        return int(cause.code or 0)
    return INTERRUPTED if isinstance(cause, KeyboardInterrupt) else None


def _end(number: int, frame: FrameType | None) -> NoReturn:
    for other in ENDING:
        signal.signal(other, signal.SIG_IGN)
    raise SystemExit(128 + number)
