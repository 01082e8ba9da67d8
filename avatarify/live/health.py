"""What is wrong with the camera of a session, for all its threads."""

from __future__ import annotations

import threading
from collections.abc import Callable

from avatarify.capture.watchdog import CameraFault


class CameraHealth:
    """One fault at a time; each new one is told once.

    Args:
        on_problem: Told the error that describes a fault, when it begins.
    """

    def __init__(self, on_problem: Callable[[Exception], None]) -> None:
        self._on_problem = on_problem
        self._lock = threading.Lock()
        self._fault: CameraFault | None = None

    @property
    def fault(self) -> CameraFault | None:
        """What is wrong now; None if nothing is."""
        return self._fault

    def set(self, fault: CameraFault, error: Exception) -> None:
        """Note a fault; the error is told unless the same fault was there before."""
        with self._lock:
            before, self._fault = self._fault, fault
        if before is not fault:
            self._on_problem(error)

    def clear(self) -> None:
        """All is well."""
        with self._lock:
            self._fault = None
