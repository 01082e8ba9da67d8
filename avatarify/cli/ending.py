"""Signals that end a command: recordings are finished, devices are released, and the exit code names the signal."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Iterator
from types import FrameType
from typing import NoReturn

from avatarify.cli.signal_watch import heard, wake_main_thread

INTERRUPTED = 128 + signal.SIGINT
# A closed terminal (SIGHUP) ends a command like SIGTERM; Windows has no such signal.
ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))


_SOON_S, _GRACE_S = 0.2, 3.0  # a compiler may be at work for half a minute and cannot be interrupted


@contextlib.contextmanager
def ended_by_signals(*, promptly: bool = False) -> Iterator[None]:
    """Turn the first ``SIGTERM`` or ``SIGHUP`` inside the block into ``SystemExit``; later ones are ignored.

    Shells send ``SIGHUP`` twice. A signal that is ignored, as by ``nohup``, stays ignored. Does nothing on a
    thread other than the main one, where signals cannot be handled.

    Args:
        promptly: End the process if a library is at work when a signal comes, Ctrl-C too, and goes on for seconds.
            Files appear complete or not at all.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    handling = _Handling()
    before = {number: signal.getsignal(number) for number in ENDING}
    for number, handler in before.items():
        if handler is not signal.SIG_IGN:
            signal.signal(number, handling.end)
    try:
        with handling.prompt() if promptly else contextlib.nullcontext():
            yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)


class _Handling:
    """Handlers that note that they have run: from then on the command ends in order, however long that takes."""

    def __init__(self) -> None:
        self._begun = threading.Event()

    def end(self, number: int, frame: FrameType | None) -> NoReturn:
        """Handle ``SIGTERM`` and ``SIGHUP``."""
        self._begun.set()
        for other in ENDING:
            signal.signal(other, signal.SIG_IGN)
        raise SystemExit(128 + number)

    def interrupt(self, number: int, frame: FrameType | None) -> NoReturn:
        """Handle Ctrl-C."""
        self._begun.set()
        raise KeyboardInterrupt

    @contextlib.contextmanager
    def prompt(self) -> Iterator[None]:
        """End the process when a signal waits for its handler for too long."""
        ours = signal.getsignal(signal.SIGINT) is signal.default_int_handler
        if ours:
            signal.signal(signal.SIGINT, self.interrupt)
        try:
            with heard((signal.SIGINT, *ENDING), self._insist):
                try:
                    yield
                finally:
                    self._begun.set()
        finally:
            if ours:
                signal.signal(signal.SIGINT, signal.default_int_handler)

    def _insist(self, number: int) -> None:
        # A signal that reached another thread does not wake a main thread that waits for a lock.
        if not self._begun.wait(_SOON_S):
            wake_main_thread()
        if not self._begun.wait(_GRACE_S):
            os._exit(128 + number)


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
