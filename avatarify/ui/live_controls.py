"""What can be changed while a session runs."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from avatarify.live.commands import (
    ChangeCamera,
    Explain,
    FollowFace,
    Freeze,
    LoadPortrait,
    Recalibrate,
    SearchNeutral,
    SetControls,
    ShowCamera,
    SwitchSink,
)
from avatarify.ui.bridge import SessionBridge
from avatarify.ui.camera_previewer import CameraPreviewer
from avatarify.ui.session_watch import SessionWatch
from avatarify.ui.state import AppState
from avatarify.ui.worker import Worker

SWITCH_AFTER_MS = 60  # arrow keys held in the gallery must not load every portrait


class LiveControls(QObject):
    """Turns the user's choices into commands to the running session.

    Args:
        state: State of the window.
        bridge: To the session.
        previewer: Shows cameras; holds them until the session takes one.
        worker: Waits for cameras.
        watch: Forgets what a command makes outdated.
        parent: Owns this.
    """

    def __init__(
        self,
        state: AppState,
        bridge: SessionBridge,
        previewer: CameraPreviewer,
        worker: Worker,
        watch: SessionWatch,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._state, self._bridge, self._previewer = state, bridge, previewer
        self._worker, self._watch = worker, watch
        self._explains = False
        self._switch_soon = QTimer(self, singleShot=True, interval=SWITCH_AFTER_MS)
        self._switch_soon.timeout.connect(self._switch_portrait)
        state.portrait_changed.connect(self._choose_portrait)
        state.controls_changed.connect(lambda: bridge.execute(SetControls(state.controls)))
        state.view_changed.connect(self._show_view)
        previewer.watching_changed.connect(self._show_view)
        bridge.camera.connect(lambda frame, face: previewer.show(state.camera.value, frame))
        bridge.camera_changed.connect(state.show_camera_choice)
        self._show_view()

    def recalibrate(self) -> None:
        """Use the user's next face as the neutral frame."""
        self._watch.forget_match()
        self._bridge.execute(Recalibrate())

    def search(self, on: bool) -> None:
        """Keep searching for a better neutral frame."""
        self._state.set_flag("search", on)
        self._bridge.execute(SearchNeutral(on))

    def follow_face(self, x: float, y: float) -> None:
        """Let the face at a place in the camera's picture, in its pixels, drive the portrait."""
        self._watch.forget_match()
        self._bridge.execute(FollowFace(f"{max(0.0, x):.0f},{max(0.0, y):.0f}"))

    def freeze(self, on: bool) -> None:
        """Freeze the output."""
        self._state.set_flag("freeze", on)
        self._bridge.execute(Freeze(on))

    def show_camera(self, on: bool) -> None:
        """Send the user's real face; called after the user has confirmed it."""
        self._state.set_flag("passthrough", on)
        self._bridge.execute(ShowCamera(on))

    def explain(self, on: bool) -> None:
        """Emit the bridge's ``insight``, also in later sessions, until it is turned off."""
        self._explains = on
        self._bridge.execute(Explain(on))

    def switch_sink(self) -> None:
        """Send to the selected output."""
        self._bridge.execute(SwitchSink(self._state.sink.value))

    def change_camera(self) -> None:
        """Go over to the selected camera, once its preview has let it go."""
        if not self._bridge.active:
            return
        wanted = self._state.camera.value
        self._previewer.stop()
        execute = self._bridge.execute
        self._worker.submit(self._previewer.wait, lambda _: execute(ChangeCamera(wanted)), lambda _: None)

    def catch_up(self) -> None:
        """Apply what was changed while the session was opening."""
        self._bridge.execute(SetControls(self._state.controls))
        if self._explains:
            self._bridge.execute(Explain(True))

    def close(self) -> None:
        """Forget what waits."""
        self._switch_soon.stop()

    def _choose_portrait(self) -> None:
        if self._bridge.active:
            self._switch_soon.start()

    def _switch_portrait(self) -> None:
        portrait = self._state.portrait
        if portrait is not None:
            self._bridge.execute(LoadPortrait(portrait.name))

    def _show_view(self) -> None:
        kept = self._state.settings
        self._bridge.wants_camera = kept.camera_preview or kept.side_by_side or self._previewer.watching
