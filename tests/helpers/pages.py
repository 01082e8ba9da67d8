"""Opens everything that the window can show, one after the other."""

from collections.abc import Iterator

from helpers.studio import Until
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QWidget

from avatarify.ui.main_window import MainWindow
from avatarify.ui.widgets.crop_dialog import CropDialog

PAGES = ("cameras", "virtual_camera", "keys", "engines", "diagnostics", "preferences", "insight")


def pages_of(window: MainWindow, until: Until) -> Iterator[tuple[str, QWidget]]:
    """Yield each page of the window, open, with its name; the window itself with each of its tabs first."""
    for tab in range(window.tabs.count()):
        window.tabs.setCurrentIndex(tab)
        QCoreApplication.processEvents()
        yield f"tab {tab}", window
    for name in PAGES:
        window.actions_[name].trigger()
        until(lambda: bool(window.findChildren(QDialog)))
        (page,) = window.findChildren(QDialog)
        yield from _shown(name, page, until, window)
    dialog = CropDialog(QImage(300, 200, QImage.Format.Format_RGB32), "Name", lambda *_: None, window)
    dialog.show()
    yield from _shown("crop", dialog, until, window)


def _shown(name: str, page: QDialog, until: Until, window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    QCoreApplication.processEvents()
    yield name, page
    page.close()
    until(lambda: not window.findChildren(QDialog))
