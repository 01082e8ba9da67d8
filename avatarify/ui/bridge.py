"""Turns the callbacks of a live session, which come on its threads, into signals on the window's thread."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from avatarify.latest import Latest
from avatarify.live.state import SessionState

if TYPE_CHECKING:
    from avatarify.animate.insight import Insight
    from avatarify.face.face import Face
    from avatarify.frames import U8, Frame
    from avatarify.live.commands import Command
    from avatarify.live.options import LiveOptions
    from avatarify.live.session import Session
    from avatarify.output.background import RecordingFacts

OpenSession = Callable[..., "Session"]

PREVIEW_PERIOD_S = 1 / 30
CAMERA_PERIOD_S = 1 / 12
INSIGHT_PERIOD_S = 1 / 8
FIGURES_PERIOD_MS = 500


@dataclass(frozen=True)
class Figures:
    """What the status line says about a running session.

    Attributes:
        fps: Frames a second that went out lately.
        latency_ms: Added latency, median and 95th percentile.
        dropped: Frames that were grabbed and never went out.
        runtime: Who executes the model; empty until the session is open.
        device: On which processor.
        reason: Why this runtime was chosen.
        model: The model's name.
        size: Size of the output.
        match: How near the neutral frame is to the portrait at rest, 0 to 1; None until there is one.
        recording: What is known about the recording that runs; None while none does.
        sink: Name of what takes the pictures; empty until the session is open.
    """

    fps: float
    latency_ms: tuple[float, float]
    dropped: int
    runtime: str
    device: str
    reason: str
    model: str
    size: str = ""
    match: float | None = None
    recording: RecordingFacts | None = None
    sink: str = ""

    @classmethod
    def of(cls, session: Session, report: dict[str, Any]) -> Figures:
        """Pick them from a session and its report."""
        latency = report["latency_ms"]
        facts = {name: str(report.get(name, "")) for name in ("runtime", "device", "model", "size")}
        facts["reason"] = str(report.get("runtime_reason", ""))
        times = (latency["p50"], latency["p95"])
        facts["sink"] = session.sink
        return cls(session.fps, times, report["dropped"], match=session.match, recording=session.recording, **facts)


class SessionBridge(QObject):
    """Runs one session at a time and tells the window about it.

    Args:
        open_session: ``live.build.open_session`` or one that behaves like it.

    Signals (all on the window's thread, and never of a session that another one followed):
        state_changed: SessionState.
        picture: The newest output picture, (H, W, 3) uint8 RGB, at most 30 a second; not to be written to.
        camera: The newest camera image (H, W, 3) uint8 RGB and its Face or None, at most 12 a second.
        insight: Insight of a new frame, at most 8 a second, while the session is asked to explain.
        recorded: Path of a recording that is finished.
        figures: Figures, twice a second while a session runs.
        problem: Exception that the session survives, or ended with.
        warning: Message, something the session reports that was no problem before.
    """

    state_changed = Signal(object)
    picture = Signal(object)
    camera = Signal(object, object)
    insight = Signal(object)
    recorded = Signal(object)
    figures = Signal(object)
    problem = Signal(object)
    warning = Signal(object)
    _state_told = Signal(int, object)
    _problem_told = Signal(int, object)
    _recorded_told = Signal(object)
    _picture_waits = Signal()

    def __init__(self, open_session: OpenSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open_session = open_session
        self._session: Session | None = None
        self._run = 0
        self._ending = False
        self._told: set[str] = set()
        self._newest: Latest[tuple[int, U8]] = Latest()
        self._newest_frame: Latest[tuple[int, Frame, Face | None]] = Latest()
        self._newest_insight: Latest[tuple[int, Insight]] = Latest()
        self._waiting = False
        self._shown_at = self._camera_at = self._insight_at = 0.0
        self.wants_camera = False  # for any thread; nothing is copied for a camera preview that nobody sees
        self._pause = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._pause.timeout.connect(self._show)
        self._poll = QTimer(self, interval=FIGURES_PERIOD_MS)
        self._poll.timeout.connect(self._tell_figures)
        queued = Qt.ConnectionType.QueuedConnection
        self._state_told.connect(self._hear_state, queued)
        self._problem_told.connect(self._hear_problem, queued)
        self._recorded_told.connect(self.recorded, queued)
        self._picture_waits.connect(self._show_when_due, queued)

    @property
    def active(self) -> bool:
        """True from start until the session has ended."""
        return self._session is not None and not self._session.state.final

    @property
    def failure(self) -> Exception | None:
        """Why the last session failed; None if it did not."""
        return self._session.error if self._session is not None else None

    def start(self, options: LiveOptions) -> None:
        """Begin a session; returns at once. Ignored while one is active."""
        if self.active:
            return
        self._run += 1
        self._ending = False
        self._told.clear()
        self._session = self._open_session(
            options,
            on_state=partial(self._state_told.emit, self._run),
            on_error=partial(self._problem_told.emit, self._run),
            on_picture=partial(self._take, self._run),
            on_face=partial(self._take_frame, self._run),
            on_recorded=self._recorded_told.emit,
            on_insight=partial(self._take_insight, self._run),
        )
        self._session.start()
        self._poll.start()

    def stop(self) -> None:
        """End the session and wait for its threads (seconds at most); for any thread."""
        self._ending = True
        if self._session is not None:
            self._session.stop()

    def execute(self, command: Command) -> None:
        """Execute a command in the running session; does nothing if none is running."""
        if self._session is not None and self.active:
            self._session.execute(command)

    def _take(self, run: int, image: U8) -> None:
        """Keep the newest picture; on a thread of the session."""
        self._newest.put((run, image))
        if not self._waiting:
            self._waiting = True
            self._picture_waits.emit()

    def _take_frame(self, run: int, frame: Frame, face: Face | None) -> None:
        """Keep the newest camera frame; on a thread of the session."""
        if self.wants_camera:
            self._newest_frame.put((run, frame, face))

    def _take_insight(self, run: int, insight: Insight) -> None:
        """Keep how the newest frame came about; on a thread of the session, and only while it is asked to tell."""
        self._newest_insight.put((run, insight))

    @Slot()
    def _show_when_due(self) -> None:
        wait_s = self._shown_at + PREVIEW_PERIOD_S - time.perf_counter()
        self._pause.start(max(0, round(wait_s * 1000)))

    @Slot()
    def _show(self) -> None:
        self._waiting = False  # before taking: a picture that comes now must wake us again
        newest = self._newest.get(0.0)
        if newest is not None and newest[0] == self._run and self.active:
            self._shown_at = time.perf_counter()
            self.picture.emit(newest[1])
            self._show_camera()
            self._show_insight()

    def _show_camera(self) -> None:
        """Show the camera now and then, with a picture: one wakening for both."""
        if self._shown_at - self._camera_at < CAMERA_PERIOD_S:
            return
        newest = self._newest_frame.get(0.0)
        if newest is not None and newest[0] == self._run:
            self._camera_at = self._shown_at
            self.camera.emit(newest[1].image, newest[2])

    def _show_insight(self) -> None:
        """Tell how a frame came about now and then, with a picture."""
        if self._shown_at - self._insight_at < INSIGHT_PERIOD_S:
            return
        newest = self._newest_insight.get(0.0)
        if newest is not None and newest[0] == self._run:
            self._insight_at = self._shown_at
            self.insight.emit(newest[1])

    @Slot(int, object)
    def _hear_state(self, run: int, state: SessionState) -> None:
        if run != self._run or (self._ending and not state.final):
            return
        if state.final:
            self._poll.stop()
            self._tell_figures()
        self.state_changed.emit(state)

    @Slot(int, object)
    def _hear_problem(self, run: int, error: Exception) -> None:
        if run == self._run:
            self._told.add(str(error))
            self.problem.emit(error)

    @Slot()
    def _tell_figures(self) -> None:
        if self._session is None:
            return
        self.figures.emit(Figures.of(self._session, self._session.report()))
        for warning in self._session.warnings:
            if str(warning) not in self._told:
                self._told.add(str(warning))
                self.warning.emit(warning)
