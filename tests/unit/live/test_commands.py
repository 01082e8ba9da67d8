"""Commands to a running session: what they change, what the report says then, and that none waits for a slow one."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from helpers.fakes import EchoAnimator, make_face, make_frame
from helpers.parts import FakeAnimation, FakeDevices
from helpers.sessions import SessionLog, make_session, until

from avatarify.animate.animation import Look
from avatarify.animate.insight import Insight
from avatarify.animate.options import Controls
from avatarify.animate.portrait import Portrait
from avatarify.capture.source import FrameSource
from avatarify.errors import MotionError
from avatarify.live.commands import (
    CommandContext,
    Explain,
    LoadPortrait,
    Recalibrate,
    SetControls,
    StartRecording,
    SwitchSink,
)
from avatarify.live.parts import Listeners
from avatarify.live.reconnecting_sink import ReconnectingSink
from avatarify.live.session import Session
from avatarify.output.sink import NullSink
from avatarify.output.switchable_sink import SwitchableSink


@pytest.fixture
def running() -> Iterator[tuple[Session, SessionLog]]:
    session, log = make_session()
    session.start()
    until(lambda: log.pictures)
    yield session, log
    log.animation.may_load.set()
    session.stop()


def test_the_report_follows_portrait_motion_and_sink(running: tuple[Session, SessionLog]) -> None:
    session, log = running
    before = session.report()
    session.execute(LoadPortrait("zoe"))
    session.execute(SetControls(Controls(motion="absolute")))
    session.execute(SwitchSink("null"))
    until(lambda: log.animation.loaded and log.animation.looks and log.devices.sinks)
    until(lambda: session.sink == "null")
    after = session.report()
    keys = ("portrait", "motion", "sink")
    assert [before[key] for key in keys] == ["first", "relative", "keeping"]
    assert [after[key] for key in keys] == ["zoe", "absolute", "null"]


def test_nothing_waits_for_a_portrait_that_loads(running: tuple[Session, SessionLog]) -> None:
    session, log = running
    log.animation.may_load.clear()
    session.execute(LoadPortrait("120"))
    assert log.animation.loading.wait(60)
    session.execute(SetControls(Controls(strength=0.5)))
    session.execute(SetControls(Controls(strength=0.5, zoom=2.0)))
    session.execute(SwitchSink("null"))
    until(lambda: log.animation.controls == Controls(strength=0.5, zoom=2.0) and log.devices.sinks)
    assert log.animation.animator.options.strength == 0.5
    assert log.animation.loading.is_set(), "the portrait was still loading"
    assert log.animation.loaded == []
    log.animation.may_load.set()
    until(lambda: log.animation.loaded == ["120"])


def test_of_portraits_that_wait_only_the_newest_is_loaded(running: tuple[Session, SessionLog]) -> None:
    session, log = running
    log.animation.may_load.clear()
    session.execute(LoadPortrait("1"))
    assert log.animation.loading.wait(60)
    for name in ("2", "3", "4"):
        session.execute(LoadPortrait(name))
    log.animation.may_load.set()
    until(lambda: "4" in log.animation.loaded)
    assert log.animation.loaded == ["1", "4"]


def test_a_portrait_that_cannot_be_animated_changes_nothing() -> None:
    session, log = make_session(animator=EchoAnimator(refuse_portraits=("7",)))
    session.start()
    session.execute(LoadPortrait("7"))
    until(lambda: log.errors)
    session.execute(SetControls(Controls(zoom=2.0)))
    until(lambda: log.animation.looks)
    session.stop()
    assert [type(error) for error in log.errors] == [MotionError]
    assert session.report()["portrait"] == "first"
    assert int(log.animation.step.idle_frame()[0, 0, 0]) == int(log.animation.portrait.image[0, 0, 0])


def test_insight_is_reported_while_asked_for(running: tuple[Session, SessionLog]) -> None:
    import cv2  # noqa: F401  # the session draws with it; a bare machine skips this test

    session, log = running
    session.execute(Explain(True))
    until(lambda: len(log.insights) > 3)
    session.execute(Explain(False))
    session.execute(Recalibrate())  # applied after that
    animator = log.animation.animator
    assert isinstance(animator, EchoAnimator)
    until(lambda: animator.calibrations == 1)
    count = len(log.insights)
    pictures = len(log.pictures)
    until(lambda: len(log.pictures) > pictures + 5)
    assert len(log.insights) == count


def test_a_new_recording_finishes_the_one_before(running: tuple[Session, SessionLog], tmp_path: Path) -> None:
    session, log = running
    first, second = tmp_path / "1.mp4", tmp_path / "2.mp4"
    for path in (first, second):
        session.execute(StartRecording(path))
        record_some(session, log, path)
    session.stop()
    assert log.recorded == [first, second]


def record_some(session: Session, log: SessionLog, path: Path) -> None:
    until(lambda: session.recording is not None and session.recording.path == path)
    count = len(log.pictures)
    until(lambda: len(log.pictures) > count + 5)  # a recording without pictures is no file


class SameCamera:
    def change(self, source: FrameSource) -> None:
        raise AssertionError("no test here changes the camera")


def context(animation: FakeAnimation) -> CommandContext:
    devices = FakeDevices()
    sink = ReconnectingSink(SwitchableSink(NullSink()), devices, None, print)
    return CommandContext(animation, devices, SameCamera(), sink, Listeners(), print)


def test_an_insight_shows_the_portrait_that_the_frame_was_made_from() -> None:
    """A portrait that is loaded but not shown yet must not appear beside frames of the old one."""
    animation = FakeAnimation()
    insights: list[Insight] = []
    animation.explain(insights.append)
    change = LoadPortrait("120").prepare(context(animation))
    animation.step.run(make_frame(1), make_face())
    change.apply(animation)
    animation.step.run(make_frame(2), make_face())
    assert [int(insight.portrait[112, 112, 0]) for insight in insights] == [250, 120]
    assert [int(insight.keypoints.driving.points[0, 0]) for insight in insights] == [1, 2]


def test_changes_prepared_at_the_same_time_fit_together() -> None:
    animation = FakeAnimation()
    now = context(animation)
    portrait = LoadPortrait("120").prepare(now)
    controls = SetControls(Controls(zoom=3.0)).prepare(now)
    portrait.apply(animation)
    controls.apply(animation)  # its compositor was made for the old portrait
    assert int(animation.step.idle_frame()[0, 0, 0]) == 120
    assert (animation.portrait.name, animation.controls.zoom) == ("120", 3.0)


class CountingAnimation(FakeAnimation):
    """Notes for which controls a compositor is made."""

    def __init__(self) -> None:
        self.made: list[Controls] = []
        super().__init__()

    def make_look(self, portrait: Portrait, controls: Controls) -> Look:
        self.made.append(controls)
        return super().make_look(portrait, controls)


def test_numbers_of_the_motion_make_no_compositor() -> None:
    animation = CountingAnimation()
    for controls in (Controls(strength=0.5), Controls(zoom=2.0)):
        SetControls(controls).prepare(context(animation)).apply(animation)
    assert animation.made == [Controls(zoom=2.0)]
