"""The tray icon."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

from avatarify.ui.actions import Actions
from avatarify.ui.state import AppState
from avatarify.ui.widgets.status import state_words

_LIVE, _WAITING = QColor("#e0352b"), QColor("#d98a00")
_SIDE, _DOT = 64, 26


class Tray(QObject):
    """Tray icon with a menu; hidden if the system has no tray. A dot shows that pictures are sent.

    Args:
        state: State of the window.
        actions: The commands of the menu.
        icon: Icon image.
        parent: The main window.

    Signals:
        show_requested: The icon was clicked.
    """

    show_requested = Signal()

    def __init__(self, state: AppState, actions: Actions, icon: QIcon, parent: QWidget) -> None:
        super().__init__(parent)
        self._state = state
        self._actions = actions
        self._plain = icon
        self.icon = QSystemTrayIcon(icon, self)
        self.menu = QMenu(parent)
        self.menu.addAction(self.tr("Show window"), self.show_requested.emit)
        self._toggle = self.menu.addAction("", actions["start"].trigger)
        self.menu.addAction(actions["freeze"])
        self.portraits = self.menu.addMenu(self.tr("Portrait"))
        self.menu.addSeparator()
        self.menu.addAction(actions["quit"])
        self.portraits.aboutToShow.connect(self._list_portraits)
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._clicked)
        state.session_changed.connect(lambda session: self._show())
        actions["start"].changed.connect(self._show)
        self._show()
        if QSystemTrayIcon.isSystemTrayAvailable():
            self.icon.show()

    def close(self) -> None:
        """Hide the icon."""
        self.icon.hide()

    def _clicked(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick):
            self.show_requested.emit()

    def _list_portraits(self) -> None:
        self.portraits.clear()
        for portrait in self._state.portraits:
            action = self.portraits.addAction(portrait.label)
            action.setCheckable(True)
            action.setChecked(portrait is self._state.portrait)
            action.triggered.connect(partial(self._choose, portrait.name))

    def _choose(self, name: str) -> None:
        self._state.choose_portrait(name)

    def _show(self) -> None:
        self._toggle.setText(self.tr("Stop") if self._state.busy else self.tr("Start"))
        self._toggle.setEnabled(self._actions["start"].isEnabled())
        self.icon.setToolTip(f"Avatarify: {state_words(self._state.session)}")
        self.icon.setIcon(self._dotted() if self._state.busy else self._plain)

    def _dotted(self) -> QIcon:
        """Return the icon with a dot: red while pictures are sent, orange before and after."""
        image = self._plain.pixmap(_SIDE, _SIDE)
        if image.isNull():
            return self._plain
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_LIVE if self._state.session.live else _WAITING)
        side = image.deviceIndependentSize().width()
        painter.drawEllipse(QRectF(side - _DOT, side - _DOT, _DOT, _DOT))
        painter.end()
        return QIcon(image)
