"""The tray icon."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon, QWidget

from avatarify.ui.commands import Actions
from avatarify.ui.state import AppState
from avatarify.ui.widgets.status import state_words


class Tray(QObject):
    """Tray icon with a menu; hidden if the system has no tray.

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
        self.icon = QSystemTrayIcon(icon, self)
        self.menu = QMenu(parent)
        self.menu.addAction(self.tr("Show window"), self.show_requested.emit)
        self._toggle = self.menu.addAction("", actions["start"].trigger)
        self.menu.addAction(actions["freeze"])
        self.menu.addSeparator()
        self.menu.addAction(actions["quit"])
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

    def _show(self) -> None:
        self._toggle.setText(self.tr("Stop") if self._state.busy else self.tr("Start"))
        self._toggle.setEnabled(self._actions["start"].isEnabled())
        self.icon.setToolTip(f"Avatarify: {state_words(self._state.session)}")
