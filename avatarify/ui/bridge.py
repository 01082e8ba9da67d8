"""Turns callbacks on the threads of a live session into signals on the window's thread."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from avatarify.engines.target import Watch
from avatarify.latest import Latest
from avatarify.live.state import SessionState
from avatarify.ui.statistics import Statistics

if TYPE_CHECKING:
    from avatarify.animate.insight import Insight
    from avatarify.face.face import Face
    from avatarify.frames import U8, Frame
    from avatarify.live.commands import SessionCommand
    from avatarify.live.options import LiveOptions
    from avatarify.live.session import Session
    from avatarify.messages import Message

OpenSession = Callable[..., "Session"]

PREVIEW_PERIOD_S = 1 / 30
CAMERA_PERIOD_S = 1 / 12
INSIGHT_PERIOD_S = 1 / 8
STATISTICS_PERIOD_MS = 500


class SessionBridge(QObject):
    """Runs one session at a time and reports its events to the window.

    Args:
        open_session: ``live.build.open_session`` or a compatible function.

    Signals (all on the window's thread, never from a session that has been replaced):
        state_changed: SessionState.
        picture: The newest output frame, (H, W, 3) uint8 RGB, at most 30 per second; read only.
        camera: The newest camera frame, (H, W, 3) uint8 RGB, and its Face or None, at most 12 per second.
        insight: Insight of a new frame, at most 8 per second, while the session explains.
        camera_changed: The camera in use after a change of the camera, as the settings name it.
        recorded: Path of a finished recording.
        statistics: Statistics, twice a second while a session runs.
        problem: Exception that the session survived or ended with.
        warning: Message of a warning that was not reported as a problem before.
        preparing: Message about what is done while a session starts, and the fraction of it that is done.
    """

    state_changed = Signal(object)
    picture = Signal(object)
    camera = Signal(object, object)
    insight = Signal(object)
    camera_changed = Signal(str)
    recorded = Signal(object)
    statistics = Signal(object)
    problem = Signal(object)
    warning = Signal(object)
    preparing = Signal(object, float)
    _preparing_arrived = Signal(int, object, float)
    _state_arrived = Signal(int, object)
    _problem_arrived = Signal(int, object)
    _recorded_arrived = Signal(object)
    _camera_arrived = Signal(str)
    _picture_arrived = Signal()

    def __init__(self, open_session: OpenSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open_session = open_session
        self._session: Session | None = None
        self._run = 0
        self._ending = False
        self._reported: set[str] = set()
        self._newest: Latest[tuple[int, U8]] = Latest()
        self._newest_frame: Latest[tuple[int, Frame, Face | None]] = Latest()
        self._newest_insight: Latest[tuple[int, Insight]] = Latest()
        self._waiting = False
        self._shown_at = self._camera_at = self._insight_at = 0.0
        self.wants_camera = False  # read on any thread; nothing is copied while no camera preview is visible
        self._pause = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._pause.timeout.connect(self._show)
        self._poll = QTimer(self, interval=STATISTICS_PERIOD_MS)
        self._poll.timeout.connect(self._report_statistics)
        queued = Qt.ConnectionType.QueuedConnection
        self._state_arrived.connect(self._on_state, queued)
        self._problem_arrived.connect(self._on_problem, queued)
        self._preparing_arrived.connect(self._on_preparing, queued)
        self._recorded_arrived.connect(self.recorded, queued)
        self._camera_arrived.connect(self.camera_changed, queued)
        self._picture_arrived.connect(self._show_when_due, queued)

    @property
    def active(self) -> bool:
        """True from start until the session has ended."""
        return self._session is not None and not self._session.state.final

    @property
    def failure(self) -> Exception | None:
        """Why the last session failed; None if it did not."""
        return self._session.error if self._session is not None else None

    def start(self, options: LiveOptions) -> None:
        """Start a session; returns at once. Ignored while one is active."""
        if self.active:
            return
        self._run += 1
        self._ending = False
        self._reported.clear()
        self._session = self._open_session(
            options,
            on_state=partial(self._state_arrived.emit, self._run),
            on_error=partial(self._problem_arrived.emit, self._run),
            on_picture=partial(self._take, self._run),
            on_face=partial(self._take_frame, self._run),
            on_recorded=self._recorded_arrived.emit,
            on_insight=partial(self._take_insight, self._run),
            on_camera=self._camera_arrived.emit,
            watch=self._watch(),
        )
        self._session.start()
        self._poll.start()

    def stop(self) -> None:
        """End the session and wait for its threads, seconds at most. Any thread may call it."""
        self._ending = True
        if self._session is not None:
            self._session.stop()

    def execute(self, command: SessionCommand) -> None:
        """Execute a command in the running session; does nothing if none is running."""
        if self._session is not None and self.active:
            self._session.execute(command)

    def _watch(self) -> Watch:
        """Return what follows the opening of the model for a new session; its warnings are the session's own."""
        arrived = partial(self._preparing_arrived.emit, self._run)
        return Watch(arrived, lambda: self._ending, lambda text: arrived(text, 0.0))

    def _take(self, run: int, image: U8) -> None:
        """Keep the newest output frame; called on a thread of the session."""
        self._newest.put((run, image))
        if not self._waiting:
            self._waiting = True
            self._picture_arrived.emit()

    def _take_frame(self, run: int, frame: Frame, face: Face | None) -> None:
        """Keep the newest camera frame; called on a thread of the session."""
        if self.wants_camera:
            self._newest_frame.put((run, frame, face))

    def _take_insight(self, run: int, insight: Insight) -> None:
        """Keep the newest insight; called on a thread of the session while it explains."""
        self._newest_insight.put((run, insight))

    @Slot()
    def _show_when_due(self) -> None:
        wait_s = self._shown_at + PREVIEW_PERIOD_S - time.perf_counter()
        self._pause.start(max(0, round(wait_s * 1000)))

    @Slot()
    def _show(self) -> None:
        self._waiting = False  # before taking: a frame that arrives now must wake us again
        newest = self._newest.get(0.0)
        if newest is not None and newest[0] == self._run and self.active:
            self._shown_at = time.perf_counter()
            self.picture.emit(newest[1])
            self._show_camera()
            self._show_insight()

    def _show_camera(self) -> None:
        """Show the camera at its own rate, together with an output frame, to wake up only once."""
        if self._shown_at - self._camera_at < CAMERA_PERIOD_S:
            return
        newest = self._newest_frame.get(0.0)
        if newest is not None and newest[0] == self._run:
            self._camera_at = self._shown_at
            self.camera.emit(newest[1].image, newest[2])

    def _show_insight(self) -> None:
        """Show the insight at its own rate, together with an output frame."""
        if self._shown_at - self._insight_at < INSIGHT_PERIOD_S:
            return
        newest = self._newest_insight.get(0.0)
        if newest is not None and newest[0] == self._run:
            self._insight_at = self._shown_at
            self.insight.emit(newest[1])

    @Slot(int, object)
    def _on_state(self, run: int, state: SessionState) -> None:
        if run != self._run or (self._ending and not state.final):
            return
        if state.final:
            self._poll.stop()
            self._report_statistics()
        self.state_changed.emit(state)

    @Slot(int, object, float)
    def _on_preparing(self, run: int, message: Message, share: float) -> None:
        if run == self._run and self.active:
            self.preparing.emit(message, share)

    @Slot(int, object)
    def _on_problem(self, run: int, error: Exception) -> None:
        if run == self._run:
            self._reported.add(str(error))
            self.problem.emit(error)

    @Slot()
    def _report_statistics(self) -> None:
        if self._session is None:
            return
        self.statistics.emit(Statistics.of(self._session, self._session.report()))
        for warning in self._session.warnings:
            if str(warning) not in self._reported:
                self._reported.add(str(warning))
                self.warning.emit(warning)
