"""Start, stop, recalibrate, and the two switches of the output."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from avatarify.live.state import SessionState
from avatarify.ui.state import AppState
from avatarify.ui.widgets.controls import Switch
from avatarify.ui.widgets.make import explained, primary, restyle


class Transport(QWidget):
    """The row under the preview.

    Signals:
        toggled: Start, or stop if a session runs.
        recalibrate: Take a new neutral face.
    """

    toggled = Signal()
    recalibrate = Signal()

    def __init__(self, state: AppState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.start = explained(QPushButton("Start"), "Start or stop sending the animated portrait", self.toggled.emit)
        primary(self.start)
        self.start.setMinimumWidth(120)
        self.neutral = explained(
            QPushButton("Recalibrate (X)"),
            "Look straight ahead with your mouth closed, then press X",
            self.recalibrate.emit,
        )
        self.mirror = Switch("Mirror", "Flip the output left to right", state.settings.mirror)
        self.badge = Switch("AI avatar badge", "Mark the output as made by a computer", state.settings.badge)
        self.mirror.toggled.connect(lambda on: state.set_look(mirror=on))
        self.badge.toggled.connect(lambda on: state.set_look(badge=on))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.start)
        row.addWidget(self.neutral)
        row.addStretch(1)
        row.addWidget(self.mirror)
        row.addWidget(self.badge)
        state.session_changed.connect(self.refresh)
        state.chosen.connect(self.refresh)
        state.portraits_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Offer what can be done in the state as it is now."""
        session = self._state.session
        active = session.live or session in (SessionState.STARTING, SessionState.STOPPING)
        self.start.setText("Stop" if active else "Start")
        self.start.setProperty("live", active)
        restyle(self.start)
        ready = self._state.settings.privacy_accepted and self._state.portrait is not None
        self.start.setEnabled(session is not SessionState.STOPPING and (active or ready))
        self.neutral.setEnabled(session.live)
