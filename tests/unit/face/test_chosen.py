"""Which of several faces drives the portrait: by rule, by place, and after it was out of view."""

from dataclasses import replace
from functools import partial

import cv2
import numpy as np
import pytest
from helpers.fakes import make_face, make_frame

from avatarify import paths
from avatarify.errors import UsageError
from avatarify.face.chosen import ChosenFace, FaceChoice
from avatarify.face.face import Face
from avatarify.face.landmarker import FaceLandmarker
from avatarify.frames import Frame
from avatarify.images import load_picture


class Scripted:
    """Finds the faces that are in view."""

    def __init__(self) -> None:
        self.in_view: list[Face] = []
        self.looked = self.closed = 0

    def find(self, frame: Frame) -> Face | None:
        return self.in_view[0] if self.in_view else None

    def find_all(self, frame: Frame) -> list[Face]:
        self.looked += 1
        return self.in_view

    def close(self) -> None:
        self.closed += 1


def face_at(x: float, y: float = 24.0) -> Face:
    face = make_face()
    return replace(face, landmarks=face.landmarks + np.array([x, y], np.float32) - face.center)


def place(face: Face | None) -> float | None:
    return None if face is None else round(float(face.center[0]))


def opened(finder: FaceLandmarker) -> FaceLandmarker:
    return finder


def chosen(choice: str, *, several: Scripted | None = None) -> tuple[ChosenFace, Scripted]:
    finder = Scripted()
    return ChosenFace(finder, lambda: several or finder, FaceChoice.parse(choice)), finder


@pytest.mark.parametrize(("choice", "x"), [("largest", 100), ("left", 10), ("right", 200), ("190, 20", 200)])
def test_each_choice(choice: str, x: int) -> None:
    finder, view = chosen(choice)
    view.in_view = [face_at(100), face_at(200), face_at(10)]
    assert place(finder.find(make_frame())) == x
    assert view.looked == (choice != "largest")


@pytest.mark.parametrize("text", ["", "middle", "1", "1,2,3", "-4,5", "nan,1"])
def test_other_choices_are_refused(text: str) -> None:
    with pytest.raises(UsageError, match="which face to follow"):
        FaceChoice.parse(text)


def test_a_chosen_face_is_followed_past_another_and_not_swapped_for_it() -> None:
    finder, view = chosen("100,24")
    steps = [(100.0, 40.0), (95.0, 60.0), (90.0, 82.0), (86.0, 99.0)]  # the second face takes the first one's place
    for number, (ours, other) in enumerate(steps):
        view.in_view = [face_at(other, 60.0), face_at(ours)]
        assert place(finder.find(make_frame(at=number / 15))) == round(ours)
    view.in_view = [face_at(150)]
    assert finder.find(make_frame(at=0.5)) is None
    view.in_view = [face_at(84)]
    assert place(finder.find(make_frame(at=1.0))) == 84


def test_after_a_while_another_face_is_taken() -> None:
    finder, view = chosen("100,24")
    view.in_view = [face_at(100)]
    finder.find(make_frame(at=0.0))
    view.in_view = [face_at(200)]
    assert finder.find(make_frame(at=1.0)) is None
    assert place(finder.find(make_frame(at=2.5))) == 200


def test_a_new_choice_forgets_the_old_face_and_closes_both_detectors_once() -> None:
    several = Scripted()
    finder, one = chosen("largest", several=several)
    one.in_view, several.in_view = [face_at(10)], [face_at(10), face_at(60)]
    assert place(finder.find(make_frame(at=0.0))) == 10
    finder.choose(FaceChoice.parse("62,20"))
    assert place(finder.find(make_frame(at=0.1))) == 60
    finder.choose(FaceChoice.parse("largest"))
    assert place(finder.find(make_frame(at=0.2))) == 10
    finder.close()
    assert (one.closed, several.closed) == (1, 1)


def test_real_faces_side_by_side() -> None:
    portrait = cv2.resize(load_picture(paths.assets() / "portraits" / "mona-lisa.jpg"), (480, 480))
    picture = np.concatenate([portrait, portrait[:, ::-1]], axis=1)
    found = []
    for choice in ("left", "right", "700,200"):
        with FaceLandmarker(max_faces=4, expression=False) as several:
            one = ChosenFace(Scripted(), partial(opened, several), FaceChoice.parse(choice))
            face = one.find(replace(make_frame(at=0.0), image=picture))
        assert face is not None
        assert face.others == 1
        found.append(face.center[0] < 480)
    assert found == [True, False, False]
