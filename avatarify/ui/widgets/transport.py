"""Transport buttons: start, stop, and actions on the running output."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from avatarify.live.state import SessionState
from avatarify.ui.actions import Actions
from avatarify.ui.commands import words
from avatarify.ui.state import AppState
from avatarify.ui.widgets.factories import describe, enable, primary, restyle, with_tooltip

if TYPE_CHECKING:
    from avatarify.output.background import RecordingFacts

_LIVE = ("recalibrate", "search", "freeze", "passthrough", "snapshot", "record")


class Transport(QWidget):
    """The row of buttons below the preview.

    Args:
        state: State of the window.
        actions: The commands behind the buttons.
    """

    def __init__(self, state: AppState, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._actions = actions
        self.start = with_tooltip(
            QPushButton(), self.tr("Start or stop sending the animated portrait"), actions["start"].trigger
        )
        primary(self.start)
        self.start.setMinimumWidth(120)
        self.neutral = self._button("recalibrate", self.tr("Recalibrate"))
        self.search = self._button("search", self.tr("Best frame"))
        self.freeze = self._button("freeze", self.tr("Freeze"))
        self.snapshot = self._button("snapshot", self.tr("Snapshot"))
        self.record = self._button("record", self.tr("Record"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for button in (self.start, self.neutral, self.search, self.freeze):
            row.addWidget(button)
        row.addStretch(1)
        for button in (self.snapshot, self.record):
            row.addWidget(button)
        self._explain()
        actions.rebound.connect(self._explain)
        state.session_changed.connect(self.refresh)
        state.chosen.connect(self.refresh)
        state.portraits_changed.connect(self.refresh)
        state.flag_changed.connect(lambda name: self.refresh())
        self.refresh()

    def refresh(self) -> None:
        """Enable the buttons that apply in the current state."""
        session = self._state.session
        active = session.live or session in (SessionState.STARTING, SessionState.STOPPING)
        self.start.setText(self.tr("Stop") if active else self.tr("Start"))
        self.start.setProperty("live", active)
        restyle(self.start)
        for control in (self._actions["start"], self.start):
            enable(control, self._why_no_start(active))
        for name in _LIVE:
            enable(self._actions[name], "" if session.live else self.tr("Available while a session runs."))
        for name in ("search", "freeze", "passthrough", "record"):
            self._actions[name].setChecked(self._state.flag(name))
        if not self._state.flag("record"):
            self.show_recording(None)

    def _why_no_start(self, active: bool) -> str:
        if self._state.session is SessionState.STOPPING:
            return self.tr("The session is starting or stopping.")
        if active or self._state.ready:
            return ""
        if not self._state.settings.privacy_accepted:
            return self.tr("First read and accept how pictures of people are used.")
        return self.tr("Choose a portrait first.")

    def show_recording(self, facts: RecordingFacts | None) -> None:
        """Show length and size of the recording; None if there is none."""
        text = self.tr("Record")
        if facts is not None:
            minutes, seconds = divmod(int(facts.seconds), 60)
            text = f"● {minutes}:{seconds:02d}  {facts.size / 1e6:.1f} MB"
        self.record.setText(text)

    def _button(self, name: str, text: str) -> QToolButton:
        button = QToolButton()
        action = self._actions[name]
        button.setDefaultAction(action)
        button.setText(text)  # shorter than the command's label
        action.changed.connect(lambda: self._keep(button, text))
        return button

    def _keep(self, button: QToolButton, text: str) -> None:
        """Restore the short label: Qt copies the action's text to the button when the action changes."""
        if button is self.record and self._state.flag("record"):
            return
        button.setText(text)
        self._explain_one(button)

    def _explain(self) -> None:
        for button in (self.neutral, self.search, self.freeze, self.snapshot, self.record):
            self._explain_one(button)
        describe(self.start, f"{self.start.accessibleDescription()} ({self._actions.key('start')})")

    def _explain_one(self, button: QToolButton) -> None:
        name = next(name for name in self._actions if self._actions[name] is button.defaultAction())
        text = words(self._actions.commands[name])
        key = self._actions.active_key(name)
        describe(button, f"{text} ({key})" if key else text)
        enable(button, str(self._actions[name].property("why_not") or ""))
        button.setAccessibleName(text)
