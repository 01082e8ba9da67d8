"""Commands that wait for a thread of the session."""

from __future__ import annotations

import threading
from collections import deque

from avatarify.live.commands import SessionCommand


class CommandQueue:
    """First in, first out; of commands that are ``newest_only``, one of each kind waits at most.

    May be used from any thread.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: deque[SessionCommand] = deque()
        self._closed = False

    @property
    def done(self) -> bool:
        """True once it is closed and empty."""
        with self._changed:
            return self._closed and not self._waiting

    def put(self, command: SessionCommand) -> None:
        """Add a command; never blocks. Ignored after ``close``."""
        with self._changed:
            if self._closed:
                return
            if command.newest_only:
                others = (other for other in self._waiting if type(other) is not type(command))
                self._waiting = deque(others)
            self._waiting.append(command)
            self._changed.notify()

    def get(self, timeout_s: float | None = None) -> SessionCommand | None:
        """Wait for the next command.

        Args:
            timeout_s: Seconds to wait at most; None waits until one comes or the queue is closed.

        Returns:
            None after the timeout, and once the queue is ``done``.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closed, timeout_s)
            return self._waiting.popleft() if self._waiting else None

    def close(self, *, discard: bool = False) -> None:
        """Take no more commands and wake whoever waits; ``discard`` drops those that wait. May be called twice."""
        with self._changed:
            self._closed = True
            if discard:
                self._waiting.clear()
            self._changed.notify_all()
