"""The face in every second frame of a video: where it is looked for, and what the frames between get."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from helpers.fakes import make_face, make_frame

from avatarify.face.face import Face
from avatarify.face.looks import MOVED, looks
from avatarify.frames import Frame

SIDE = make_face().keypoint_box().size


class Finder:
    """Finds a face that is shifted by ``place`` sides of its crop in each frame; None where that is not finite."""

    def __init__(self, place: Callable[[int], float]) -> None:
        self.place = place
        self.looked: list[int] = []

    def find(self, frame: Frame) -> Face | None:
        self.looked.append(frame.index)
        return self.face(frame.index) if np.isfinite(self.place(frame.index)) else None

    def face(self, index: int) -> Face:
        face = make_face(index, {"jawOpen": self.place(index)}, yaw=10 * self.place(index))
        shift = np.array([self.place(index) * SIDE, 0], np.float32)
        return replace(face, landmarks=np.asarray(face.landmarks + shift, np.float32))


def run(finder: Finder, count: int, value: Callable[[int], int] = lambda index: 0) -> list[tuple[Frame, Face | None]]:
    frames = iter([make_frame(index, value(index)) for index in range(count)])
    return list(looks(lambda: next(frames, None), finder.find))


@pytest.mark.parametrize("count", [0, 1, 2, 3, 8, 9])
def test_every_frame_comes_once_and_in_order(count: int) -> None:
    found = run(Finder(lambda index: 0.0), count)
    assert [frame.index for frame, _ in found] == list(range(count))
    assert [face.frame_index for _, face in found if face] == list(range(count))


def test_a_calm_head_is_looked_at_in_every_second_frame() -> None:
    finder = Finder(lambda index: 0.001 * index)
    run(finder, 11)
    assert finder.looked == [0, 1, 3, 5, 7, 9, 10]


def test_frames_between_get_the_mean_of_their_neighbors() -> None:
    finder = Finder(lambda index: 0.0001 * index**2)
    for frame, face in run(finder, 9):
        assert face is not None
        exact = finder.face(frame.index)
        off = np.abs(face.landmarks - exact.landmarks).max() / SIDE
        assert off == pytest.approx(0 if frame.index in finder.looked else 0.0001, abs=1e-5)
        assert face.yaw == pytest.approx(exact.yaw, abs=0.0011)
        assert face.expression["jawOpen"] == pytest.approx(exact.expression["jawOpen"], abs=0.00011)


def test_no_frame_is_left_out_while_the_head_moves() -> None:
    finder = Finder(lambda index: 1.1 * MOVED * max(0, index - 6))
    run(finder, 14)
    assert finder.looked == [0, 1, 3, 5, 7, 8, 9, 10, 11, 12, 13]


def test_a_lost_face_is_looked_for_in_every_frame() -> None:
    finder = Finder(lambda index: float("nan") if 5 <= index <= 9 else 0.0)
    found = run(finder, 16)
    assert finder.looked == [0, 1, 3, 5, 6, 7, 8, 9, 10, 11, 13, 15]
    assert [frame.index for frame, face in found if face is None] == [4, 5, 6, 7, 8, 9]


@pytest.mark.parametrize("cut", [4, 5])
def test_a_frame_at_a_cut_gets_the_face_of_its_own_side(cut: int) -> None:
    finder = Finder(lambda index: 2.0 if index >= cut else 0.0)
    found = run(finder, 6, lambda index: 200 if index >= cut else 20)
    face = found[4][1]
    assert 4 not in finder.looked
    assert face is not None
    np.testing.assert_allclose(face.landmarks, finder.face(4).landmarks, atol=1e-3)
