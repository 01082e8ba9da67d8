"""Two frames in progress at once where the runtime allows it, and one where it does not."""

import threading

import pytest
from helpers.fakes import EchoAnimator, FixedTracker, GatedSource, KeepingSink, NumberedSource
from helpers.sessions import make_session, until

from avatarify.animate.animator import DetectedPose
from avatarify.animate.options import Controls
from avatarify.face.face import Face
from avatarify.frames import Frame, Generated
from avatarify.live.commands import LoadPortrait, SetControls


class WatchedAnimator(EchoAnimator):
    """Notes the order of detection and drawing; drawing frame ``held`` waits for ``released``."""

    def __init__(self, held: int = -1, parallel: bool = True) -> None:
        super().__init__(parallel=parallel)
        self.log: list[tuple[str, int]] = []
        self.busy = self.most_busy = 0
        self.held, self.released = held, threading.Event()
        self._lock = threading.Lock()

    def detect(self, frame: Frame, face: Face) -> DetectedPose:
        self._enter("detect", frame)
        pose = super().detect(frame, face)
        self._leave()
        return pose

    def draw(self, pose: DetectedPose) -> Generated:
        self._enter("draw", pose.frame)
        if pose.frame.index == self.held:
            assert self.released.wait(60)
        generated = super().draw(pose)
        self._leave()
        return generated

    def _enter(self, what: str, frame: Frame) -> None:
        with self._lock:
            self.log.append((what, frame.index))
            self.busy += 1
            self.most_busy = max(self.most_busy, self.busy)

    def _leave(self) -> None:
        with self._lock:
            self.busy -= 1


def test_key_points_of_the_next_frame_are_detected_while_one_is_drawn() -> None:
    source, animator = GatedSource(), WatchedAnimator(held=0)
    session, log = make_session(source, animator=animator)
    session.start()
    source.permits.release()
    until(lambda: ("draw", 0) in animator.log)
    source.permits.release()
    until(lambda: ("detect", 1) in animator.log)
    assert ("draw", 1) not in animator.log
    animator.released.set()
    until(lambda: log.pictures[-1:] == [1])
    session.stop()
    assert animator.log == [("detect", 0), ("draw", 0), ("detect", 1), ("draw", 1)]


def test_no_frame_is_detected_before_the_last_one_is_being_drawn() -> None:
    source, animator = GatedSource(), WatchedAnimator(held=0)
    session, log = make_session(source, animator=animator)
    session.start()
    source.permits.release()
    until(lambda: ("draw", 0) in animator.log)
    source.permits.release()
    until(lambda: ("detect", 1) in animator.log)
    source.permits.release(5)
    until(lambda: source.read_count == 7)
    assert ("detect", 2) not in animator.log
    animator.released.set()
    until(lambda: log.pictures[-1:] == [6])
    session.stop()
    assert ("detect", 6) in animator.log


@pytest.mark.parametrize("parallel", [False, True])
def test_a_runtime_for_one_thread_is_used_by_one_thread(parallel: bool) -> None:
    animator = WatchedAnimator(parallel=parallel)
    session, _ = make_session(NumberedSource(count=60, fps=500), animator=animator, fps=500)
    session.start()
    assert session.wait(60)
    assert animator.most_busy <= (2 if parallel else 1)
    order = [index for what, index in animator.log if what == "draw"]
    assert order == sorted(order)


def test_a_new_portrait_never_meets_a_frame_that_was_detected_for_the_old_one() -> None:
    animator, sink = WatchedAnimator(), KeepingSink()
    session, log = make_session(animator=animator, sink=sink, tracker=FixedTracker())
    session.start()
    for number in range(20):
        session.execute(LoadPortrait(str(200 + number)))
        session.execute(SetControls(Controls(strength=1 + number / 100)))
        until(lambda number=number: f"{200 + number}" in log.animation.loaded)  # type: ignore[misc]
    session.stop()
    assert session.error is None
    drawn = [index for what, index in animator.log if what == "draw"]
    assert drawn == sorted(set(drawn))
