"""Opens the desktop app.

Start-up order, so that the window is on the screen before anything slow happens:

1. what would make Qt end the process is put right or told (``environment``);
2. PySide6 is imported, the settings are read, the window is built and shown;
3. in the background: portraits, cameras and virtual cameras are listed, then cv2, mediapipe and openvino imported;
4. the model is loaded when the user presses Start, on the session's thread.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Iterator
from types import FrameType, TracebackType
from typing import TYPE_CHECKING

from avatarify.log import logger
from avatarify.ui import environment

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from avatarify.settings import Settings
    from avatarify.ui.controller import Controller
    from avatarify.ui.main_window import MainWindow
    from avatarify.ui.services import Services

PULSE_MS = 200


def run(demo: bool = False) -> int:
    """Show the window and stay until it is closed; return the exit code.

    Args:
        demo: Choose the carried clip as camera and the preview as output, for a try without any device.

    Raises:
        DeviceError: there is no screen that answers.
    """
    environment.prepare(os.environ)
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QIcon
    from PySide6.QtWidgets import QApplication

    from avatarify import paths, settings
    from avatarify.ui.services import Services

    app = QApplication(["avatarify"])
    app.setApplicationName("Avatarify")
    app.setWindowIcon(QIcon(str(paths.assets() / "icons" / "avatarify-256.png")))
    chosen = settings.load()
    if demo:
        chosen.camera, chosen.sink = "demo", "null"
    window = open_window(app, chosen, Services())
    pulse = QTimer(window, interval=PULSE_MS)  # lets Python see signals while Qt waits
    pulse.timeout.connect(lambda: None)
    pulse.start()
    with _signals_close(window), _errors_shown(window):
        return app.exec()


def open_window(app: QApplication, chosen: Settings, services: Services) -> MainWindow:
    """Build the window, connect it and show it; its background work begins when it is on the screen."""
    from PySide6.QtCore import QTimer

    from avatarify.ui.controller import Controller
    from avatarify.ui.main_window import MainWindow
    from avatarify.ui.state import AppState
    from avatarify.ui.theme import Theme

    state = AppState(chosen)
    window = MainWindow(state)
    state.setParent(window)
    Theme(app, window)
    controller = Controller(state, services, parent=window)
    _connect(window, controller)
    window.show()
    QTimer.singleShot(0, controller.begin)
    return window


def _connect(window: MainWindow, controller: Controller) -> None:
    from avatarify.ui.widgets.consent import ask_consent

    def add(files: list[Path]) -> None:
        ask_consent(window, files, controller.add_portraits)

    window.transport.toggled.connect(controller.toggle)
    window.transport.recalibrate.connect(controller.recalibrate)
    window.welcome.accepted.connect(controller.state.accept_privacy)
    window.gallery.add_wanted.connect(add)
    window.drop.dropped.connect(add)
    window.devices.refresh_wanted.connect(controller.refresh_devices)
    window.closing.connect(controller.close)
    controller.notice.connect(window.notice.show_notice)
    controller.warning_over.connect(window.notice.clear_warning)
    controller.still.connect(window.preview.set_still)
    controller.bridge.picture.connect(window.preview.set_picture)
    controller.bridge.figures.connect(window.status.show_figures)


@contextlib.contextmanager
def _signals_close(window: MainWindow) -> Iterator[None]:
    """Close the window, and so finish recordings, on Ctrl-C and when the system asks the program to end."""
    from PySide6.QtCore import QTimer

    def close(number: int, frame: FrameType | None) -> None:
        QTimer.singleShot(0, window.close)  # closed before the event loop runs, the window would not end it

    before = {number: signal.signal(number, close) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def _errors_shown(window: MainWindow) -> Iterator[None]:
    """Show errors that nobody expected in the window, and log where they came from."""
    from avatarify.ui.state import Notice

    def show(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        logger("ui").error("Unexpected error", exc_info=(kind, error, trace))
        if isinstance(error, Exception):
            window.notice.show_notice(Notice.of(error))

    before, sys.excepthook = sys.excepthook, show
    try:
        yield
    finally:
        sys.excepthook = before
