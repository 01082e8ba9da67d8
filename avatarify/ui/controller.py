"""What happens when the user does something: the one place between the state, the session and slow work."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage

from avatarify import settings
from avatarify.errors import AvatarifyError, InputError
from avatarify.live.state import SessionState
from avatarify.ui.bridge import SessionBridge
from avatarify.ui.services import Added, Services
from avatarify.ui.state import AppState, Notice, PortraitItem, Severity
from avatarify.ui.work import Worker

SAVE_AFTER_MS = 500
SWITCH_AFTER_MS = 150  # arrow keys that run over the gallery must not load every portrait


class Controller(QObject):
    """Answers the window's wishes.

    Args:
        state: What is chosen.
        services: The rest of the program.
        parent: Owns this, the worker and the bridge.

    Signals:
        notice: Notice to show.
        warning_over: What the last warning was about is mended.
        still: QImage of the chosen portrait.
    """

    notice = Signal(object)
    warning_over = Signal()
    still = Signal(QImage)

    def __init__(self, state: AppState, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self.state = state
        self._services = services
        self._worker = Worker(self)
        self._recording: Path | None = None
        self.bridge = SessionBridge(services.open_session, self)
        self._save_soon = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self._switch_soon = QTimer(self, singleShot=True, interval=SWITCH_AFTER_MS)
        self._save_soon.timeout.connect(self._save)
        self._switch_soon.timeout.connect(self._switch_portrait)
        self.bridge.state_changed.connect(self._follow)
        self.bridge.problem.connect(self._tell_problem)
        self.bridge.warning.connect(lambda text: self.notice.emit(Notice(text, severity=Severity.WARNING)))
        state.chosen.connect(self._save_soon.start)
        state.portrait_changed.connect(self._portrait_chosen)
        state.look_changed.connect(self._switch_look)

    def begin(self) -> None:
        """Find portraits and devices, then load the heavy libraries; called when the window is on the screen."""
        self._list_portraits()
        self.refresh_devices()
        self._worker.submit(self._services.warm_up, lambda _: self._find_thumbnails(), self._fail)

    def refresh_devices(self) -> None:
        """Look for cameras and virtual cameras."""
        self._worker.submit(self._services.list_cameras, self.state.set_cameras, self._fail)
        self._worker.submit(
            self._services.list_virtual_cameras, lambda found: self.state.set_virtual_cameras(*found), self._fail
        )

    def toggle(self) -> None:
        """Start a session, or end the one that runs."""
        if self.bridge.active:
            self.state.set_session(SessionState.STOPPING)
            self._worker.submit(self.bridge.stop, lambda _: None, self._fail)
            return
        try:
            self._recording = self.state.new_recording(datetime.now())
            options = self.state.live_options(self._recording)
        except AvatarifyError as error:
            self._fail(error)
        else:
            self.bridge.start(options)

    def recalibrate(self) -> None:
        """Take the user's next face as the neutral one."""
        self.bridge.recalibrate()

    def add_portraits(self, files: list[Path]) -> None:
        """Check, copy and choose pictures that the user may use."""
        for file in files:
            self._worker.submit(partial(self._services.add_portrait, file), self._added, self._fail)

    def close(self) -> None:
        """End everything: the session, its threads, the background work; saves the settings."""
        for timer in (self._save_soon, self._switch_soon):
            timer.stop()
        self._save()
        self.bridge.stop()
        self._worker.close()

    def _list_portraits(self, choose: str = "") -> None:
        def show(items: list[PortraitItem]) -> None:
            self.state.set_portraits(items)
            if choose:
                self.state.choose_portrait(choose)

        self._worker.submit(self._services.list_portraits, show, self._fail)

    def _find_thumbnails(self) -> None:
        def show(new: bool) -> None:
            if new:
                self._list_portraits()

        self._worker.submit(self._services.find_thumbnails, show, self._fail)

    def _added(self, added: Added) -> None:
        self.state.settings.consents.append(added.name)
        self._list_portraits(choose=added.name)
        for text in added.warnings:
            self.notice.emit(Notice(text, severity=Severity.WARNING))

    def _portrait_chosen(self) -> None:
        portrait = self.state.portrait
        if portrait is None:
            return
        show = partial(self._show_still, portrait)
        self._worker.submit(partial(self._services.load_still, portrait.file), show, self._fail)
        if self.bridge.active:
            self._switch_soon.start()

    def _switch_look(self) -> None:
        self.bridge.change_look(mirror=self.state.settings.mirror, badge=self.state.settings.badge)

    def _show_still(self, portrait: PortraitItem, still: QImage) -> None:
        if self.state.portrait is not None and portrait.file == self.state.portrait.file:  # or the user was quicker
            self.still.emit(still)

    def _switch_portrait(self) -> None:
        if self.state.portrait is not None:
            self.bridge.switch_portrait(self.state.portrait.name)

    def _follow(self, state: SessionState) -> None:
        if state in (SessionState.STARTING, SessionState.RUNNING):
            self.warning_over.emit()
        if self.state.session is SessionState.STARTING and state.live:
            self._switch_look()  # it may have been switched while the session opened
        if state is SessionState.STOPPED and self._recording is not None and self._recording.exists():
            self.notice.emit(Notice(f"The recording is {self._recording}."))
        self.state.set_session(state)

    def _tell_problem(self, error: Exception) -> None:
        ended = self.bridge.failure is error
        self.notice.emit(Notice.of(error, Severity.ERROR if ended else Severity.WARNING))

    def _fail(self, error: Exception) -> None:
        self.notice.emit(Notice.of(error))

    def _save(self) -> None:
        try:
            settings.save(self.state.settings)
        except InputError as error:
            self.notice.emit(Notice.of(error, Severity.WARNING))
