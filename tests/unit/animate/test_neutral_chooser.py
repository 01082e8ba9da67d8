from collections.abc import Callable, Sequence
from typing import Any

import pytest
from helpers.fakes import EchoAnimator, NumberedSource, make_face, make_frame

from avatarify.animate.neutral import best_neutral
from avatarify.animate.neutral_chooser import SEARCH_S, NeutralChooser, set_neutral_of_file
from avatarify.errors import InputError, MotionError
from avatarify.face.face import Face


def live(choice: str, faces: Sequence[Face | None], fps: int = 10) -> list[int]:
    """Feed faces frame by frame; return the numbers of the frames taken as neutral."""
    animator = EchoAnimator()
    chooser = NeutralChooser(animator, choice)
    for index, face in enumerate(faces):
        if face is not None:
            chooser.look(make_frame(index, at=100 + index / fps), face)
    return animator.neutrals


def turned(*degrees: float) -> list[Face]:
    return [make_face(yaw=yaw) for yaw in degrees]


def test_first_is_left_to_the_animator() -> None:
    assert live("first", turned(9, 0)) == []


def test_best_takes_only_what_is_clearly_nearer_to_rest() -> None:
    assert live("best", turned(30, 40, 29, 10, 9.5, 2, 0)) == [0, 3, 5, 6]


def test_best_does_not_begin_with_a_face_that_is_turned_away() -> None:
    animator = EchoAnimator()
    chooser = NeutralChooser(animator, "best", make_face())
    for index, yaw in enumerate((60, 50, 20)):
        chooser.look(make_frame(index, at=1.0 + index / 10), make_face(yaw=yaw))
    assert animator.neutrals == [2]


def test_best_is_settled_after_the_first_seconds() -> None:
    late = round(SEARCH_S * 10) + 2
    assert live("best", [*turned(30), *[None] * late, *turned(0)]) == [0]


def test_closed_eyes_and_an_open_mouth_are_not_rest() -> None:
    talking = make_face(expression={"jawOpen": 0.6, "eyeBlinkLeft": 0.9, "eyeBlinkRight": 0.9})
    assert live("best", [talking, make_face(yaw=6)]) == [0, 1]


def test_a_number_takes_that_frame_or_the_next_with_a_face() -> None:
    faces = turned(0, 0, 0, 0, 0)
    assert live("3", faces) == [3]
    assert live("1", [faces[0], None, faces[2], faces[3]]) == [2]


def test_recalibration_chooses_again() -> None:
    animator = EchoAnimator()
    chooser = NeutralChooser(animator, "best")
    chooser.look(make_frame(0, at=1.0), make_face(yaw=1))
    chooser.look(make_frame(1, at=9.0), make_face(yaw=20))
    chooser.restart()
    chooser.look(make_frame(2, at=9.1), make_face(yaw=20))
    assert animator.neutrals == [0, 2]


def test_a_search_goes_on_until_it_is_switched_off() -> None:
    animator = EchoAnimator()
    chooser = NeutralChooser(animator, "best")
    chooser.look(make_frame(0, at=1.0), make_face(yaw=20))
    chooser.search(True)
    chooser.look(make_frame(1, at=30.0), make_face(yaw=5))
    chooser.search(False)
    chooser.look(make_frame(2, at=60.0), make_face())
    assert animator.neutrals == [0, 1]


def test_rest_is_the_portraits_pose_and_straight_ahead_matches_it_too() -> None:
    animator = EchoAnimator()
    chooser = NeutralChooser(animator, "best", make_face(yaw=20))
    chooser.look(make_frame(0, at=1.0), make_face(yaw=-10))
    assert chooser.match == pytest.approx(0.717, abs=0.001)  # exp(-10/15/2): ten degrees further off than straight
    chooser.look(make_frame(1, at=1.1), make_face())
    assert chooser.match == 1.0
    chooser.look(make_frame(2, at=1.2), make_face(yaw=20))
    assert animator.neutrals == [0, 1, 2]
    assert chooser.match == 1.0


@pytest.mark.parametrize("choice", ["first", "best", "0"])
def test_the_match_is_known_once_there_is_a_neutral_frame(choice: str) -> None:
    chooser = NeutralChooser(EchoAnimator(), choice)
    assert chooser.match is None
    chooser.look(make_frame(0, at=1.0), make_face(yaw=15))
    assert chooser.match == pytest.approx(0.607, abs=0.001)  # exp(-1/2)


@pytest.fixture
def driver(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Give a file of faces by frame number: degrees of yaw, None for no face."""

    def use(yaws: Any) -> Any:
        class Landmarker:
            def close(self) -> None:
                pass

            def find(self, frame: Any) -> Any:
                yaw = yaws[frame.index]
                return None if yaw is None else make_face(frame.index, yaw=yaw)

        monkeypatch.setattr("avatarify.face.landmarker.FaceLandmarker", Landmarker)
        return lambda: NumberedSource(count=len(yaws), fps=None)

    return use


def test_a_file_is_searched_for_the_face_nearest_to_the_portrait(driver: Callable[..., Any]) -> None:
    animator = EchoAnimator()
    set_neutral_of_file(animator, "best", driver([5, None, 26, 18, 0]), make_face(yaw=20))
    assert animator.neutrals == [3]


def test_a_numbered_frame_of_a_file(driver: Callable[..., Any]) -> None:
    animator = EchoAnimator()
    set_neutral_of_file(animator, "2", driver([0, 0, 0, 0]), make_face())
    set_neutral_of_file(animator, "first", driver([0]), make_face())
    assert animator.neutrals == [2]


@pytest.mark.parametrize(("choice", "yaws"), [("1", [0, None, 0]), ("7", [0, 0])])
def test_a_frame_without_a_face_is_refused(driver: Callable[..., Any], choice: str, yaws: list[int | None]) -> None:
    with pytest.raises(InputError, match="face"):
        set_neutral_of_file(EchoAnimator(), choice, driver(yaws), make_face())


def test_without_any_face_the_choice_is_left_to_the_animator(driver: Callable[..., Any]) -> None:
    animator = EchoAnimator()
    set_neutral_of_file(animator, "best", driver([None, None, None, None]), make_face())
    assert animator.neutrals == []


def test_wide_eyes_and_a_look_up_are_not_rest() -> None:
    staring = make_face(expression={"eyeWideLeft": 0.5, "eyeWideRight": 0.5})
    upwards = make_face(expression={"eyeLookUpLeft": 0.7, "eyeLookUpRight": 0.7})
    assert best_neutral({0: staring, 1: upwards, 2: make_face(yaw=6)}) == 2


def test_a_frame_that_cannot_be_used_is_reported(driver: Callable[..., Any]) -> None:
    class Refusing(EchoAnimator):
        def set_neutral(self, frame: Any, face: Any) -> None:
            raise MotionError("The key points collapse.", "")

    with pytest.raises(InputError, match="Frame 0 cannot be the neutral one: The key points collapse"):
        set_neutral_of_file(Refusing(), "0", driver([0]), make_face())
