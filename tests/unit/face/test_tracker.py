"""The tracker's thread: newest frame wins, nobody waits, errors are not lost."""

import threading
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from helpers.drawn import drawn_face
from helpers.fakes import make_face, make_frame
from helpers.values import not_none

from avatarify.errors import ModelError
from avatarify.face.face import Face
from avatarify.face.tracker import FaceTracker
from avatarify.frames import Frame


class ScriptedFinder:
    """Finds a face in the frames for which ``sees`` is true; takes its time."""

    def __init__(self, sees: Callable[..., Any] = lambda frame: True, delay_s: float = 0.0) -> None:
        self.seen, self.closed = [], 0
        self._sees, self._delay_s = sees, delay_s

    def find(self, frame: Frame) -> Face | None:
        self.seen.append(frame.index)
        time.sleep(self._delay_s)
        return make_face(frame.index) if self._sees(frame) else None

    def close(self) -> None:
        self.closed += 1


class BrokenFinder(ScriptedFinder):
    def find(self, frame: Frame) -> None:
        raise ModelError("The face model gave up.", "Install Avatarify again.")


def wait_until(true: Callable[..., Any], seconds: float = 10.0) -> None:
    deadline = time.perf_counter() + seconds
    while not true():
        assert time.perf_counter() < deadline, "it did not happen in time"
        time.sleep(0.005)


def feed(tracker: FaceTracker, indices: range, pause_s: float = 0.01) -> None:
    for index in indices:
        tracker.offer(make_frame(index))
        time.sleep(pause_s)


def test_a_face_is_known_after_two_sightings() -> None:
    finder = ScriptedFinder()
    with FaceTracker(finder, rate_hz=1000) as tracker:
        assert tracker.latest() is None
        assert tracker.age() == float("inf")
        tracker.offer(make_frame(0))
        wait_until(lambda: tracker.looked_at() == 0)
        assert tracker.latest() is None
        tracker.offer(make_frame(1))
        wait_until(lambda: tracker.looked_at() == 1)
        face = tracker.latest()
        assert not_none(face).frame_index == 1
        assert not_none(face).followed is not None
        assert 0 <= tracker.age() < 5


def test_a_slow_detector_skips_frames_and_holds_nobody_up() -> None:
    finder = ScriptedFinder(delay_s=0.05)
    with FaceTracker(finder, rate_hz=1000) as tracker:
        started = time.perf_counter()
        for index in range(500):
            tracker.offer(make_frame(index))
            tracker.latest()
        assert time.perf_counter() - started < 2
        wait_until(lambda: tracker.looked_at() == 499)
    assert len(finder.seen) < 100
    assert finder.seen == sorted(finder.seen)


def test_it_looks_no_more_often_than_told() -> None:
    finder, started = ScriptedFinder(), time.perf_counter()
    with FaceTracker(finder, rate_hz=20) as tracker:
        feed(tracker, range(60))
    assert 3 <= len(finder.seen) <= 20 * (time.perf_counter() - started) + 1


def test_a_face_that_leaves_is_forgotten() -> None:
    with FaceTracker(ScriptedFinder(lambda frame: frame.index < 3), hold_s=0.15, rate_hz=1000) as tracker:
        for index in range(3):
            tracker.offer(make_frame(index))
            wait_until(lambda index=index: tracker.looked_at() == index)
        assert tracker.latest() is not None
        tracker.offer(make_frame(3))
        wait_until(lambda: tracker.looked_at() == 3)
        wait_until(lambda: tracker.latest() is None)
        assert tracker.age() > 0.15


def test_an_error_of_the_detector_reaches_whoever_asks() -> None:
    finder = BrokenFinder()
    with FaceTracker(finder) as tracker:
        tracker.offer(make_frame(0))
        with pytest.raises(ModelError, match="gave up"):
            wait_until(lambda: tracker.latest() is not None)
    assert finder.closed == 1


def test_close_ends_the_thread_and_frees_the_detector() -> None:
    before, finder = threading.active_count(), ScriptedFinder()
    tracker = FaceTracker(finder)
    tracker.close()
    tracker.close()
    assert finder.closed == 1
    assert threading.active_count() == before


def test_the_real_detector_follows_a_drawn_face() -> None:
    with FaceTracker() as tracker:
        for index in range(3):
            tracker.offer(Frame(drawn_face(), index, time.perf_counter()))
            wait_until(lambda index=index: tracker.looked_at() == index, seconds=60)
        box = not_none(tracker.latest()).keypoint_box()
    np.testing.assert_allclose([box.x, box.y], [240, 206], atol=6)
    assert box.size == pytest.approx(100 / 0.60, rel=0.1)


def test_where_a_look_takes_long_the_face_stays_known_between_two_looks() -> None:
    finder, done = ScriptedFinder(delay_s=1.0), threading.Event()  # longer than the tracker below holds a face
    with FaceTracker(finder, hold_s=0.15, rate_hz=1000) as tracker:

        def film() -> None:
            index = 0
            while not done.wait(0.02):
                tracker.offer(make_frame(index := index + 1))

        camera = threading.Thread(target=film)
        camera.start()
        try:
            wait_until(lambda: tracker.latest() is not None)
            looks = len(finder.seen)
            while len(finder.seen) < looks + 2:
                assert tracker.latest() is not None
                time.sleep(0.02)
        finally:
            done.set()
            camera.join()
