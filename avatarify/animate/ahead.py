"""Iterates on a thread of its own, a few items ahead, so that the stages of an offline run use all cores."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterable, Iterator
from queue import Empty, Full, Queue
from typing import Generic, TypeVar

T = TypeVar("T")
_CHECK_S = 0.1


@contextlib.contextmanager
def ahead(items: Iterable[T], name: str, depth: int = 2) -> Iterator[Iterator[T]]:
    """Run an iterator ahead of its reader: same items, same order, and an exception arrives where it would have.

    Args:
        items: Used by the new thread alone.
        name: Of the thread.
        depth: How many items may wait.
    """
    stage = _Stage(items, depth)
    thread = threading.Thread(target=stage.run, name=f"avatarify-{name}", daemon=True)
    thread.start()
    try:
        yield iter(stage)
    finally:
        stage.stop.set()
        thread.join()


class _Stage(Generic[T]):
    def __init__(self, items: Iterable[T], depth: int) -> None:
        self.stop = threading.Event()
        self._items = items
        self._waiting: Queue[tuple[T] | BaseException] = Queue(depth)

    def run(self) -> None:
        try:
            for item in self._items:
                if not self._put((item,)):
                    return
            self._put(StopIteration())
        except BaseException as error:  # noqa: BLE001 - raised again on the reader's thread
            self._put(error)

    def __iter__(self) -> Iterator[T]:
        while True:
            item = self._get()
            if isinstance(item, StopIteration):
                return
            if isinstance(item, BaseException):
                raise item
            yield item[0]

    def _put(self, item: tuple[T] | BaseException) -> bool:
        """Wait for room; False when nobody reads any more."""
        while not self.stop.is_set():
            with contextlib.suppress(Full):
                self._waiting.put(item, timeout=_CHECK_S)
                return True
        return False

    def _get(self) -> tuple[T] | BaseException:
        while not self.stop.is_set():
            with contextlib.suppress(Empty):
                return self._waiting.get(timeout=_CHECK_S)
        return StopIteration()
