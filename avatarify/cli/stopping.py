"""Stops long work between its steps on the first signal, and at once where a step takes too long."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Iterator
from types import FrameType

from avatarify.cli.ending import ENDING
from avatarify.cli.signal_watch import heard
from avatarify.locks import Cancelled

_GRACE_S = 2.0  # a compiler may be at work for half a minute and cannot be interrupted


class Stop:
    """Whether the user has asked to stop, by Ctrl-C, ``SIGTERM``, or ``SIGHUP``.

    Attributes:
        signal: Number of the signal; 0 before it.
    """

    def __init__(self) -> None:
        self.signal = 0
        self._over = threading.Event()

    def requested(self) -> bool:
        """Return whether the work should stop."""
        return self.signal != 0

    def over(self) -> None:
        """Say that the work has ended."""
        self._over.set()

    def heed(self, number: int) -> None:
        """Remember a signal, and end the process if the work goes on."""
        self.signal = number
        sys.stderr.write("avatarify: stopping\n")
        if not self._over.wait(_GRACE_S):
            os._exit(128 + number)  # files appear complete or not at all; the next start removes what is left


@contextlib.contextmanager
def stoppable() -> Iterator[Stop]:
    """Let a signal stop the work of the block, which polls ``Stop.requested``.

    Raises:
        SystemExit: A signal has stopped it; with the exit code 128 plus its number.
    """
    stop = Stop()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    heeded = [number for number in (signal.SIGINT, *ENDING) if signal.getsignal(number) is not signal.SIG_IGN]
    before = {number: signal.signal(number, _leave) for number in heeded}
    try:
        with heard((signal.SIGINT, *ENDING), stop.heed):
            try:
                yield stop
            finally:
                stop.over()
    except Cancelled as error:
        sys.stderr.write(f"avatarify: {error}\n")
        raise SystemExit(128 + stop.signal) from None
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _leave(number: int, frame: FrameType | None) -> None:
    """Leave the signal to the thread that reads the descriptor."""
