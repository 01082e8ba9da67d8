"""Lets pictures be dropped anywhere on the window, and pasted: files, and images as browsers hand them over."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

_INSIDE_PAGE = re.compile(r"<img\b[^>]*?\bsrc\s*=\s*[\"'](data:image/[^\"']+)[\"']", re.IGNORECASE)
"""A picture that a piece of a page carries in itself."""


class FileDrop(QObject):
    """Accepts files dropped on a window and says so while they hover.

    Args:
        window: The window.

    Signals:
        dropped: What was dropped (see ``Brought``).
    """

    dropped = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._sign = QFrame(window)
        self._sign.setProperty("role", "drop")
        words = QLabel(self.tr("Drop the image to add it"), alignment=Qt.AlignmentFlag.AlignCenter)
        words.setProperty("role", "title")
        QVBoxLayout(self._sign).addWidget(words)
        self._sign.hide()
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow a drag over the window."""
        if isinstance(event, QDragEnterEvent) and brings_picture(event.mimeData()):
            self._sign.setGeometry(self._window.rect().adjusted(24, 24, -24, -24))
            self._sign.raise_()
            self._sign.show()
            event.acceptProposedAction()
            return True
        if event.type() == QEvent.Type.DragLeave:
            self._sign.hide()
        if isinstance(event, QDropEvent) and event.type() == QEvent.Type.Drop:
            self._sign.hide()
            event.acceptProposedAction()
            self.dropped.emit(brought(event.mimeData()))
            return True
        return False


@dataclass(frozen=True)
class Brought:
    """What a drop or the clipboard brings.

    Attributes:
        files: Files on this machine.
        image: A picture itself; None if it brings none.
        address: A picture that lies elsewhere; empty if it brings none.
    """

    files: list[Path]
    image: QImage | None = None
    address: str = ""


def brings_picture(data: QMimeData) -> bool:
    """Say whether there may be a picture in it."""
    return data.hasUrls() or data.hasImage() or bool(_INSIDE_PAGE.search(data.html()))


def brought(data: QMimeData | None) -> Brought:
    """Take out what a drop or the clipboard brings, None if it is empty; nothing is fetched from elsewhere."""
    if data is None:
        return Brought([])
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if files:
        return Brought(files)
    if data.hasImage():
        image = QImage(data.imageData())
        if not image.isNull():
            return Brought([], image)
    addresses = [url.toString() for url in data.urls()]
    inside = _INSIDE_PAGE.search(data.html())
    if inside is not None:
        addresses.insert(0, inside[1])
    if addresses and addresses[0].startswith("data:"):
        image = QImage.fromData(_decoded(addresses[0]))
        return Brought([], None if image.isNull() else image)
    return Brought([], None, addresses[0] if addresses else "")


def _decoded(address: str) -> bytes:
    """Return the bytes of an address ``data:…;base64,…``; none if it is written in another way."""
    head, _, body = address.partition(",")
    if not head.endswith(";base64"):
        return b""
    try:
        return base64.b64decode(unquote(body), validate=False)
    except ValueError:
        return b""
