"""Makes the pictures of the window again, from the real app on the demo clip: ``python tools/pictures_make.py``.

With the code of a language (``python tools/pictures_make.py de FOLDER``) it makes them in that language, into a folder.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QPalette
    from PySide6.QtWidgets import QApplication, QWidget

    from avatarify.ui.main_window import MainWindow

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "pictures"
PORTRAIT = "mona-lisa"
START_S, SHOW_S = 300.0, 6.0
PAGES = ("virtual_camera", "keys", "engines", "diagnostics")
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


@dataclass
class Album:
    """Where pictures go, and in which language.

    Attributes:
        app: The application.
        folder: Receives the pictures.
        language: A language's code.
    """

    app: QApplication
    folder: Path
    language: str

    def keep(self, widget: QWidget, name: str) -> None:
        """Save what a widget shows."""
        widget.grab().save(str(self.folder / f"{name}.jpg"), "JPG", 90)


def main(language: str, folder: Path) -> None:
    """Take all pictures."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for name in ("CONFIG", "DATA"):
        os.environ[f"AVATARIFY_{name}"] = tempfile.mkdtemp()
    from PySide6.QtWidgets import QApplication

    from avatarify.ui.text import language as languages

    app = QApplication(["avatarify"])
    languages.install(app, language)
    folder.mkdir(parents=True, exist_ok=True)
    album = Album(app, folder, language)
    light = app.palette()
    take_first_steps(album)
    take_live(album, "window-light")
    app.setPalette(dark_palette())
    take_live(album, "window-dark", more=False)
    app.setPalette(light)


def open_app(album: Album, accepted: bool) -> MainWindow:
    """Open the window on the demo clip."""
    from avatarify.settings import Settings
    from avatarify.ui.application import open_window
    from avatarify.ui.services import Services

    settings = Settings(
        camera="demo", portrait=PORTRAIT, sink="null", privacy_accepted=accepted, language=album.language
    )
    window = open_window(album.app, settings, Services())
    wait(lambda: len(window.state.portraits) > 0 and window.preview.has_still, START_S)
    return window


def take_first_steps(album: Album) -> None:
    """Go through what a person sees first."""
    from avatarify.ui.services import Services

    Services().find_thumbnails()  # kept in the cache folder, so that every picture shows faces
    window = open_app(album, accepted=False)
    pause(1.0)
    album.keep(window, "first-privacy")
    window.welcome.agree.click()
    wait(lambda: bool(window.welcome.cameras.pictured), START_S)
    album.keep(window, "first-camera")
    window.welcome.onward.click()
    pause(0.5)
    album.keep(window, "first-portrait")
    window.shut()


def take_live(album: Album, name: str, more: bool = True) -> None:
    """Let the window run and save what it shows; with ``more`` also everything around it."""
    window = open_app(album, accepted=True)
    wait(window.transport.start.isEnabled, START_S)
    window.transport.start.click()
    wait(lambda: window.preview.shows_live, START_S)
    pause(SHOW_S)
    window.notice.clear()
    pause(0.5)
    album.keep(window, name)
    if more:
        take_more(album, window)
    window.shut()


def take_more(album: Album, window: MainWindow) -> None:
    """Save the controls, a warning, the dialog that crops, and the pages."""
    window.tabs.setCurrentIndex(1)
    window.state.set_view(side_by_side=True, landmarks=True, figures=True)
    pause(1.5)
    album.keep(window, "adjust")
    window.state.set_view(side_by_side=False, landmarks=False, figures=False)
    window.tabs.setCurrentIndex(0)
    take_warning(album, window)
    take_crop(album, window)
    take_page(album, window, "insight")
    window.transport.start.click()
    wait(lambda: window.state.session.final, START_S)
    for page in PAGES:
        take_page(album, window, page)


def take_warning(album: Album, window: MainWindow) -> None:
    """Save how a problem is shown."""
    from avatarify.errors import VirtualCameraError
    from avatarify.output.virtual_devices import remedy
    from avatarify.ui.choices import Notice, Severity

    error = VirtualCameraError("A virtual camera cannot be opened: there is no device.", remedy())
    window.notice.show_notice(Notice.of(error, Severity.WARNING))
    pause(0.5)
    album.keep(window, "warning")
    window.notice.clear()


def take_crop(album: Album, window: MainWindow) -> None:
    """Save the dialog that adds a portrait."""
    from avatarify import paths
    from avatarify.ui.controller import Controller
    from avatarify.ui.widgets.crop_dialog import CropDialog
    from avatarify.ui.widgets.drop import DroppedData

    controller = window.findChild(Controller)
    assert controller is not None
    controller.portraits.take(DroppedData([paths.assets() / "portraits" / f"{PORTRAIT}.jpg"]))
    wait(lambda: bool(window.findChildren(CropDialog)), START_S)
    (dialog,) = window.findChildren(CropDialog)
    wait(lambda: bool(dialog.view.faces), START_S)
    dialog.view.set_shape(1.0)
    dialog.shape.setCurrentIndex(1)
    dialog.view.show_face(0)
    dialog.view.set_angle(-4.0)
    pause(0.5)
    album.keep(dialog, "crop")
    dialog.reject()


def take_page(album: Album, window: MainWindow, name: str) -> None:
    """Save one of the other windows."""
    from avatarify.ui.pages.page import Page

    window.actions_[name].trigger()
    wait(lambda: bool(window.findChildren(Page)), START_S)
    page = window.findChildren(Page)[-1]
    pause(5.0 if name in ("diagnostics", "engines", "insight") else 0.7)
    album.keep(page, name.replace("_", "-"))
    page.close()
    wait(lambda: not window.findChildren(Page), 5.0)


def wait(until: Callable[[], bool], seconds: float) -> None:
    """Let the window live until something is true.

    Raises:
        TimeoutError: it did not become true in time.
    """
    from PySide6.QtCore import QElapsedTimer

    clock = QElapsedTimer()
    clock.start()
    while not until():
        if clock.elapsed() > seconds * 1000:
            raise TimeoutError(f"The window did not get ready in {seconds:.0f} s.")
        pause(0.05)


def pause(seconds: float) -> None:
    """Let the window live for a while."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def dark_palette() -> QPalette:
    """Return the colors of a dark desktop: the offscreen platform has only light ones."""
    from PySide6.QtGui import QColor, QPalette

    palette = QPalette()
    for role, color in DARK.items():
        palette.setColor(QPalette.ColorRole[role], QColor(color))
    return palette


if __name__ == "__main__":
    words = sys.argv[1:]
    main(words[0] if words else "en", Path(words[1]) if len(words) > 1 else FOLDER)
