"""What happens when the user does something: the one place between the state, the session and slow work."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from avatarify import settings
from avatarify.errors import AvatarifyError, InputError
from avatarify.live.commands import (
    Explain,
    Freeze,
    LoadPortrait,
    Recalibrate,
    SearchNeutral,
    SetControls,
    ShowCamera,
    StartRecording,
    StopRecording,
    SwitchSink,
)
from avatarify.live.state import SessionState
from avatarify.ui.bridge import Figures, SessionBridge
from avatarify.ui.choices import PREVIEW, Notice, Severity
from avatarify.ui.portraits import Portraits
from avatarify.ui.scout import Scout
from avatarify.ui.services import Services
from avatarify.ui.state import AppState
from avatarify.ui.text.translate import translate
from avatarify.ui.work import Worker

if TYPE_CHECKING:
    from avatarify.frames import U8

SAVE_AFTER_MS = 500
SWITCH_AFTER_MS = 60  # arrow keys that run over the gallery must not load every portrait
POOR_MATCH = 0.42  # see ``animate.neutral.match``
POOR_TIMES = 8  # figures in a row, twice a second: before that a better face may be found by itself
GONE_TIMES = 4  # figures in a row without a recording or a sink that was asked for: it failed, or broke off


class Controller(QObject):
    """Answers the window's wishes.

    Args:
        state: What is chosen.
        services: The rest of the program.
        parent: Owns this, the worker and the bridge.

    Signals:
        notice: Notice to show.
        warning_over: What the last warning was about is mended.
    """

    notice = Signal(object)
    warning_over = Signal()

    def __init__(self, state: AppState, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = state
        self.services = services
        self.worker = Worker(self)
        self.bridge = SessionBridge(services.open_session, self)
        self.scout = Scout(services.open_camera, self)
        self.portraits = Portraits(state, services, self.worker, self)
        self._newest: U8 | None = None
        self._starting = self._told_match = self._again = self._explains = False
        self._poor = self._gone = self._unsent = 0
        self._save_soon = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self._switch_soon = QTimer(self, singleShot=True, interval=SWITCH_AFTER_MS)
        self._save_soon.timeout.connect(self._save)
        self._switch_soon.timeout.connect(self._switch_portrait)
        self._connect()
        self._show_view()

    def _connect(self) -> None:
        state, bridge = self.state, self.bridge
        self.portraits.notice.connect(self.notice)
        bridge.state_changed.connect(self._follow)
        bridge.problem.connect(self._tell_problem)
        bridge.warning.connect(lambda message: self.notice.emit(Notice(translate(message), severity=Severity.WARNING)))
        bridge.figures.connect(self._watch)
        bridge.picture.connect(self._keep_picture)
        bridge.recorded.connect(self._tell_recorded)
        state.chosen.connect(self._save_soon.start)
        state.portrait_changed.connect(self._portrait_chosen)
        state.controls_changed.connect(lambda: bridge.execute(SetControls(state.controls)))
        state.view_changed.connect(self._show_view)
        state.output_changed.connect(self._change_output)

    def begin(self) -> None:
        """Find portraits and devices, then load the heavy libraries; called when the window is on the screen."""
        self.portraits.refresh()
        self.refresh_devices()
        self.worker.submit(self.services.warm_up, lambda _: self.portraits.find_thumbnails(), self._fail)

    def refresh_devices(self) -> None:
        """Look for cameras and virtual cameras."""
        self.worker.submit(self.services.list_cameras, self.state.set_cameras, self._fail)
        self.worker.submit(
            self.services.list_virtual_cameras, lambda found: self.state.set_virtual_cameras(*found), self._fail
        )

    def toggle(self) -> None:
        """Start a session, or end the one that runs."""
        if self.bridge.active:
            self.state.set_session(SessionState.STOPPING)
            self.worker.submit(self.bridge.stop, lambda _: None, self._fail)
        elif self.state.ready and not self._starting:
            self._starting = True
            self.state.set_session(SessionState.STARTING)
            self.scout.stop()
            self.worker.submit(self._make_ready, lambda _: self._start(), self._fail_start)

    def restart(self) -> None:
        """End the session that runs and start it with what is chosen now."""
        if self.bridge.active:
            self._again = True
            self.toggle()

    def recalibrate(self) -> None:
        """Take the user's next face as the neutral one."""
        self._told_match, self._poor = False, 0
        self.bridge.execute(Recalibrate())

    def search(self, on: bool) -> None:
        """Go on looking for a better neutral frame."""
        self.state.set_flag("search", on)
        self.bridge.execute(SearchNeutral(on))

    def freeze(self, on: bool) -> None:
        """Hold the picture."""
        self.state.set_flag("freeze", on)
        self.bridge.execute(Freeze(on))

    def show_camera(self, on: bool) -> None:
        """Send the user's own picture; called after the user confirmed it."""
        self.state.set_flag("passthrough", on)
        self.bridge.execute(ShowCamera(on))

    def explain(self, on: bool) -> None:
        """Tell how frames come about (the bridge's ``insight``), in later sessions too, until it is switched off."""
        self._explains = on
        self.bridge.execute(Explain(on))

    def record(self, on: bool) -> None:
        """Begin or end a recording."""
        try:
            file = self.state.new_file(datetime.now(), ".mp4") if on else None
        except AvatarifyError as error:
            self._fail(error)
            self.state.flag_changed.emit("record")
            return
        self._gone = 0
        self.state.set_flag("record", on)
        self.bridge.execute(StopRecording() if file is None else StartRecording(file))

    def take_snapshot(self) -> None:
        """Save the picture that goes out now."""
        if self._newest is None:
            return
        try:
            file = self.state.new_file(datetime.now(), ".png")
        except AvatarifyError as error:
            self._fail(error)
            return
        self.worker.submit(partial(self.services.save_snapshot, self._newest, file), self._tell_snapshot, self._fail)

    def close(self) -> None:
        """End everything: the session, its threads, the background work; saves the settings."""
        for timer in (self._save_soon, self._switch_soon):
            timer.stop()
        self._save()
        self.scout.stop()
        self.bridge.stop()
        self.scout.wait()
        self.worker.close()
        self.services.forget_deleted()

    def _make_ready(self) -> None:
        self.services.load_live()
        self.scout.wait()  # it may still hold the camera

    def _start(self) -> None:
        self._starting = self._told_match = False
        self._poor = self._gone = self._unsent = 0
        try:
            self.bridge.start(self.state.live_options())
        except AvatarifyError as error:
            self._fail_start(error)

    def _fail_start(self, error: Exception) -> None:
        self._starting = False
        self.state.set_session(SessionState.FAILED)
        self._fail(error)

    def _portrait_chosen(self) -> None:
        if self.bridge.active:
            self._switch_soon.start()

    def _switch_portrait(self) -> None:
        portrait = self.state.portrait
        if portrait is not None:
            self.bridge.execute(LoadPortrait(portrait.name))

    def _show_view(self) -> None:
        kept = self.state.settings
        self.bridge.wants_camera = kept.camera_preview or kept.side_by_side

    def _change_output(self, name: str) -> None:
        if name == "sink":
            self.bridge.execute(SwitchSink(self.state.sink.value))
        elif name in ("size", "fps") and self.bridge.active:
            message = self.tr("The new output size and frame rate take effect at the next start.")
            hint = self.tr("Meeting apps cannot handle such a change while they use the camera.")
            self.notice.emit(Notice(message, hint, command="restart"))

    def _follow(self, state: SessionState) -> None:
        if state in (SessionState.STARTING, SessionState.RUNNING):
            self.warning_over.emit()
        if self.state.session is SessionState.STARTING and state.live:
            self._catch_up()
        self.state.set_session(state)
        if state.final:
            self._newest = None
            if self._again:
                self._again = False
                QTimer.singleShot(0, self.toggle)

    def _catch_up(self) -> None:
        """Put on what was chosen while the session opened."""
        self.bridge.execute(SetControls(self.state.controls))
        if self._explains:
            self.bridge.execute(Explain(True))

    def _keep_picture(self, picture: U8) -> None:
        self._newest = picture

    def _watch(self, figures: Figures) -> None:
        self._watch_match(figures.match)
        self._gone = self._gone + 1 if self.state.flag("record") and figures.recording is None else 0
        if self._gone >= GONE_TIMES:
            self.state.set_flag("record", False)
        astray = figures.sink == PREVIEW and self.state.sink.value != PREVIEW and self.state.session.live
        self._unsent = self._unsent + 1 if astray else 0
        if self._unsent >= GONE_TIMES:  # why was told when it failed; the switch must not say that others see it
            self.state.choose_sink(PREVIEW)

    def _watch_match(self, match: float | None) -> None:
        """Warn of a neutral face that fits badly, and stay so; take the warning back when it fits."""
        poor = match is not None and match < POOR_MATCH
        self._poor = self._poor + 1 if poor else 0
        if self._told_match and not poor:
            self._told_match = False
            self.warning_over.emit()
        elif match is not None and self._poor >= POOR_TIMES and not self._told_match:
            self._told_match = True
            message = self.tr("Poor neutral match ({}%).").format(round(match * 100))
            hint = self.tr("Look straight ahead with your mouth closed and eyes open.")
            self.notice.emit(Notice(message, hint, Severity.WARNING, "recalibrate"))

    def _tell_recorded(self, file: Path) -> None:
        message = self.tr("Recording saved: {}").format(file)
        self.notice.emit(Notice(message, command="open_folder", argument=str(file.parent)))

    def _tell_snapshot(self, file: Path) -> None:
        message = self.tr("Snapshot saved: {}").format(file)
        self.notice.emit(Notice(message, command="open_folder", argument=str(file.parent)))

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
