"""Handles user actions: connects the state, the session, and background work."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from avatarify import settings
from avatarify.errors import InputError
from avatarify.live.state import SessionState
from avatarify.ui.bridge import SessionBridge
from avatarify.ui.camera_previewer import CameraPreviewer
from avatarify.ui.choices import Notice, Severity
from avatarify.ui.idle_picture import IdlePicture
from avatarify.ui.live_controls import LiveControls
from avatarify.ui.portraits import Portraits
from avatarify.ui.preparation import Preparation
from avatarify.ui.recordings import Recordings
from avatarify.ui.services import Services
from avatarify.ui.session_starter import SessionStarter
from avatarify.ui.session_watch import SessionWatch
from avatarify.ui.state import AppState
from avatarify.ui.text.translate import translate
from avatarify.ui.worker import Worker

SAVE_AFTER_MS = 500


class Controller(QObject):
    """Executes what the user asks for in the window.

    Args:
        state: State of the window.
        services: Access to the rest of the program.
        parent: Owns this, the worker and the bridge.

    Signals:
        notice: Notice to show.
        warning_over: The cause of the last warning is gone.
    """

    notice = Signal(object)
    warning_over = Signal()

    def __init__(self, state: AppState, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = state
        self.services = services
        self.worker = Worker(self)
        self.bridge = SessionBridge(services.open_session, self)
        self.previewer = CameraPreviewer(services.open_camera, self)
        self.portraits = Portraits(state, services, self.worker, self)
        self.recordings = Recordings(state, services, self.bridge, self.worker, self)
        self._watch = SessionWatch(state, self)
        self.starter = SessionStarter(state, services, self.bridge, self.worker, self.previewer, self)
        self.live = LiveControls(state, self.bridge, self.previewer, self.worker, self._watch, self)
        self.idle = IdlePicture(state, services, self.worker, self)
        self.preparation = Preparation(state, services, self.worker, self)
        self._save_soon = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self._save_soon.timeout.connect(self._save)
        self._connect()

    def _connect(self) -> None:
        state, bridge = self.state, self.bridge
        self.portraits.notice.connect(self.notice)
        self.portraits.still.connect(self.idle.replaced)
        self.recordings.notice.connect(self.notice)
        self.starter.failed.connect(self._fail)
        self.starter.starting.connect(self._watch.restart)
        self.recordings.requested.connect(self._watch.forget_recording)
        bridge.state_changed.connect(self._follow)
        bridge.problem.connect(self._show_problem)
        bridge.warning.connect(lambda message: self.notice.emit(Notice(translate(message), severity=Severity.WARNING)))
        bridge.statistics.connect(self._watch.see)
        self._watch.notice.connect(self.notice)
        self._watch.warning_over.connect(self.warning_over)
        state.chosen.connect(self._save_soon.start)
        state.output_changed.connect(self._change_output)

    def begin(self) -> None:
        """Find portraits and devices, then load the heavy libraries; called once the window is visible."""
        self.services.purge_deleted()  # of a window that was killed
        self.portraits.refresh()
        self.refresh_devices()
        self.worker.submit(self.services.warm_up, lambda _: self._warmed_up(), self._fail)

    def _warmed_up(self) -> None:
        """Go on with what needs the heavy libraries; at the first start, the assistant gives time to prepare."""
        self.portraits.find_thumbnails()
        self.idle.begin()
        if not self.state.settings.privacy_accepted:
            self.preparation.begin()

    def refresh_devices(self) -> None:
        """Look for cameras and virtual cameras."""
        self.worker.submit(self.services.list_cameras, self.state.set_cameras, self._fail)
        self.worker.submit(
            self.services.list_virtual_cameras, lambda found: self.state.set_virtual_cameras(*found), self._fail
        )

    def close(self) -> None:
        """End the session, its threads, and background work; save the settings."""
        self._save_soon.stop()
        self.live.close()
        self.idle.close()
        self._save()
        self.previewer.stop()
        self.preparation.stop()
        self.bridge.stop()
        self.previewer.wait()
        self.worker.close()
        self.services.purge_deleted()

    def _change_output(self, name: str) -> None:
        if name == "sink":
            self.live.switch_sink()
        elif name == "camera":
            self.live.change_camera()
        elif name in ("size", "fps") and self.bridge.active:
            message = self.tr("The new output size and frame rate take effect at the next start.")
            hint = self.tr("Meeting apps cannot handle such a change while they use the camera.")
            self.notice.emit(Notice(message, hint, command="restart"))

    def _follow(self, state: SessionState) -> None:
        if state in (SessionState.STARTING, SessionState.RUNNING):
            self.warning_over.emit()
        if self.state.session is SessionState.STARTING and state.live:
            self.live.catch_up()
        self.state.set_session(state)

    def _show_problem(self, error: Exception) -> None:
        ended = self.bridge.failure is error
        self.notice.emit(Notice.of(error, Severity.ERROR if ended else Severity.WARNING))

    def _fail(self, error: Exception) -> None:
        self.notice.emit(Notice.of(error))

    def _save(self) -> None:
        try:
            settings.save(self.state.settings)
        except InputError as error:
            self.notice.emit(Notice.of(error, Severity.WARNING))
