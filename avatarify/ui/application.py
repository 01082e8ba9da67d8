"""Opens the desktop app.

Start-up order, so that the window is on the screen before anything slow happens:

1. problems that would make Qt abort the process are fixed or reported (``environment``);
2. PySide6 is imported, the settings are read, the window is built and shown;
3. in the background, portraits and devices are listed, then cv2, mediapipe, and openvino are imported;
4. the model is loaded when the user presses Start, on the session's thread.
"""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterator
from types import FrameType
from typing import TYPE_CHECKING

from avatarify.ui import environment

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from avatarify.settings import Settings
    from avatarify.ui.main_window import MainWindow
    from avatarify.ui.services import Services

PULSE_MS = 200


def run(demo: bool = False) -> int:
    """Show the window and stay until it is closed; return the exit code.

    If a window is already open, it is brought to the front, and 0 is returned at once.

    Args:
        demo: Use the bundled clip as camera and the preview as output; no device is needed.

    Raises:
        DeviceError: no display can be reached.
    """
    environment.prepare(os.environ)
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QIcon
    from PySide6.QtWidgets import QApplication

    from avatarify import paths, settings
    from avatarify.ui import crash, single_instance
    from avatarify.ui.services import Services
    from avatarify.ui.text import language

    app = QApplication(["avatarify"])
    app.setApplicationName("Avatarify")
    app.setWindowIcon(QIcon(str(paths.assets() / "icons" / "avatarify-256.png")))
    if single_instance.activate_running():
        return 0
    chosen = settings.load()
    if demo:
        chosen.camera, chosen.sink = "demo", "null"
    language.install(app, chosen.language)
    app.setQuitOnLastWindowClosed(False)  # it may run on in the tray
    window = open_window(app, chosen, Services())
    window.closing.connect(app.quit)
    pulse = QTimer(window, interval=PULSE_MS)  # lets Python handle signals while Qt waits
    pulse.timeout.connect(lambda: None)
    pulse.start()
    with _close_on_signals(window), crash.watched(window.unexpected.emit), _single_instance(window):
        return app.exec()


def open_window(app: QApplication, chosen: Settings, services: Services) -> MainWindow:
    """Build, connect, and show the window; background work starts once it is visible."""
    from PySide6.QtCore import QTimer

    from avatarify.ui import fonts
    from avatarify.ui.controller import Controller
    from avatarify.ui.main_window import MainWindow
    from avatarify.ui.state import AppState
    from avatarify.ui.theme import Theme
    from avatarify.ui.tray import Tray
    from avatarify.ui.wiring import Wiring

    fonts.install(app)
    theme = Theme(app)
    theme.choose(chosen.theme)
    state = AppState(chosen)
    controller = Controller(state, services)
    window = MainWindow(state, services, controller.worker, controller.previewer)
    for part in (state, controller, theme):
        part.setParent(window)
    window.theme_requested.connect(theme.choose)
    wiring = Wiring(window, controller)
    tray = Tray(state, window.actions_, app.windowIcon(), window)
    tray.show_requested.connect(window.come_to_front)
    window.closing.connect(tray.close)
    window.activated.connect(wiring.open_files)
    window.show()
    QTimer.singleShot(0, controller.begin)
    QTimer.singleShot(0, window.hot_keys.begin)
    QTimer.singleShot(0, wiring.report_crash)
    return window


@contextlib.contextmanager
def _single_instance(window: MainWindow) -> Iterator[None]:
    """Bring the window to the front when Avatarify is started again."""
    from avatarify.ui.single_instance import InstanceServer

    server = InstanceServer(window)
    server.activated.connect(window.activated)
    window.leaving.connect(server.close)  # before the slow end: a new start opens a new window
    try:
        yield
    finally:
        server.close()


@contextlib.contextmanager
def _close_on_signals(window: MainWindow) -> Iterator[None]:
    """Close the window, and so finish recordings, on Ctrl-C, SIGTERM, and SIGHUP."""
    from PySide6.QtCore import QTimer

    def close(number: int, frame: FrameType | None) -> None:
        QTimer.singleShot(0, window.shut)  # a window closed before the event loop runs would not end it

    numbers = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.signal(number, close) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
