"""What is wrong with the camera of a session, for all its threads."""

from __future__ import annotations

import threading
from collections.abc import Callable

from avatarify.capture.watchdog import Trouble


class CameraHealth:
    """One trouble at a time; each new one is told once.

    Args:
        on_problem: Told the error that describes a trouble, when it begins.
    """

    def __init__(self, on_problem: Callable[[Exception], None]) -> None:
        self._on_problem = on_problem
        self._lock = threading.Lock()
        self._trouble: Trouble | None = None

    @property
    def trouble(self) -> Trouble | None:
        """What is wrong now; None if nothing is."""
        return self._trouble

    def set(self, trouble: Trouble, error: Exception) -> None:
        """Note a trouble; the error is told unless the same trouble was there before."""
        with self._lock:
            before, self._trouble = self._trouble, trouble
        if before is not trouble:
            self._on_problem(error)

    def clear(self) -> None:
        """All is well."""
        with self._lock:
            self._trouble = None
