"""One stage of drawing: works on one item at a time, while at most one more waits."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from avatarify.latest import Latest

T = TypeVar("T")
_POLL_S = 0.1
_NEWER = 0.2  # weight of the newest time in the mean one


class Stage(Generic[T]):
    """Passes items to a function, and knows when it will be free again.

    Args:
        work: Called with each item; returns whether its time is typical.
        stop: Set from outside to end.
        own_thread: Work on the thread of ``run``. Otherwise ``put`` works, and ``run`` only waits for the end.

    Attributes:
        mean_s: Mean time of an item lately, seconds.
        discarded: Items that came too late, because of a ``pause``.
    """

    def __init__(self, work: Callable[[T], bool], *, stop: threading.Event, own_thread: bool = True) -> None:
        self._work = work
        self._stop = stop
        self._own_thread = own_thread
        self._slot: Latest[tuple[int, T]] = Latest()
        self._working = threading.Lock()
        self._era = 0  # number of pauses
        self._done_at = 0.0  # when the item in progress will probably be done
        self.mean_s = 0.0
        self.discarded = 0

    @property
    def free_at(self) -> float:
        """When another item can probably begin, on the clock of ``time.perf_counter``; the past if nothing is done."""
        waiting = not self._slot.wait_taken(0.0)
        return self._done_at + waiting * self.mean_s

    def run(self) -> None:
        """Work until the last item has come or ``stop`` is set."""
        while not self._stop.is_set():
            ending = self._slot.closed
            entry = self._slot.get()
            if entry is not None:
                self._do(*entry)
            elif ending:
                return

    def put(self, item: T) -> None:
        """Take an item; it replaces one that waits."""
        if self._own_thread:
            self._slot.put((self._era, item))
        else:
            self._do(self._era, item)

    def wait_for_room(self) -> None:
        """Wait until no item waits, or ``stop`` is set."""
        while not self._slot.wait_taken(_POLL_S) and not self._stop.is_set():
            pass

    def close(self) -> None:
        """End after the item that waits."""
        self._slot.close()

    @contextlib.contextmanager
    def pause(self) -> Iterator[None]:
        """Do nothing meanwhile, and nothing with an item that came before."""
        with self._working:
            self._era += 1
            yield

    def _do(self, era: int, item: T) -> None:
        with self._working:
            if era != self._era:
                self.discarded += 1
                return
            started = time.perf_counter()
            self._done_at = started + self.mean_s if self._own_thread else 0.0
            typical = self._work(item)
            took_s, self._done_at = time.perf_counter() - started, 0.0
        if typical:
            self.mean_s += _NEWER * (took_s - self.mean_s)
