"""Lets picture files be dropped anywhere on the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget


class FileDrop(QObject):
    """Accepts files dropped on a window and says so while they hover.

    Args:
        window: The window.

    Signals:
        dropped: The files (list of Path).
    """

    dropped = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._sign = QFrame(window)
        self._sign.setProperty("role", "drop")
        words = QLabel("Drop the picture to add it", alignment=Qt.AlignmentFlag.AlignCenter)
        words.setProperty("role", "title")
        QVBoxLayout(self._sign).addWidget(words)
        self._sign.hide()
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow a drag over the window."""
        if isinstance(event, QDragEnterEvent) and _files(event.mimeData()):
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
            self.dropped.emit(_files(event.mimeData()))
            return True
        return False


def _files(dragged: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in dragged.urls() if url.isLocalFile()]
