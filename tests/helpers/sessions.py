"""A session made of ``helpers.parts``, with everything it reports kept in lists."""

import time
from collections.abc import Callable, Iterable
from pathlib import Path

from helpers.fakes import KeepingSink
from helpers.parts import SLATE, STILL, FakeAnimation, FakeDevices, make_parts

from avatarify.animate.insight import Insight
from avatarify.animate.protocols import PortraitAnimator
from avatarify.capture.source import FrameSource
from avatarify.face.face import Face
from avatarify.frames import U8
from avatarify.live.parts import Listeners, Parts, Tracker
from avatarify.live.session import Session
from avatarify.live.state import SessionState
from avatarify.metrics import Metrics

__all__ = ["SLATE", "STILL", "SessionLog", "make_session", "until"]


class SessionLog:
    """What a session reported to its listeners, and the parts it was made of.

    Attributes:
        animation, devices: The parts.
        states, errors, recorded, insights, cameras: What was reported.
        pictures: Value of each output picture.
        faces: Number of each frame and its face.
        then: Called after each picture, on the session's thread.
    """

    def __init__(self, animation: FakeAnimation, devices: FakeDevices) -> None:
        self.animation, self.devices = animation, devices
        self.states: list[SessionState] = []
        self.pictures: list[int] = []
        self.faces: list[tuple[int, Face | None]] = []
        self.errors: list[Exception] = []
        self.recorded: list[Path] = []
        self.insights: list[Insight] = []
        self.cameras: list[str] = []
        self.then: Callable[[], None] = lambda: None

    def picture(self, image: U8) -> None:
        self.pictures.append(int(image[0, 0, 0]))
        self.then()


def make_session(
    source: FrameSource | None = None,
    *,
    reopen: Iterable[FrameSource | Exception] = (),
    tracker: Tracker | None = None,
    animator: PortraitAnimator | None = None,
    sink: KeepingSink | None = None,
    fps: float = 100.0,
    frames: int | None = None,
    fail: Exception | None = None,
) -> tuple[Session, SessionLog]:
    """Return a session and its log; ``reopen`` are the sources (or errors) of later openings, in order."""
    log = SessionLog(FakeAnimation(animator), FakeDevices(reopen, fps))
    log.devices.refused = "missing"

    def open_parts(metrics: Metrics, on_problem: Callable[[Exception], None]) -> Parts:
        metrics.warn("from the start")
        if fail is not None:
            raise fail
        return make_parts(source=source, animation=log.animation, devices=log.devices, sink=sink, tracker=tracker)

    listeners = Listeners(
        on_picture=log.picture,
        on_face=lambda frame, face: log.faces.append((frame.index, face)),
        on_error=log.errors.append,
        on_recorded=log.recorded.append,
        on_insight=log.insights.append,
        on_camera=log.cameras.append,
    )
    return Session(open_parts, fps=fps, frames=frames, on_state=log.states.append, listeners=listeners), log


def until(condition: Callable[[], object], timeout_s: float = 60.0) -> None:
    """Wait until something is true; fail the test after a time that even a busy machine keeps."""
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, "did not happen in time"
        time.sleep(0.005)
