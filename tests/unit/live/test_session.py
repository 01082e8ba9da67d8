import signal
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from helpers.fakes import (
    EchoAnimator,
    FixedTracker,
    GatedSource,
    KeepingSink,
    NumberedSource,
    SlowSource,
    StuckSource,
    make_face,
)
from helpers.sessions import SLATE, STILL, make_session, until
from helpers.values import not_none

from avatarify.animate.animator import DetectedPose
from avatarify.animate.options import Controls
from avatarify.capture.media import VideoFile
from avatarify.errors import DeviceError, InputError
from avatarify.face.face import Face
from avatarify.frames import Frame, Generated
from avatarify.live import camera
from avatarify.live import session as session_module
from avatarify.live.commands import (
    Freeze,
    LoadPortrait,
    Recalibrate,
    SetControls,
    ShowCamera,
    StartRecording,
    StopRecording,
    SwitchSink,
)
from avatarify.live.state import SessionState

S = SessionState


@pytest.fixture(autouse=True)
def quick_reopening(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(camera, "FIRST_WAIT_S", 0.02)


def threads_of_sessions() -> list[Any]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("avatarify-")]


def test_it_stops_after_the_frames_asked_for() -> None:
    session, log = make_session(frames=5)
    session.start()
    assert session.wait(60)
    report: dict[str, Any] = session.report()
    assert report["frames"] == report["faces_seen"] == 5
    assert report["runtime"] == "echo"
    assert report["warnings"] == ["from the start"]
    assert report["latency_ms"]["p95"] > 0
    assert log.states == [S.STARTING, S.RUNNING, S.STOPPING, S.STOPPED]
    assert len(log.pictures) == 5
    assert log.errors == []


def test_a_file_ends_the_session_and_its_last_frame_goes_out() -> None:
    sink = KeepingSink()
    session, _ = make_session(NumberedSource(count=12, fps=50), sink=sink)
    session.start()
    assert session.wait(60)
    assert session.state is S.STOPPED
    assert sink.values[-1] == 11
    assert sink.closed


def test_the_newest_frame_wins_and_the_others_are_counted() -> None:
    source = NumberedSource(count=60, fps=None)

    class BusyAnimator(EchoAnimator):
        """Works on its first frame until all others have come."""

        def draw(self, pose: DetectedPose) -> Generated:
            assert source.ended.wait(60)
            return super().draw(pose)

    session, log = make_session(source, animator=BusyAnimator())
    session.start()
    assert session.wait(60)
    report: dict[str, Any] = session.report()
    assert log.pictures[-1] == 59
    assert report["frames"] == len(log.pictures) <= 2  # whichever frame the animation took first, and the last one
    assert report["dropped"] == 60 - len(log.pictures)


def test_output_keeps_its_rate_when_frames_come_slower() -> None:
    source, sink = GatedSource(), KeepingSink()
    session, log = make_session(source, sink=sink, fps=50)
    session.start()
    source.permits.release()
    until(lambda: log.pictures)
    sent = len(sink.values)
    until(lambda: len(sink.values) > sent + 20)  # there is no second frame
    session.stop()
    report: dict[str, Any] = session.report()
    assert report["frames"] == 1
    assert report["repeated"] == len(sink.values) - 1
    assert len(sink.times) <= (sink.times[-1] - sink.times[0]) * 50 + 2, "more than 50 pictures per second"


def test_before_the_first_frame_the_still_portrait_goes_out() -> None:
    sink = KeepingSink()
    session, log = make_session(NumberedSource(fps=5), sink=sink, fps=100)
    session.start()
    until(lambda: log.pictures)
    session.stop()
    assert sink.values[0] == STILL


def test_no_face_is_a_state_and_the_user_is_never_shown() -> None:
    session, log = make_session(tracker=FixedTracker(sees=lambda frame: False))
    session.start()
    until(lambda: session.state is S.NO_FACE)
    session.stop()
    assert log.states == [S.STARTING, S.RUNNING, S.NO_FACE, S.STOPPING, S.STOPPED]
    assert set(log.pictures) == {STILL}
    assert all(face is None for _, face in log.faces)
    assert session.report()["faces_seen"] == 0


def test_a_lost_camera_shows_the_slate_and_comes_back() -> None:
    sink = KeepingSink()
    session, log = make_session(
        NumberedSource(lost_after=5),
        reopen=[DeviceError("busy"), DeviceError("busy"), NumberedSource(count=5)],
        sink=sink,
    )
    session.start()
    assert session.wait(60)
    assert log.states == [S.STARTING, S.RUNNING, S.CAMERA_LOST, S.RUNNING, S.STOPPING, S.STOPPED]
    assert SLATE in sink.values
    assert sink.values[-1] == 4
    assert [str(error) for error in log.errors] == ["The camera scripted gives no more pictures. Check its cable."]
    assert session.error is None
    assert str(log.errors[0]) in str(session.report()["warnings"])


def test_it_can_be_stopped_while_the_camera_is_lost() -> None:
    session, _ = make_session(NumberedSource(lost_after=2), reopen=[DeviceError("busy")] * 10_000)
    session.start()
    until(lambda: session.state is S.CAMERA_LOST)
    session.stop()
    assert session.state is S.STOPPED


def test_a_sink_that_fails_ends_the_session_with_its_error() -> None:
    sink = KeepingSink(fails_after=4)
    session, log = make_session(sink=sink)
    session.start()
    assert session.wait(60)
    assert session.state is S.FAILED
    assert str(session.error) == "The virtual camera is gone. Start it again."
    assert log.errors == [session.error]
    assert log.states[-1] is S.FAILED
    assert sink.closed


def test_what_cannot_be_opened_fails_at_once() -> None:
    error = InputError("The picture x.png does not exist.", "Check the name.")
    session, log = make_session(fail=error)
    session.start()
    assert session.wait(60)
    assert session.state is S.FAILED
    assert session.error is error
    assert log.errors == [error]


def test_an_unexpected_exception_in_a_thread_is_not_swallowed() -> None:
    class Breaking(EchoAnimator):
        def draw(self, pose: DetectedPose) -> Generated:
            raise ZeroDivisionError("a bug")

    session, log = make_session(animator=Breaking())
    session.start()
    assert session.wait(60)
    assert session.state is S.FAILED
    assert isinstance(session.error, ZeroDivisionError)
    assert log.errors == [session.error]


def test_stop_is_idempotent_and_leaves_no_thread() -> None:
    session, log = make_session()
    session.start()
    until(lambda: log.pictures)
    stoppers = [threading.Thread(target=session.stop) for _ in range(3)]
    for thread in stoppers:
        thread.start()
    for thread in stoppers:
        thread.join(60)
    session.stop()
    assert session.state is S.STOPPED
    assert log.states.count(S.STOPPED) == 1
    assert threads_of_sessions() == []


def test_stop_right_after_start_and_without_start() -> None:
    session, _ = make_session()
    session.start()
    session.stop()
    assert session.state is S.STOPPED
    unused, log = make_session()
    unused.stop()
    unused.start()
    assert log.states == [S.STOPPED]


def test_ctrl_c_while_waiting_does_not_cut_the_end_short() -> None:
    class SlowToClose(KeepingSink):
        def close(self) -> None:
            time.sleep(0.3)
            super().close()

    def wait_and_press_ctrl_c() -> None:
        thread = threading.main_thread().ident
        assert thread is not None
        threading.Timer(0.2, signal.pthread_kill, [thread, signal.SIGINT]).start()
        session.wait(60)

    sink = SlowToClose()
    session, _ = make_session(sink=sink)
    session.start()
    with pytest.raises(KeyboardInterrupt):
        wait_and_press_ctrl_c()
    session.stop()
    assert sink.closed
    assert session.state is S.STOPPED


def test_a_listener_may_stop_the_session() -> None:
    session, log = make_session()
    log.then = session.stop
    session.start()
    assert session.wait(60)
    assert session.state is S.STOPPED
    assert len(log.pictures) == 1


def test_a_camera_that_hangs_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_module, "STOP_TIMEOUT_S", 0.3)
    source = StuckSource()
    session, _ = make_session(source)
    session.start()
    until(lambda: "avatarify-camera" in threads_of_sessions())
    session.stop()  # returns although the camera does not
    assert not source.release.is_set()
    assert session.state is S.FAILED
    assert "camera thread" in str(session.error)
    source.release.set()
    until(lambda: not threads_of_sessions())


def test_a_recording_that_waits_for_its_next_picture_can_be_stopped() -> None:
    session, log = make_session(SlowSource())
    session.start()
    until(lambda: log.pictures)
    session.stop()
    assert session.state is S.STOPPED


def test_recalibration_reaches_the_animator() -> None:
    animator = EchoAnimator()
    session, log = make_session(animator=animator)
    session.start()
    until(lambda: log.pictures)
    session.execute(Recalibrate())
    until(lambda: animator.calibrations == 1)
    session.stop()


def test_controls_are_changed_while_it_runs_and_before() -> None:
    session, log = make_session()
    session.execute(SetControls(Controls(mirror=True)))
    session.start()
    until(lambda: log.animation.looks == [Controls(mirror=True)])
    session.execute(SetControls(Controls(zoom=2.0)))
    until(lambda: log.animation.looks[-1] == Controls(zoom=2.0))
    session.stop()


def test_of_many_changes_the_last_one_counts() -> None:
    session, log = make_session()
    for step in range(50):
        session.execute(SetControls(Controls(zoom=1 + step / 50)))
    session.start()
    until(lambda: log.animation.looks)
    session.stop()
    assert log.animation.looks == [Controls(zoom=1.98)]


def test_the_real_camera_image_is_switched_on_and_off() -> None:
    import cv2  # noqa: F401  # the session draws with it; a bare machine skips this test

    session, log = make_session()
    session.start()
    session.execute(ShowCamera(True))
    session.execute(ShowCamera(False))
    until(lambda: log.animation.shown_camera == [True, False])
    session.stop()


def test_a_frozen_picture_stays_until_it_is_released() -> None:
    session, log = make_session()
    session.start()
    until(lambda: len(log.pictures) > 3)
    session.execute(Freeze(True))
    until(lambda: len(set(log.pictures[-5:])) == 1)
    held = log.pictures[-1]
    session.execute(Freeze(False))
    until(lambda: log.pictures[-1] > held)
    session.stop()


def test_pictures_are_sent_somewhere_else_while_it_runs() -> None:
    first = KeepingSink()
    session, log = make_session(sink=first)
    session.start()
    until(lambda: first.values)
    session.execute(SwitchSink("missing"))
    until(lambda: log.errors)
    assert not first.closed
    session.execute(SwitchSink("null"))
    until(lambda: log.devices.sinks and log.devices.sinks[0].values)
    until(lambda: first.closed)
    session.stop()
    assert log.devices.sinks[0].closed


@pytest.mark.parametrize("ended", ["by hand", "with the session"])
def test_a_recording_is_reported_and_can_be_played(tmp_path: Path, ended: str) -> None:
    session, log = make_session()
    session.start()
    session.execute(StartRecording(tmp_path / "talk.mp4"))
    until(lambda: session.recording is not None and session.recording.seconds > 0.2)
    if ended == "by hand":
        session.execute(StopRecording())
        until(lambda: log.recorded)
        assert session.recording is None
    session.stop()
    assert log.recorded == [tmp_path / "talk.mp4"]
    with VideoFile(tmp_path / "talk.mp4") as video:
        assert not_none(video.read()).image.shape == (48, 64, 3)


def test_a_failed_recording_is_reported_and_the_session_continues(tmp_path: Path) -> None:
    session, log = make_session()
    session.start()
    session.execute(StartRecording(tmp_path / "missing" / "talk.mp4"))
    until(lambda: log.errors and log.pictures)
    session.stop()
    assert log.recorded == []


def test_the_portrait_changes_without_a_break() -> None:
    sink = KeepingSink()
    session, log = make_session(sink=sink, tracker=FixedTracker(sees=lambda frame: False))
    session.start()
    until(lambda: log.pictures)
    session.execute(LoadPortrait("missing"))
    until(lambda: log.errors)
    session.execute(LoadPortrait("120"))
    until(lambda: 120 in log.pictures)
    session.stop()
    assert set(sink.values) == {STILL, 120}
    assert [type(error) for error in log.errors] == [InputError]
    assert session.state is S.STOPPED


def test_the_face_is_looked_for_when_the_head_has_moved_and_once_for_each_look() -> None:
    class SlowTracker(FixedTracker):
        """Looks at the first frame only."""

        hurries = 0

        def face_in(self, frame: Frame) -> Face:
            return make_face(0)

        def hurry(self) -> None:
            self.hurries += 1

    tracker = SlowTracker()
    session, _ = make_session(NumberedSource(count=20, fps=50), tracker=tracker)  # key points move with each frame
    session.start()
    assert session.wait(60)
    assert tracker.hurries == 1
