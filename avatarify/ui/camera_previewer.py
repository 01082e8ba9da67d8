"""Shows live images of all cameras at once, so that the user can choose by image."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage

from avatarify.errors import AvatarifyError
from avatarify.ui import pixels
from avatarify.ui.choices import Notice

if TYPE_CHECKING:
    from avatarify.capture.source import FrameSource
    from avatarify.frames import U8

PERIOD_S = 0.15
WIDTH = 256


class CameraPreviewer(QObject):
    """One thread per camera, from ``start`` to ``stop``.

    Args:
        open_camera: Opens a camera by its value (see ``Services.open_camera``).

    Signals:
        seen: Value of the camera, and QImage.
        failed: Value of the camera, and why there is no picture.
        watching_changed: ``watching`` has changed.

    Attributes:
        watching: Whether somebody looks at cameras.
    """

    seen = Signal(str, QImage)
    failed = Signal(str, str)
    watching_changed = Signal()
    _seen = Signal(str, QImage)
    _failed = Signal(str, str)

    def __init__(self, open_camera: Callable[[str], FrameSource], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open = open_camera
        self.watching = False
        self._stop = threading.Event()
        self._threads: dict[str, threading.Thread] = {}
        self._seen.connect(self.seen, Qt.ConnectionType.QueuedConnection)
        self._failed.connect(self.failed, Qt.ConnectionType.QueuedConnection)

    def start(self, values: Sequence[str]) -> None:
        """Open these cameras; previous ones are closed first and reopened once they are free."""
        self.stop()
        self._stop = threading.Event()
        before = {value: thread for value, thread in self._threads.items() if thread.is_alive()}
        looks = {value: partial(self._look, value, self._stop, before.get(value)) for value in values}
        fresh = {
            value: threading.Thread(target=look, name="avatarify-previewer", daemon=True)
            for value, look in looks.items()
        }
        self._threads = before | fresh
        for thread in fresh.values():
            thread.start()
        self._watch(True)

    def show(self, value: str, picture: U8) -> None:
        """Show a picture of a camera that a session uses, (H, W, 3) uint8 RGB, if somebody looks."""
        if self.watching:
            self.seen.emit(value, _small(picture))

    def stop(self) -> None:
        """Close the cameras; returns at once, the threads end later (see ``wait``)."""
        self._stop.set()
        self._watch(False)

    def _watch(self, on: bool) -> None:
        if on != self.watching:
            self.watching = on
            self.watching_changed.emit()

    def wait(self, timeout_s: float = 3.0) -> None:
        """Wait until the cameras are free. Do not call it on the thread of a visible window."""
        deadline = time.monotonic() + timeout_s
        for thread in self._threads.values():
            thread.join(max(0.0, deadline - time.monotonic()))

    def _look(self, value: str, stop: threading.Event, before: threading.Thread | None) -> None:
        if before is not None:
            before.join()
        if stop.is_set():
            return
        try:
            with self._open(value) as source:
                while not stop.is_set() and (frame := source.read()) is not None:
                    self._seen.emit(value, _small(frame.image))
                    self._skip(source, stop)
        except AvatarifyError as error:
            if not stop.is_set():
                self._failed.emit(value, Notice.of(error).words)
        except Exception as error:  # noqa: BLE001  an error inside a camera driver only costs its image
            if not stop.is_set():
                self._failed.emit(value, f"{type(error).__name__}: {error}")

    def _skip(self, source: FrameSource, stop: threading.Event) -> None:
        """Read and drop frames for a while, so that the next image is new."""
        until = time.monotonic() + PERIOD_S
        while time.monotonic() < until and not stop.is_set():
            if source.read() is None:
                return


def _small(picture: object) -> QImage:
    import cv2
    import numpy as np

    image = np.asarray(picture)
    height = max(1, round(image.shape[0] * WIDTH / image.shape[1]))
    return pixels.image(np.ascontiguousarray(cv2.resize(image, (WIDTH, height), interpolation=cv2.INTER_AREA)))
