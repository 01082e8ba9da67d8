"""The window: where everything stands. What happens is told in ``controller``."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from avatarify.ui.state import AppState
from avatarify.ui.widgets.device_picker import DevicePicker
from avatarify.ui.widgets.drop import FileDrop
from avatarify.ui.widgets.gallery import Gallery
from avatarify.ui.widgets.notice import NoticeStrip
from avatarify.ui.widgets.preview import Preview
from avatarify.ui.widgets.status import StatusLine
from avatarify.ui.widgets.transport import Transport
from avatarify.ui.widgets.welcome import Welcome

_MARGIN = 14
_SIDE_WIDTH = 324


class MainWindow(QMainWindow):
    """Preview and its buttons on the left, portraits and devices on the right, status below.

    Args:
        state: What is shown.

    Signals:
        closing: The window goes; its place is already in the settings.
    """

    closing = Signal()

    def __init__(self, state: AppState) -> None:
        super().__init__()
        self.setWindowTitle("Avatarify")
        self.state = state
        self.notice = NoticeStrip()
        self.welcome, self.preview = Welcome(), Preview(state)
        self.transport = Transport(state)
        self.gallery, self.devices = Gallery(state), DevicePicker(state)
        self.status = StatusLine(state)
        self.drop = FileDrop(self)
        self.setCentralWidget(self._lay_out())
        self.setMinimumSize(900, 600)
        self.resize(1240, 720)
        self.restoreGeometry(QByteArray.fromBase64(state.settings.window.encode("utf-8")))
        self._add_shortcuts()
        state.chosen.connect(self._show_stage)
        self._show_stage()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Vanish at once; what takes time to end does so unseen."""
        self.state.settings.window = self.saveGeometry().toBase64().toStdString()
        self.hide()
        self.closing.emit()
        super().closeEvent(event)

    def _lay_out(self) -> QWidget:
        self._stage = QStackedWidget()
        self._stage.addWidget(self.welcome)
        self._stage.addWidget(self.preview)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self._stage, 1)
        left.addWidget(self.transport)
        middle = QHBoxLayout()
        middle.setSpacing(_MARGIN)
        middle.addLayout(left, 1)
        middle.addWidget(self._side())
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        rows.setSpacing(12)
        rows.addWidget(self.notice)
        rows.addLayout(middle, 1)
        rows.addWidget(self.status)
        return whole

    def _side(self) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        card.setFixedWidth(_SIDE_WIDTH)
        column = QVBoxLayout(card)
        column.setContentsMargins(14, 12, 14, 14)
        column.setSpacing(12)
        column.addWidget(self.gallery, 1)
        column.addWidget(self.devices)
        return card

    def _add_shortcuts(self) -> None:
        QShortcut(Qt.Key.Key_X, self, self.transport.recalibrate.emit)
        QShortcut(QKeySequence.StandardKey.Quit, self, self.close)
        for number in range(1, 10):
            QShortcut(QKeySequence(str(number)), self, lambda number=number: self.gallery.choose_number(number))

    def _show_stage(self) -> None:
        accepted = self.state.settings.privacy_accepted
        wanted: QWidget = self.preview if accepted else self.welcome
        if self._stage.currentWidget() is not wanted:
            self._stage.setCurrentWidget(wanted)
            (self.gallery.view if accepted else self.welcome.agree).setFocus()
