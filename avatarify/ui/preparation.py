"""Prepares model and portrait before the first session, so that it starts at once."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Qt, Signal

from avatarify.engines.target import Watch
from avatarify.messages import Message
from avatarify.ui.services import Services
from avatarify.ui.state import AppState
from avatarify.ui.worker import Worker


class Preparation(QObject):
    """Opens the model once in the background; what that makes is kept on disk.

    Args:
        state: Says which model, runtime, and portrait.
        services: Does it.
        worker: Runs it in the background.
        parent: Owns this.

    Signals:
        advanced: Message about the current step, and the fraction of it that is done.
        finished: Message about the result; empty if everything is ready.
    """

    advanced = Signal(object, float)
    finished = Signal(object)
    _advanced = Signal(object, float)

    def __init__(self, state: AppState, services: Services, worker: Worker, parent: QObject) -> None:
        super().__init__(parent)
        self._state, self._services, self._worker = state, services, worker
        self._wanted = self._begun = self._stopped = False
        self._advanced.connect(self.advanced, Qt.ConnectionType.QueuedConnection)
        state.portraits_changed.connect(self._begin)

    def begin(self) -> None:
        """Begin, once, as soon as there is a portrait."""
        self._wanted = True
        self._begin()

    def _begin(self) -> None:
        settings, portrait = self._state.settings, self._state.portrait
        if self._begun or not self._wanted or portrait is None:
            return
        self._begun = True
        watch = Watch(self._advanced.emit, lambda: self._stopped)
        work = partial(self._services.prepare, settings.model, settings.runtime, portrait.name, watch)
        self._worker.submit(work, lambda _: self.finished.emit(Message("")), self._fail)

    def stop(self) -> None:
        """End soon."""
        self._stopped = True

    def _fail(self, error: Exception) -> None:
        from avatarify.errors import AvatarifyError

        self.finished.emit(error.whole if isinstance(error, AvatarifyError) else Message("{reason}", reason=str(error)))
