"""Makes the pictures of the window again, from the real app on the demo clip: ``python docs/pictures/make.py``."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QPalette
    from PySide6.QtWidgets import QApplication

FOLDER = Path(__file__).parent
PORTRAIT = "mona-lisa"
START_S, SHOW_S = 120.0, 6.0
DARK = {
    "Window": "#2b2d31",
    "WindowText": "#ececf1",
    "Base": "#232529",
    "Text": "#ececf1",
    "Button": "#2b2d31",
    "ButtonText": "#ececf1",
    "ToolTipBase": "#232529",
    "ToolTipText": "#ececf1",
}


def main(portrait: str) -> None:
    """Take a picture of the running window in light and in dark."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for name in ("CONFIG", "DATA"):
        os.environ[f"AVATARIFY_{name}"] = tempfile.mkdtemp()
    from PySide6.QtWidgets import QApplication

    app = QApplication(["avatarify"])
    for name, palette in (("light", app.palette()), ("dark", dark_palette())):
        app.setPalette(palette)
        take(app, portrait, FOLDER / f"window-{name}.png")


def take(app: QApplication, portrait: str, file: Path) -> None:
    """Open the window, let it run, and save what it shows."""
    from avatarify.settings import Settings
    from avatarify.ui.application import open_window
    from avatarify.ui.services import Services

    settings = Settings(camera="demo", portrait=portrait, sink="null", privacy_accepted=True)
    window = open_window(app, settings, Services())
    wait(window.transport.start.isEnabled, START_S)
    window.transport.start.click()
    wait(lambda: window.preview.shows_live, START_S)
    wait(lambda: False, SHOW_S)
    window.grab().save(str(file))
    window.close()


def wait(until: Callable[[], bool], seconds: float) -> None:
    """Let the window live until something is true, or the time is over."""
    from PySide6.QtCore import QElapsedTimer, QEventLoop, QTimer

    clock, loop = QElapsedTimer(), QEventLoop()
    clock.start()
    while not until() and clock.elapsed() < seconds * 1000:
        QTimer.singleShot(50, loop.quit)
        loop.exec()


def dark_palette() -> QPalette:
    """Return the colours of a dark desktop: the offscreen platform has only light ones."""
    from PySide6.QtGui import QColor, QPalette

    palette = QPalette()
    for role, colour in DARK.items():
        palette.setColor(QPalette.ColorRole[role], QColor(colour))
    return palette


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else PORTRAIT)
