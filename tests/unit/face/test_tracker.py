"""The tracker's thread: it uses the newest frame, makes no caller wait, and loses no error."""

import threading
import time
from collections.abc import Callable

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
    """Finds a face in the frames for which ``sees`` is true; waits at the frame ``held`` until it is released."""

    def __init__(
        self, sees: Callable[[Frame], bool] = lambda frame: True, held: int = -1, delay_s: float = 0.0
    ) -> None:
        self.seen: list[int] = []
        self.times: list[float] = []
        self.closed = 0
        self.arrived, self.released = threading.Event(), threading.Event()
        self._sees, self._held, self._delay_s = sees, held, delay_s

    def find(self, frame: Frame) -> Face | None:
        self.seen.append(frame.index)
        self.times.append(time.perf_counter())
        if frame.index == self._held:
            self.arrived.set()
            assert self.released.wait(60)
        time.sleep(self._delay_s)
        return make_face(frame.index) if self._sees(frame) else None

    def close(self) -> None:
        self.closed += 1


class BrokenFinder(ScriptedFinder):
    def find(self, frame: Frame) -> None:
        raise ModelError("The face model gave up.", "Reinstall Avatarify.")


def wait_until(condition: Callable[[], object], seconds: float = 60.0) -> None:
    deadline = time.perf_counter() + seconds
    while not condition():
        assert time.perf_counter() < deadline, "it did not happen in time"
        time.sleep(0.002)


class Camera:
    """Offers frames to a tracker, each with a higher index."""

    def __init__(self, tracker: FaceTracker) -> None:
        self._tracker = tracker
        self._next = 0

    def film_until(self, condition: Callable[[], object]) -> None:
        def filmed() -> object:
            self._tracker.offer(make_frame(self._next))
            self._next += 1
            return condition()

        wait_until(filmed)


def test_a_face_is_known_after_two_detections() -> None:
    finder = ScriptedFinder(held=1)
    with FaceTracker(finder, rate_hz=1000) as tracker:
        assert tracker.latest() is None
        tracker.offer(make_frame(0))
        wait_until(lambda: finder.seen)
        tracker.offer(make_frame(1))
        assert finder.arrived.wait(60)  # so the first detection is complete
        assert tracker.latest() is None
        finder.released.set()
        wait_until(lambda: tracker.latest() is not None)
        face = not_none(tracker.latest())
    assert face.frame_index == 1
    assert face.followed is not None


def test_a_slow_detector_skips_frames_and_delays_no_caller() -> None:
    finder = ScriptedFinder(held=0)
    with FaceTracker(finder, rate_hz=1000) as tracker:
        tracker.offer(make_frame(0))
        assert finder.arrived.wait(60)
        for index in range(1, 500):
            tracker.offer(make_frame(index))
            tracker.latest()
        finder.released.set()
        wait_until(lambda: len(finder.seen) > 1)
    assert finder.seen == [0, 499]


def test_the_rate_of_detections_is_limited() -> None:
    finder, began = ScriptedFinder(), time.perf_counter()
    with FaceTracker(finder, rate_hz=20) as tracker:
        Camera(tracker).film_until(lambda: len(finder.times) > 4)
    assert finder.times[4] - began > 4 / 20 - 0.005


def test_a_face_that_leaves_is_forgotten() -> None:
    visible = threading.Event()
    visible.set()
    with FaceTracker(ScriptedFinder(lambda frame: visible.is_set()), hold_s=0.15, rate_hz=1000) as tracker:
        camera = Camera(tracker)
        camera.film_until(lambda: tracker.latest() is not None)
        visible.clear()
        camera.film_until(lambda: tracker.latest() is None)


def test_an_error_of_the_detector_reaches_the_caller() -> None:
    finder = BrokenFinder()
    with FaceTracker(finder) as tracker:
        tracker.offer(make_frame(0))
        with pytest.raises(ModelError, match="gave up"):
            wait_until(lambda: tracker.latest() is not None)
    assert finder.closed == 1


def test_close_ends_the_thread_and_releases_the_detector() -> None:
    before, finder = threading.active_count(), ScriptedFinder()
    tracker = FaceTracker(finder)
    tracker.close()
    tracker.close()
    assert finder.closed == 1
    assert threading.active_count() == before


def test_the_real_detector_follows_a_drawn_face() -> None:
    image = drawn_face()
    with FaceTracker() as tracker:

        def filmed(index: int) -> object:
            tracker.offer(Frame(image, index, time.perf_counter()))
            return tracker.latest()

        indices = iter(range(100_000))
        wait_until(lambda: filmed(next(indices)))
        box = not_none(tracker.latest()).keypoint_box()
    np.testing.assert_allclose([box.x, box.y], [240, 206], atol=6)
    assert box.size == pytest.approx(100 / 0.60, rel=0.1)


def test_a_face_is_not_forgotten_between_slow_detections() -> None:
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
            detections = len(finder.seen)
            while len(finder.seen) < detections + 2:
                assert tracker.latest() is not None
                time.sleep(0.02)
        finally:
            done.set()
            camera.join()
