"""Shows the commands that set up a virtual camera, and runs them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from avatarify.ui.choices import VIRTUAL, Notice
from avatarify.ui.services import Services
from avatarify.ui.state import AppState
from avatarify.ui.widgets.command_line import CommandLine
from avatarify.ui.widgets.factories import enable, quiet, with_tooltip
from avatarify.ui.worker import Worker


class SetUp(QWidget):
    """Whether there is a virtual camera; if not, the commands that make one, and a button that runs them.

    Args:
        state: Knows whether there is one.
        services: Lists and runs the commands.
        worker: Runs them in the background.
        on_help_page: It stands on the page that says how to get a virtual camera.

    Signals:
        refresh_requested: Look for virtual cameras again.
        help_requested: Show how to get one where no command does it.
    """

    refresh_requested = Signal()
    help_requested = Signal()

    def __init__(self, state: AppState, services: Services, worker: Worker, on_help_page: bool = False) -> None:
        super().__init__()
        self._state, self._services, self._worker = state, services, worker
        self._commands: list[str] = []
        self._running, self._on_help_page = False, on_help_page
        self.verdict = quiet()
        self.shown = QVBoxLayout()
        self.message = quiet()
        tooltip = self.tr("Run the commands above; the system asks for your password")
        self.run = with_tooltip(QPushButton(self.tr("Set it up")), tooltip, self._run)
        tooltip = self.tr("How to get a virtual camera on this system")
        self.help = with_tooltip(QPushButton(self.tr("Show how…")), tooltip, self.help_requested.emit)
        buttons = QHBoxLayout()
        buttons.addWidget(self.run)
        buttons.addWidget(self.help)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.verdict)
        column.addLayout(self.shown)
        column.addLayout(buttons)
        column.addWidget(self.message)
        self._show([])
        state.sinks_changed.connect(self._look)

    def showEvent(self, event: QShowEvent) -> None:
        """Look at what there is."""
        super().showEvent(event)
        self._look()

    @property
    def ready(self) -> bool:
        """Whether there is a virtual camera."""
        return not self._state.remedy and any(choice.value == VIRTUAL for choice in self._state.sinks)

    def _look(self) -> None:
        if self.isVisible():
            self._worker.submit(self._services.set_up_commands, self._show, self._fail)

    def _show(self, commands: list[str]) -> None:
        self._commands = [] if self.ready else commands
        while self.shown.count():
            not_shown = self.shown.takeAt(0)
            if not_shown is not None and (widget := not_shown.widget()) is not None:
                widget.deleteLater()
        if self._commands:
            self.shown.addWidget(QLabel(self.tr("These commands run as administrator:")))
            self.shown.addWidget(CommandLine("\n".join(self._commands)))
        if self.ready:
            self.verdict.setText(self.tr("The virtual camera is ready."))
        else:
            self.verdict.setText(self.tr("Meeting apps see Avatarify through a virtual camera. There is none yet."))
        self._show_buttons()

    def _show_buttons(self) -> None:
        self.run.setVisible(bool(self._commands))
        self.help.setVisible(not self.ready and not self._on_help_page)
        self.verdict.setVisible(not self._on_help_page)
        why = (
            "" if self._services.can_set_up() else self.tr("The system cannot ask for the password: copy the commands.")
        )
        enable(self.run, self.tr("The commands are running.") if self._running else why)

    def _run(self) -> None:
        self._running = True
        self.message.setText(self.tr("Setting up; this can take some minutes…"))
        self._worker.submit(partial(self._services.set_up_camera, self._commands), self._done, self._fail)
        self._show_buttons()

    def _done(self, nothing: None) -> None:
        self._running = False
        self.message.setText("")
        self.refresh_requested.emit()
        self._show_buttons()

    def _fail(self, error: Exception) -> None:
        self._running = False
        self.message.setText(Notice.of(error).words)
        self._show_buttons()
