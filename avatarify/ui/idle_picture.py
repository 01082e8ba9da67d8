"""The picture that others will see when a session starts, composed before one runs."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from avatarify.animate.options import Controls
from avatarify.ui.services import Services
from avatarify.ui.state import AppState
from avatarify.ui.worker import Worker

COMPOSE_AFTER_MS = 150  # a dragged slider must not compose a picture for each of its steps
_Look = tuple[str, Controls, str]


class IdlePicture(QObject):
    """Composes the portrait with its background, size, and badge while no session runs; one picture at a time.

    Args:
        state: Says what is composed.
        services: Composes.
        worker: Runs it in the background.
        parent: Owns this.

    Signals:
        made: QImage of the output's size.
    """

    made = Signal(QImage)

    def __init__(self, state: AppState, services: Services, worker: Worker, parent: QObject) -> None:
        super().__init__(parent)
        self._state, self._services, self._worker = state, services, worker
        self._ready = False
        self._composing: _Look | None = None
        self._shown: _Look | None = None
        self._soon = QTimer(self, singleShot=True, interval=COMPOSE_AFTER_MS)
        self._soon.timeout.connect(self._compose)
        for signal in (state.controls_changed, state.output_changed, state.session_changed):
            signal.connect(self._soon.start)

    def begin(self) -> None:
        """Compose from now on: the libraries are loaded."""
        self._ready = True
        self._soon.start()

    def replaced(self) -> None:
        """Compose anew: the plain portrait is shown."""
        self._shown = None
        self._soon.start()

    def close(self) -> None:
        """Forget what waits."""
        self._soon.stop()

    @property
    def _wanted(self) -> _Look | None:
        portrait = self._state.portrait
        return None if portrait is None else (portrait.name, self._state.controls, self._state.settings.size)

    def _compose(self) -> None:
        wanted = self._wanted
        if not self._ready or self._state.busy or self._composing or wanted is None or wanted == self._shown:
            return
        self._composing = wanted
        self._worker.submit(partial(self._services.compose_idle, *wanted), self._show, self._keep)

    def _show(self, picture: QImage) -> None:
        look, self._composing = self._composing, None
        if look == self._wanted and not self._state.busy:
            self._shown = look
            self.made.emit(picture)
        self._soon.start()  # something may have changed meanwhile

    def _keep(self, error: Exception) -> None:
        """Keep the plain portrait: what is wrong with it is said when a session starts."""
        self._shown, self._composing = self._composing, None
        self._soon.start()
