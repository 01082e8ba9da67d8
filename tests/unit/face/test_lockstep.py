"""The tracker that detects the face in the requested frame."""

import numpy as np
from helpers.fakes import make_face

from avatarify.face.face import Face
from avatarify.face.lockstep import LockstepTracker
from avatarify.frames import Frame


class Finder:
    """Sees a face in even frames; counts what it was asked and whether it was closed."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.closed = 0

    def find(self, frame: Frame) -> Face | None:
        self.asked.append(frame.index)
        return make_face(frame.index) if frame.index % 2 == 0 else None

    def close(self) -> None:
        self.closed += 1


def frame(index: int) -> Frame:
    return Frame(np.zeros((8, 8, 3), np.uint8), index, float(index))


def test_it_detects_on_request_in_that_frame() -> None:
    finder = Finder()
    tracker = LockstepTracker(finder, hold_s=0.1)
    tracker.offer(frame(0))
    assert finder.asked == []
    face = tracker.face_in(frame(2))
    assert face is not None
    assert face.frame_index == 2
    assert face.followed is not None
    assert tracker.face_in(frame(3)) is None
    assert finder.asked == [2, 3]


def test_after_close_there_is_no_face() -> None:
    finder = Finder()
    tracker = LockstepTracker(finder)
    tracker.close()
    tracker.close()
    assert finder.closed == 1
    assert tracker.face_in(frame(0)) is None
    assert finder.asked == []
