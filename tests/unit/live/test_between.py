"""Every second frame is animated, and a picture between two of them is shown at its time."""

import threading
import time
from functools import partial

import numpy as np
import pytest
from helpers.fakes import EchoAnimator, KeepingSink, NumberedSource, make_frame
from helpers.parts import FakeDevices
from helpers.sessions import make_session, until

from avatarify.animate.animator import DetectedPose
from avatarify.animate.step import OutputPicture
from avatarify.frames import Generated
from avatarify.latest import Latest
from avatarify.live import quality as quality_module
from avatarify.live.governor import Governor
from avatarify.live.health import CameraHealth
from avatarify.live.output_loop import OutputLoop
from avatarify.live.parts import Listeners
from avatarify.live.reconnecting_sink import ReconnectingSink
from avatarify.live.rungs import LADDER
from avatarify.live.state import StateHolder
from avatarify.metrics import Metrics
from avatarify.output.switchable_sink import SwitchableSink

IN_BETWEEN = next(rung for rung in LADDER if rung.between)


class Drawn(EchoAnimator):
    """Keeps the numbers of the frames that were drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.numbers: list[int] = []

    def draw(self, pose: DetectedPose) -> Generated:
        self.numbers.append(pose.frame.index)
        return super().draw(pose)


def test_a_session_shows_pictures_of_frames_that_it_did_not_animate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quality_module, "Governor", partial(Governor, ladder=[IN_BETWEEN]))
    animator, sink = Drawn(), KeepingSink()
    session, _ = make_session(NumberedSource(count=80, fps=25), animator=animator, sink=sink)
    session.start()
    assert session.wait(60)
    assert {number % 2 for number in animator.numbers} == {0}
    shown = [value for value in sink.values if value < 80]
    assert shown == sorted(shown)
    between = {value for value in shown if value % 2}
    assert between <= {number - 1 for number in animator.numbers}
    assert len(between) > 10


class Outlet:
    """An output loop on a thread of its own."""

    def __init__(self) -> None:
        self.pictures, self.sink, self.stop = Latest[OutputPicture](), KeepingSink(), threading.Event()
        idle = np.full((48, 64, 3), 255, np.uint8)
        self._loop = OutputLoop(
            ReconnectingSink(SwitchableSink(self.sink), FakeDevices(), None, print),
            idle=idle,
            slate=idle,
            fps=100,
            limit=None,
            pictures=self.pictures,
            health=CameraHealth(print),
            stop=self.stop,
            state=StateHolder(None),
            metrics=Metrics(),
            listeners=Listeners(),
        )
        self.thread = threading.Thread(target=self._loop.run)

    def put(self, value: int, due_at: float) -> None:
        frame = make_frame(value, value)
        self.pictures.put(OutputPicture(frame.image, frame, face=True, idle=False, due_at=due_at))


def test_a_picture_is_never_shown_before_it_is_due() -> None:
    outlet, due_at = Outlet(), time.perf_counter() + 0.2
    outlet.put(7, due_at)
    outlet.thread.start()
    until(lambda: 7 in outlet.sink.values)
    assert outlet.sink.values[0] == 255  # the slots before it have a picture
    assert outlet.sink.times[outlet.sink.values.index(7)] >= due_at
    outlet.pictures.close()
    outlet.thread.join(60)
    assert not outlet.thread.is_alive()


def test_a_newer_picture_replaces_one_that_waits() -> None:
    outlet = Outlet()
    outlet.thread.start()
    outlet.put(7, time.perf_counter() + 600)
    assert outlet.pictures.wait_taken(60)
    outlet.put(8, 0.0)
    until(lambda: 8 in outlet.sink.values)
    outlet.stop.set()
    outlet.thread.join(60)
    assert 7 not in outlet.sink.values


def test_the_last_picture_is_shown_even_if_it_is_early() -> None:
    outlet = Outlet()
    outlet.put(7, time.perf_counter() + 600)
    outlet.pictures.close()
    outlet.thread.start()
    outlet.thread.join(60)
    assert outlet.sink.values == [7]
