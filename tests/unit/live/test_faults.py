"""Cameras and sinks that fail in every way: the session lives, says what is wrong, and never shows the user."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar, Self

import numpy as np
import pytest
from helpers.scripted_camera import Fault, Scene, ScriptedCamera
from helpers.stage import PORTRAIT, SLATE, USER, Stage, open_things

from avatarify.animate.animation import Animation
from avatarify.animate.stand_in import StandIn
from avatarify.capture.watchdog import Timeouts
from avatarify.errors import CameraBusyError, CameraError, VirtualCameraError
from avatarify.frames import Size
from avatarify.live import camera as camera_module
from avatarify.live import reconnecting_sink
from avatarify.live.commands import CommandContext, ShowCamera, SwitchSink
from avatarify.live.state import SessionState
from avatarify.live.state import SessionState as S

QUICK = Timeouts(silent_s=60, frozen_s=0.3, dark_s=0.3)  # a busy machine is no fault of the camera
PATIENT = Timeouts(silent_s=60, frozen_s=60, dark_s=60)
UNPLUGGED, BUSY, SILENT, FROZEN, BLACK = Fault.UNPLUGGED, Fault.BUSY, Fault.SILENT, Fault.FROZEN, Fault.BLACK


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (camera_module, reconnecting_sink):
        monkeypatch.setattr(module, "FIRST_WAIT_S", 0.02)
        monkeypatch.setattr(module, "LONGEST_WAIT_S", 0.1)
    monkeypatch.setattr(reconnecting_sink, "STALL_S", 60.0)  # a busy machine is no fault of the sink


@pytest.fixture(autouse=True)
def nothing_is_left() -> Iterator[None]:
    before = open_things()
    yield
    threads, handles = open_things()
    assert threads <= before[0]
    assert handles <= before[1] + 1  # the first session of a process opens the machine's own list of memory


def play(*scenes: Scene, until: int, **settings: Any) -> Stage:
    """Run a session through scenes up to a frame; return its stage, ended."""
    with Stage(ScriptedCamera(scenes, fps=200, timeouts=QUICK), **settings) as stage:
        stage.wait_for_frame(until)
        stage.wait_for(lambda: stage.session.state is S.RUNNING, "running again")
        count = len(stage.shown)
        stage.wait_for(lambda: stage.shown[count + 1 :].count(PORTRAIT) > 3, "the portrait's return")
    assert stage.session.state is S.STOPPED
    assert stage.session.error is None
    assert USER not in stage.shown
    assert stage.camera.open_now == 0
    return stage


def states_between(stage: Stage) -> list[SessionState]:
    """The states without beginning and end."""
    return [state for state in stage.states if state.live]


class StandInFor:
    """A command that lets the portrait move while nobody is in view, as a voice does."""

    slow: ClassVar[bool] = False
    newest_only: ClassVar[bool] = False

    def prepare(self, context: CommandContext) -> Self:
        return self

    def apply(self, animation: Animation) -> None:
        animation.step.stand_in = StandIn()


@pytest.mark.parametrize(("fault", "state"), [(UNPLUGGED, S.CAMERA_LOST), (BLACK, S.CAMERA_DARK)])
def test_with_a_voice_the_portrait_goes_on_without_the_camera(fault: Fault, state: SessionState) -> None:
    with Stage(ScriptedCamera([Scene(fault, 60, 10**6)], fps=200, timeouts=QUICK)) as stage:
        stage.session.execute(StandInFor())
        stage.wait_for_state(S.RUNNING, state)
        before = stage.session.frames
        stage.wait_for(lambda: stage.session.frames > before + 20, "new pictures of the portrait")
        begun = len(stage.shown)
        stage.wait_for(lambda: len(stage.shown) > begun + 20, "more pictures")
        assert set(stage.shown[begun:]) == {PORTRAIT}
        assert stage.session.state is state
    assert USER not in stage.shown


def test_unplugged_at_frame_100_and_back_at_300() -> None:
    stage = play(Scene(UNPLUGGED, 100, 300), until=320)
    assert states_between(stage) == [S.RUNNING, S.CAMERA_LOST, S.RUNNING]
    assert "was unplugged" in stage.messages
    assert len(stage.errors) == 1
    assert stage.camera.opened == 2
    first, last = stage.shown.index(SLATE), len(stage.shown) - stage.shown[::-1].index(SLATE)
    assert set(stage.shown[first:last]) == {SLATE}
    assert stage.shown[first - 1] == stage.shown[last] == PORTRAIT
    assert str(stage.errors[0]) in str(stage.session.report()["warnings"])


def test_a_camera_that_comes_back_in_use_by_another_program_says_so() -> None:
    stage = play(Scene(UNPLUGGED, 50, 150), Scene(BUSY, 150, 300), until=320)
    assert states_between(stage) == [S.RUNNING, S.CAMERA_LOST, S.CAMERA_BUSY, S.RUNNING]
    assert [type(error) for error in stage.errors] == [CameraError, CameraBusyError]
    assert "in use by" in stage.messages


def test_a_frozen_camera_is_not_a_lost_one_and_is_opened_again() -> None:
    stage = play(Scene(FROZEN, 100, 300), until=320)
    assert states_between(stage) == [S.RUNNING, S.CAMERA_FROZEN, S.RUNNING]
    assert "has shown the same picture" in stage.messages
    assert SLATE in stage.shown
    assert stage.camera.opened > 1


def test_a_covered_lens_is_reported_and_the_camera_is_not_opened_again() -> None:
    stage = play(Scene(BLACK, 100, 300), until=320)
    assert states_between(stage) == [S.RUNNING, S.CAMERA_DARK, S.RUNNING]
    assert "shows only black" in stage.messages
    assert SLATE in stage.shown
    assert stage.camera.opened == 1


def test_a_read_that_hangs_is_reported_while_it_hangs() -> None:
    with Stage(ScriptedCamera([Scene(SILENT, 100, 101)])) as stage:
        stage.wait_for_state(S.RUNNING, S.CAMERA_FROZEN)
        stage.wait_for(lambda: stage.shown[-1] == SLATE)
        stage.camera.recover()
        stage.wait_for_state(S.RUNNING, S.CAMERA_FROZEN, S.RUNNING)
        stage.wait_for(lambda: stage.shown[-1] == PORTRAIT)
    assert states_between(stage) == [S.RUNNING, S.CAMERA_FROZEN, S.RUNNING]
    assert "has delivered no frame" in stage.messages
    assert set(stage.shown) == {PORTRAIT, SLATE}


def test_a_short_pause_is_not_a_fault() -> None:
    camera = ScriptedCamera([Scene(FROZEN, 50, 60), Scene(BLACK, 80, 90)], timeouts=PATIENT)
    with Stage(camera) as stage:
        stage.wait_for_frame(150)
    assert states_between(stage) == [S.RUNNING]
    assert stage.errors == []
    assert SLATE not in stage.shown


@pytest.mark.parametrize("size", [Size(240, 320), Size(640, 360), Size(160, 90)])
def test_another_size_in_the_middle_of_a_stream_is_accepted_and_calibrated_again(size: Size) -> None:
    stage = play(Scene(Fault.RESIZED, 50, 100, size=size), until=120)
    assert states_between(stage) == [S.RUNNING]
    assert stage.animator.calibrations == 2  # there and back
    assert f"changed from 320x180 to {size}" in stage.messages
    assert {sink.closed for sink in stage.sinks} == {1}  # the sink keeps its size


def test_five_frames_a_second_are_slow_but_no_fault_and_the_output_keeps_its_rate() -> None:
    camera = ScriptedCamera([Scene(Fault.SLOW, 0, 12, value=5)], timeouts=PATIENT)
    with Stage(camera, fps=50) as stage:
        stage.wait_for_frame(10)
        report: dict[str, Any] = stage.session.report()
    assert states_between(stage) == [S.RUNNING]
    assert stage.errors == []
    assert 0 < report["camera_fps"] < 6
    assert report["repeated"] > report["frames"]


def test_a_camera_much_slower_than_it_promised_is_a_warning() -> None:
    camera = ScriptedCamera([Scene(Fault.SLOW, 0, 400, value=100)], fps=400, timeouts=QUICK)
    with Stage(camera) as stage:
        stage.wait_for_frame(160)
        report: dict[str, Any] = stage.session.report()
    (warning,) = report["warnings"]
    assert "of 400 fps" in warning
    assert stage.errors == []


@pytest.mark.parametrize("seconds", [-3600.0, 3600.0, 0.3, float("nan")])
def test_times_that_jump_spoil_neither_latency_nor_states(seconds: float) -> None:
    stage = play(Scene(Fault.JUMPING, 20, 120, value=seconds), until=140)
    report: dict[str, Any] = stage.session.report()
    assert 0 <= report["latency_ms"]["p50"] <= report["latency_ms"]["p99"] < 60_000
    assert states_between(stage) == [S.RUNNING]


def test_after_times_that_jumped_a_face_that_leaves_is_still_noticed() -> None:
    camera = ScriptedCamera([Scene(Fault.JUMPING, 0, 40, value=3600.0)], timeouts=PATIENT)
    with Stage(camera, sees=lambda frame: frame.index < 60) as stage:
        stage.wait_for_state(S.RUNNING, S.NO_FACE)
    assert USER not in stage.shown


def test_an_exception_in_the_driver_is_a_lost_camera() -> None:
    stage = play(Scene(Fault.BROKEN, 50, 100), until=120)
    assert states_between(stage) == [S.RUNNING, S.CAMERA_LOST, S.RUNNING]
    assert "a bug of the driver" in stage.messages
    assert all(isinstance(error, CameraError) for error in stage.errors)


def test_all_faults_in_one_session() -> None:
    scenes = [
        Scene(UNPLUGGED, 50, 150),
        Scene(FROZEN, 200, 300),
        Scene(BLACK, 350, 450),
        Scene(Fault.RESIZED, 480, 520),
        Scene(Fault.JUMPING, 540, 600, value=100.0),
        Scene(Fault.BROKEN, 620, 640),
        Scene(BUSY, 700, 800),
    ]
    stage = play(*scenes, until=820)
    lost = [S.CAMERA_LOST, S.CAMERA_FROZEN, S.CAMERA_DARK, S.CAMERA_LOST, S.CAMERA_LOST, S.CAMERA_BUSY]
    assert [state for state in states_between(stage) if state is not S.RUNNING] == lost


def test_it_can_be_stopped_in_the_middle_of_every_fault() -> None:
    for fault, state in [
        (UNPLUGGED, S.CAMERA_LOST),
        (BUSY, S.CAMERA_LOST),
        (FROZEN, S.CAMERA_FROZEN),
        (SILENT, S.CAMERA_FROZEN),
        (BLACK, S.CAMERA_DARK),
    ]:
        with Stage(ScriptedCamera([Scene(fault, 20, 10**9)], fps=200)) as stage:
            stage.wait_for_state(state)
        assert stage.session.state is S.STOPPED, fault
        assert stage.camera.open_now == 0


def test_only_passthrough_shows_the_user_and_only_while_it_is_on() -> None:
    with Stage(ScriptedCamera(timeouts=PATIENT)) as stage:
        stage.wait_for(lambda: stage.shown.count(PORTRAIT) > 5)
        stage.session.execute(ShowCamera(True))
        stage.wait_for(lambda: stage.shown[-1] == USER)
        stage.session.execute(ShowCamera(False))
        stage.wait_for(lambda: stage.shown[-1] == PORTRAIT)
        count = len(stage.shown)
        stage.wait_for(lambda: len(stage.shown) > count + 20)
    assert USER not in stage.shown[count:]
    assert USER not in stage.shown[: stage.shown.index(USER)]


def test_an_empty_view_never_shows_the_user() -> None:
    with Stage(ScriptedCamera(timeouts=PATIENT), sees=lambda frame: frame.index % 40 < 20) as stage:
        stage.wait_for_frame(200)
    assert set(stage.shown) == {PORTRAIT}


def test_a_sink_that_fails_is_opened_again_and_meanwhile_the_state_says_so() -> None:
    away = VirtualCameraError("No virtual camera.", "Start it.")
    with Stage(
        ScriptedCamera(timeouts=PATIENT), sinks=[{"fails_at": 30}, away, away, {"name": "another name"}]
    ) as stage:
        stage.wait_for_state(S.RUNNING, S.SINK_LOST, S.RUNNING)
        stage.wait_for(lambda: stage.sinks[-1].count > 20)
    first, second = stage.sinks
    assert (first.count, first.closed >= 1, second.name) == (30, True, "another name")
    assert [str(error) for error in stage.errors] == ["The virtual camera was lost. Start it again."]
    assert stage.session.error is None
    assert set(stage.shown) == {PORTRAIT}
    assert stage.session.frames <= first.count + second.count


def test_an_unexpected_error_of_a_sink_becomes_a_message() -> None:
    with Stage(
        ScriptedCamera(timeouts=PATIENT), sinks=[{"fails_at": 5, "error": RuntimeError("ioctl: No such device")}]
    ) as stage:
        stage.wait_for_state(S.RUNNING, S.SINK_LOST, S.RUNNING)
    assert "scripted sink failed: ioctl: No such device." in stage.messages


def test_a_sink_that_is_not_kept_ends_the_session() -> None:
    with Stage(ScriptedCamera(timeouts=PATIENT), sinks=[{"fails_at": 10}], keep_sink=False) as stage:
        assert stage.session.wait(60)
    assert stage.session.state is S.FAILED
    assert "was lost" in str(stage.session.error)


def test_a_sink_that_blocks_for_two_seconds_is_reported_and_continues(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reconnecting_sink, "STALL_S", 1.0)
    with Stage(ScriptedCamera(timeouts=PATIENT), sinks=[{"blocks_at": 30, "blocks_s": 2.0}]) as stage:
        stage.wait_for_state(S.RUNNING, S.SINK_LOST, S.RUNNING)
        stage.wait_for(lambda: stage.sinks[0].count > 60)
        report: dict[str, Any] = stage.session.report()
    assert len(stage.sinks) == 1  # nothing was opened again
    assert "has not taken a picture" in stage.messages
    assert report["dropped"] > 10  # frames of the pause are gone, none is sent late
    gaps = np.diff(stage.sinks[0].times)
    assert gaps.max() >= 1.9


def test_another_sink_is_chosen_while_one_has_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reconnecting_sink, "FIRST_WAIT_S", 600.0)  # it is not opened again by itself
    gone = VirtualCameraError("No virtual camera.", "Start it.")
    with Stage(ScriptedCamera(timeouts=PATIENT), sinks=[{"fails_at": 10}, gone]) as stage:
        stage.wait_for_state(S.SINK_LOST)
        stage.session.execute(SwitchSink("virtual"))
        stage.wait_for(lambda: gone in stage.errors)
        assert stage.session.state is S.SINK_LOST
        stage.session.execute(SwitchSink("null"))
        stage.wait_for_state(S.SINK_LOST, S.RUNNING)
        stage.wait_for(lambda: stage.sinks[1].count > 10)
    assert [sink.count > 10 for sink in stage.sinks] == [False, True]


def test_camera_and_sink_fail_at_once() -> None:
    camera = ScriptedCamera([Scene(UNPLUGGED, 40, 240)], timeouts=PATIENT)
    with Stage(camera, sinks=[{"fails_at": 35}]) as stage:
        stage.wait_for_frame(260)
        stage.wait_for(lambda: stage.session.state is S.RUNNING)
    assert {S.SINK_LOST, S.CAMERA_LOST} <= set(stage.states)
    assert USER not in stage.shown


def test_thousands_of_frames_leave_nothing_behind() -> None:
    """The long run of ``tools/soak.py``, short; in a process of its own, where nobody else takes memory."""
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, str(root / "tools" / "soak.py"), "--frames", "3000"],
        env={**os.environ, "PYTHONPATH": str(root / "tests")},
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["frames"] == 3000
    assert result["camera_openings"] > 3
    assert max(result["growth"]["threads"], result["growth"]["handles"]) <= 0  # a library may close some of its own
    assert result["threads_left"] == 0
