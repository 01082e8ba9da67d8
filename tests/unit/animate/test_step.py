from dataclasses import replace

import numpy as np
import pytest
from helpers.fakes import EchoAnimator, PlainCompositor, make_face, make_frame

from avatarify.animate.step import EASE_S, HOLD_S, AnimationStep, OutputPicture
from avatarify.frames import Performance

STILL = 250


def value(picture: OutputPicture) -> int:
    assert len(np.unique(picture.image)) == 1
    return int(picture.image[0, 0, 0])


@pytest.fixture
def step() -> AnimationStep:
    return AnimationStep(EchoAnimator(refuse=(7,)), PlainCompositor(STILL))


def test_a_face_animates_and_times_each_stage(step: AnimationStep) -> None:
    picture = step.run(make_frame(1, 50), make_face())
    assert value(picture) == 50
    assert picture.face
    assert not picture.idle
    assert picture.stages_ms["keypoints"] == 1.0
    assert picture.stages_ms["generate"] == 2.0
    assert picture.stages_ms["compose"] >= 0.0


def test_before_the_first_face_the_portrait_is_still(step: AnimationStep) -> None:
    first = step.run(make_frame(0, 50, at=10.0), None)
    later = step.run(make_frame(1, 50, at=10.1 + HOLD_S + EASE_S), None)
    assert value(first) == value(later) == STILL
    assert not first.face
    assert not first.idle, "the detector needs a moment before it can be said that nobody is there"
    assert later.idle


def test_without_a_face_it_holds_then_eases_then_rests(step: AnimationStep) -> None:
    step.run(make_frame(0, 50, at=10.0), make_face())
    held = step.run(make_frame(1, 99, at=10.0 + 0.9 * HOLD_S), None)
    early, middle, late = (
        step.run(make_frame(2, 99, at=10.0 + HOLD_S + share * EASE_S), None) for share in (0.1, 0.5, 0.9)
    )
    resting = step.run(make_frame(3, 99, at=10.0 + HOLD_S + 1.01 * EASE_S), None)
    assert value(held) == 50
    assert 50 < value(early) < 100 < value(middle) < 200 < value(late) < STILL
    assert value(middle) == pytest.approx((50 + STILL) / 2, abs=1)
    assert value(resting) == STILL
    assert [picture.idle for picture in (held, early, late, resting)] == [False, False, False, True]


def test_the_driver_never_shows(step: AnimationStep) -> None:
    step.run(make_frame(0, 50, at=10.0), make_face())
    for number in range(1, 60):
        picture = step.run(make_frame(number, 10, at=10.0 + number / 30), None)
        assert 50 <= value(picture) <= STILL


def test_the_face_comes_back_at_once(step: AnimationStep) -> None:
    step.run(make_frame(0, 50, at=10.0), make_face())
    step.run(make_frame(1, 51, at=20.0), None)
    assert value(step.run(make_frame(2, 52, at=20.1), make_face())) == 52


def test_a_frame_that_cannot_be_used_holds_and_is_reported_once(step: AnimationStep) -> None:
    assert step.warnings == []
    step.run(make_frame(6, 60, at=10.0), make_face())
    refused = [step.run(make_frame(7, 70, at=10.1), make_face()) for _ in range(3)]
    assert [value(picture) for picture in refused] == [60, 60, 60]
    assert not refused[0].face
    assert [str(warning) for warning in step.warnings] == [
        "3 frames could not be animated: The key points collapse. Face the camera."
    ]


def test_another_portrait_shows_at_once(step: AnimationStep) -> None:
    step.run(make_frame(0, 50, at=10.0), make_face())
    step.change_portrait(PlainCompositor(200))
    assert value(step.run(make_frame(1, 51, at=10.1), None)) == 200
    assert int(step.idle_frame()[0, 0, 0]) == 200


def test_the_clock_of_a_file_is_its_media_time() -> None:
    step = AnimationStep(EchoAnimator(), PlainCompositor(STILL), clock=lambda frame: frame.media_time)
    step.run(make_frame(0, 50, at=1.0, media_time=0.0), make_face())
    assert value(step.run(make_frame(1, 51, at=99.0, media_time=0.1), None)) == 50
    assert value(step.run(make_frame(2, 52, at=1.1, media_time=3.0), None)) == STILL


def test_a_frozen_picture_is_the_one_that_was_shown(step: AnimationStep) -> None:
    step.run(make_frame(0, 50, at=10.0), make_face())
    step.freeze(True)
    assert value(step.run(make_frame(1, 51, at=10.1), make_face())) == 50
    step.freeze(False)
    assert value(step.run(make_frame(2, 52, at=10.2), make_face())) == 52


def test_before_anything_was_shown_the_idle_portrait_is_frozen(step: AnimationStep) -> None:
    step.freeze(True)
    assert value(step.run(make_frame(0, 50, at=10.0), make_face())) == STILL


def test_the_real_camera_image_is_sent_only_on_request(step: AnimationStep) -> None:
    step.passthrough = lambda image: np.full_like(image, 7)
    shown = step.run(make_frame(0, 50, at=10.0), None)
    assert (value(shown), shown.face, shown.idle) == (7, False, False)
    step.passthrough = None
    assert value(step.run(make_frame(1, 51, at=10.1), make_face())) == 51


def pictures(step: AnimationStep, index: int, at: float) -> list[tuple[int, float]]:
    """Animate a frame with one between; return value and time of each picture."""
    seen = step.detect(make_frame(index, index, at=at), make_face())
    return [(value(picture), picture.frame.captured_at) for picture in step.compose(step.generate(seen), between=True)]


def test_a_picture_is_halfway_between_two_frames(step: AnimationStep) -> None:
    assert pictures(step, 20, at=10.0) == [(20, 10.0)]
    assert pictures(step, 30, at=10.08) == [(25, pytest.approx(10.04)), (30, 10.08)]
    assert pictures(step, 50, at=10.16) == [(40, pytest.approx(10.12)), (50, 10.16)]


def test_nothing_is_between_frames_that_are_not_neighbors(step: AnimationStep) -> None:
    pictures(step, 20, at=10.0)
    assert pictures(step, 30, at=10.5) == [(30, 10.5)]
    step.run(make_frame(31, 31, at=10.55), None)
    assert pictures(step, 40, at=10.6) == [(40, 10.6)]
    step.change_portrait(PlainCompositor(200))
    assert pictures(step, 50, at=10.65) == [(50, 10.65)]
    step.freeze(True)
    assert [picture for picture, _ in pictures(step, 60, at=10.7)] == [50]


def test_a_performance_animates_without_a_face_and_before_one(step: AnimationStep) -> None:
    animator = step._animator
    assert isinstance(animator, EchoAnimator)
    performing = replace(make_frame(1, 50), performance=Performance({"jawOpen": 0.5}))
    for face in (None, make_face()):
        picture = step.run(performing, face)
        assert value(picture) == 50
        assert picture.face
        assert not picture.stand_in
    assert animator.performances == [performing.performance] * 2


def test_the_stand_in_moves_the_portrait_only_while_nobody_is_in_view(step: AnimationStep) -> None:
    asked: list[float] = []

    def stand_in(at_s: float) -> Performance:
        asked.append(at_s)
        return Performance(yaw=at_s)

    step.stand_in = stand_in
    assert value(step.run(make_frame(0, 50, at=10.0), make_face())) == 50
    held = step.run(make_frame(1, 99, at=10.0 + 0.9 * HOLD_S), None)
    eased = step.run(make_frame(2, 99, at=10.0 + HOLD_S + 0.5 * EASE_S), None)
    moving = step.run(make_frame(3, 99, at=10.0 + HOLD_S + 1.1 * EASE_S), None)
    assert value(held) == 50
    assert 60 < value(eased) < 90
    assert value(moving) == 99
    assert [picture.stand_in for picture in (held, eased, moving)] == [True] * 3
    assert moving.idle
    assert not moving.face
    assert asked == pytest.approx([10.0 + 0.9 * HOLD_S, 10.0 + HOLD_S + 0.5 * EASE_S, 10.0 + HOLD_S + 1.1 * EASE_S])
