"""Hears signals even while a library is at work, which Python's own handlers wait for."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Callable, Iterator
from types import FrameType

_WAKING: signal.Signals | None = getattr(signal, "SIGURG", None)  # ignored by default, and used by nobody else


@contextlib.contextmanager
def heard(numbers: tuple[int, ...], listener: Callable[[int], None]) -> Iterator[None]:
    """Call a function with the number of the first signal that comes inside the block, on a thread of its own.

    Call it on the main thread. The signals need handlers, which run as usual.

    Args:
        numbers: The signals; others are not heard.
        listener: The block's end waits for it.
    """
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    thread = threading.Thread(target=_listen, args=(reading, numbers, listener), name="avatarify-signals", daemon=True)
    before = signal.set_wakeup_fd(writing)
    if _WAKING is not None:
        signal.signal(_WAKING, _do_nothing)
    thread.start()
    try:
        yield
    finally:
        signal.set_wakeup_fd(before)
        os.write(writing, b"\0")
        thread.join()
        for end in (reading, writing):
            os.close(end)


def wake_main_thread() -> None:
    """Let the main thread run the handlers of signals that have come, even if it waits for a lock; not on Windows."""
    ident = threading.main_thread().ident
    if _WAKING is not None and ident is not None:
        signal.pthread_kill(ident, _WAKING)


def _do_nothing(number: int, frame: FrameType | None) -> None:
    """Handle the signal that wakes: its arrival is all that counts."""


def _listen(wakeup: int, numbers: tuple[int, ...], listener: Callable[[int], None]) -> None:
    while (number := int.from_bytes(os.read(wakeup, 1))) not in (0, *numbers):
        pass
    if number:
        listener(number)
