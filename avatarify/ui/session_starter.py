"""Starts, ends, and restarts the session."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from avatarify.errors import AvatarifyError
from avatarify.live.state import SessionState
from avatarify.ui.bridge import SessionBridge
from avatarify.ui.camera_previewer import CameraPreviewer
from avatarify.ui.services import Services
from avatarify.ui.session_options import session_options
from avatarify.ui.state import AppState
from avatarify.ui.worker import Worker


class SessionStarter(QObject):
    """Brings a session up and down; the slow parts run on the worker.

    Args:
        state: State of the window.
        services: Loads the libraries of a session.
        bridge: To the session.
        worker: Runs what is slow.
        previewer: Holds the camera until a session begins.
        parent: Owns this.

    Signals:
        starting: A session begins.
        failed: An error: the session could not begin or end.
    """

    starting = Signal()
    failed = Signal(object)

    def __init__(
        self,
        state: AppState,
        services: Services,
        bridge: SessionBridge,
        worker: Worker,
        previewer: CameraPreviewer,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._state, self._services, self._bridge = state, services, bridge
        self._worker, self._previewer = worker, previewer
        self._starting = self._again = False
        state.session_changed.connect(self._follow)

    def toggle(self) -> None:
        """Start a session, or end the running one."""
        if self._bridge.active:
            self._state.set_session(SessionState.STOPPING)
            self._worker.submit(self._bridge.stop, lambda _: None, self.failed.emit)
        elif self._state.ready and not self._starting:
            self._starting = True
            self._state.set_session(SessionState.STARTING)
            self._previewer.stop()
            self._worker.submit(self._make_ready, lambda _: self._start(), self._fail)

    def restart(self) -> None:
        """Restart the running session with the current settings."""
        if self._bridge.active:
            self._again = True
            self.toggle()

    def _make_ready(self) -> None:
        self._services.load_live()
        self._previewer.wait()  # it may still hold the camera

    def _start(self) -> None:
        self._starting = False
        self.starting.emit()
        try:
            self._bridge.start(session_options(self._state))
        except AvatarifyError as error:
            self._fail(error)

    def _fail(self, error: Exception) -> None:
        self._starting = False
        self._state.set_session(SessionState.FAILED)
        self.failed.emit(error)

    def _follow(self, state: SessionState) -> None:
        if state.final and self._again:
            self._again = False
            QTimer.singleShot(0, self.toggle)
