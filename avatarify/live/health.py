"""The camera's current fault, shared by all threads of a session."""

from __future__ import annotations

import threading
from collections.abc import Callable

from avatarify.capture.watchdog import CameraFault


class CameraHealth:
    """One fault at a time; each new one is reported once.

    Args:
        report: Called with the error that describes a fault when it begins.
    """

    def __init__(self, report: Callable[[Exception], None]) -> None:
        self._report = report
        self._lock = threading.Lock()
        self._fault: CameraFault | None = None

    @property
    def fault(self) -> CameraFault | None:
        """The fault now; None if the camera works."""
        return self._fault

    def set(self, fault: CameraFault, error: Exception) -> None:
        """Note a fault; report the error unless the camera already had the same fault."""
        with self._lock:
            before, self._fault = self._fault, fault
        if before is not fault:
            self._report(error)

    def clear(self) -> None:
        """Note that the camera works."""
        with self._lock:
            self._fault = None
