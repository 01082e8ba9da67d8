"""Accepts images dropped anywhere on the window or pasted: files, and images from browsers."""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from avatarify.ui.image_reader import read_data

_INSIDE_PAGE = re.compile(r"<img\b[^>]*?\bsrc\s*=\s*[\"'](data:image/[^\"']+)[\"']", re.IGNORECASE)
"""An image embedded in HTML."""


class FileDrop(QObject):
    """Accepts images dropped on a window and shows a sign while they hover.

    Args:
        window: The window.

    Signals:
        dropped: The ``DroppedData``.
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
        """Handle drags over the window."""
        if isinstance(event, QDragEnterEvent) and may_hold_image(event.mimeData()):
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
            self.dropped.emit(read_mime_data(event.mimeData()))
            return True
        return False


@dataclass(frozen=True)
class DroppedData:
    """Content of a drop or of the clipboard.

    Attributes:
        files: Local files.
        image: Image data; None if there is none.
        address: Address of a remote image; empty if there is none.
    """

    files: list[Path]
    image: QImage | None = None
    address: str = ""


def may_hold_image(data: QMimeData) -> bool:
    """Return whether the data may hold an image."""
    return data.hasUrls() or data.hasImage() or bool(_INSIDE_PAGE.search(data.html()))


def read_mime_data(data: QMimeData | None) -> DroppedData:
    """Read dropped or pasted data, None if the clipboard is empty; nothing is downloaded."""
    if data is None:
        return DroppedData([])
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if files:
        return DroppedData(files)
    if data.hasImage():
        image = QImage(data.imageData())
        if not image.isNull():
            return DroppedData([], image)
    addresses = [url.toString() for url in data.urls()]
    inside = _INSIDE_PAGE.search(data.html())
    if inside is not None:
        addresses.insert(0, inside[1])
    if addresses and addresses[0].startswith("data:"):
        image = read_data(_decoded(addresses[0]))
        return DroppedData([], None if image.isNull() else image)
    return DroppedData([], None, addresses[0] if addresses else "")


def _decoded(address: str) -> bytes:
    """Return the bytes of a ``data:…;base64,…`` address; empty for other addresses."""
    head, _, body = address.partition(",")
    if not head.endswith(";base64"):
        return b""
    try:
        return base64.b64decode(unquote(body), validate=False)
    except ValueError:
        return b""
