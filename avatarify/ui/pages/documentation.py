"""The documentation that is installed with the program, without its pictures."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QTextBrowser, QWidget

from avatarify import paths
from avatarify.ui.pages.page import Page
from avatarify.ui.widgets.controls import Chooser

_GUIDE = ("first-call", "window", "cameras", "virtual-camera", "languages", "privacy")
_PICTURE = re.compile(r"^!\[[^\]]*\]\([^)]*\)\n?", re.MULTILINE)


class DocumentationPage(Page):
    """A list of the guide's pages, and the one that is chosen; links lead to others.

    Args:
        parent: The main window.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(self.tr("Documentation"), parent)
        folder = paths.manual()
        self._files = [folder / "guide" / f"{name}.md" for name in _GUIDE] + [folder / "troubleshooting.md"]
        self.chooser, self.text = Chooser(self.tr("Page")), QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.setAccessibleName(self.tr("Documentation"))
        self.text.setMinimumHeight(240)
        for file in self._files:
            self.chooser.addItem(_text(file).partition("\n")[0].lstrip("# "), file)
        self.chooser.activated.connect(lambda index: self.show_file(self._files[index]))
        self.text.anchorClicked.connect(self._follow)
        self.column.addWidget(self.chooser)
        self.column.addWidget(self.text, 1)
        self.set_size(820, 680)
        self.show_file(self._files[0])

    def show_file(self, file: Path) -> None:
        """Show a page from its beginning."""
        self._file = file
        self.text.setMarkdown(_text(file))
        if file in self._files:
            self.chooser.setCurrentIndex(self._files.index(file))

    def _follow(self, link: QUrl) -> None:
        """Open a link: a page here, an address in the browser; code is not installed with the documentation."""
        if link.scheme() in ("http", "https", "mailto"):
            QDesktopServices.openUrl(link)
            return
        file = (self._file.parent / link.path()).resolve() if link.path() else self._file
        if file.suffix == ".md" and file.is_file() and file.is_relative_to(paths.manual()):
            self.show_file(file)


def _text(file: Path) -> str:
    return _PICTURE.sub("", file.read_text(encoding="utf-8"))
