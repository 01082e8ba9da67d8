"""Finds the timers and windows that a test left behind."""

import gc
import time
from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import getCppPointer, isValid

GRACE_S = 2.0


class Leftovers:
    """What runs or stands at one moment, by address: a wrapper may come and go while its object stays."""

    @staticmethod
    def now() -> dict[int, str]:
        """Return every timer that runs and every window: their kind, by address."""
        timers = [thing for thing in gc.get_objects() if issubclass(type(thing), QTimer) and isValid(thing)]
        running = {getCppPointer(timer)[0]: _kind(timer) for timer in timers if timer.isActive()}
        return running | {getCppPointer(widget)[0]: _kind(widget) for widget in QApplication.topLevelWidgets()}

    @classmethod
    def after(cls, before: Mapping[int, str], grace_s: float = GRACE_S) -> list[str]:
        """Return what is there and was not before, once everything that waits to be deleted is."""
        deadline = time.monotonic() + grace_s
        while True:
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            QCoreApplication.processEvents()
            left = [kind for address, kind in cls.now().items() if address not in before]
            if not left or time.monotonic() > deadline:
                return left
            time.sleep(0.02)


def _kind(thing: QTimer | QWidget) -> str:
    kind = type(thing).__name__
    if isinstance(thing, QTimer):
        parent = type(thing.parent()).__name__ if thing.parent() is not None else "nobody"
        return f"a running {kind} of {parent}"
    return f"{kind} '{thing.windowTitle() or thing.objectName()}'"
