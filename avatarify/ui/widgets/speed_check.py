"""Measures how fast a live session is on this computer."""

from __future__ import annotations

import threading
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from avatarify.locks import Cancelled
from avatarify.messages import Message
from avatarify.ui.choices import Notice
from avatarify.ui.services import Services
from avatarify.ui.state import AppState
from avatarify.ui.text.translate import translate
from avatarify.ui.widgets.factories import enable, quiet, with_tooltip
from avatarify.ui.worker import Worker


class SpeedCheck(QWidget):
    """A button that measures, and one sentence with the result.

    Args:
        state: Says what is measured; while a session runs, nothing can be.
        services: Measures.
        worker: Runs it in the background.
    """

    def __init__(self, state: AppState, services: Services, worker: Worker) -> None:
        super().__init__()
        self._state, self._services, self._worker = state, services, worker
        self._stop: threading.Event | None = None
        self.button = with_tooltip(
            QPushButton(self.tr("Check the speed")), self.tr("Animate the demo clip for about ten seconds"), self._begin
        )
        self.result = quiet()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.button)
        row.addWidget(self.result, 1)
        state.session_changed.connect(self._show)
        state.portraits_changed.connect(self._show)
        self._show()

    def stop(self) -> None:
        """End a measurement."""
        if self._stop is not None:
            self._stop.set()

    def _show(self) -> None:
        portrait = self._state.portrait
        if self._stop is not None:
            why = self.tr("The speed is being measured.")
        elif self._state.busy:
            why = self.tr("Stop the session first: it would slow the measurement down.")
        else:
            why = "" if portrait else self.tr("There is no portrait to animate.")
        enable(self.button, why)

    def _begin(self) -> None:
        settings, portrait = self._state.settings, self._state.portrait
        if portrait is None:
            return
        self._stop = threading.Event()
        self.result.setText(self.tr("Measuring…"))
        self._show()
        measure, stopped = self._services.check_speed, self._stop.is_set
        work = partial(measure, settings.model, settings.runtime, portrait.name, stopped)
        self._worker.submit(work, self._end, self._fail)

    def _end(self, verdict: Message) -> None:
        self._stop = None
        self.result.setText(translate(verdict))
        self._show()

    def _fail(self, error: Exception) -> None:
        self._stop = None
        self.result.setText("" if isinstance(error, Cancelled) else Notice.of(error).words)
        self._show()
