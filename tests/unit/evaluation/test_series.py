"""What is read from a face, and how two series are compared."""

import math
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from avatarify.evaluation.series import (
    SERIES,
    compare,
    compare_shapes,
    gaze_horizontal,
    gaze_vertical,
    mean_series,
    mean_shapes,
)
from avatarify.face.face import Face

SHAPES = (
    *("jawOpen", "eyeBlinkLeft", "eyeBlinkRight", "mouthSmileLeft", "mouthSmileRight"),
    *(f"eyeLook{way}{side}" for way in ("In", "Out", "Up", "Down") for side in ("Left", "Right")),
)
LANDMARKS = np.random.default_rng(0).uniform(0, 100, (478, 2)).astype(np.float32)


def face(yaw: float = 0.0, **shown: float) -> Face:
    return Face(LANDMARKS, dict.fromkeys((*SHAPES, "browInnerUp"), 0.0) | shown, yaw, 0.0, 0.0)


def wave(count: int = 60) -> NDArray[np.float64]:
    return 0.5 + 0.3 * np.sin(np.arange(count) / 4)


def test_gaze_has_one_sign_for_both_eyes() -> None:
    to_the_left = face(eyeLookOutLeft=0.6, eyeLookInRight=0.6)
    to_the_right = face(eyeLookInLeft=0.6, eyeLookOutRight=0.6)
    assert gaze_horizontal(to_the_left) == pytest.approx(0.6)
    assert gaze_horizontal(to_the_right) == pytest.approx(-0.6)
    assert gaze_vertical(face(eyeLookUpLeft=0.4, eyeLookUpRight=0.4)) == pytest.approx(0.4)
    assert gaze_vertical(face(eyeLookDownLeft=0.4, eyeLookDownRight=0.4)) == pytest.approx(-0.4)


def test_eyes_that_squint_at_the_nose_look_nowhere() -> None:
    assert gaze_horizontal(face(eyeLookInLeft=0.5, eyeLookInRight=0.5)) == 0


def test_a_result_at_half_amplitude_has_r_1_and_gain_a_half() -> None:
    driven = [face(jawOpen=v) for v in wave()]
    made = [face(jawOpen=0.1 + v / 2) for v in wave()]
    assert compare(made, driven)["jawOpen"] == pytest.approx({"r": 1, "gain": 0.5})


def test_each_eye_is_compared_by_itself() -> None:
    driven = [face(eyeBlinkLeft=v, eyeBlinkRight=0.0) for v in wave()]
    figures = compare([face(eyeBlinkLeft=0.3 * v) for v in wave()], driven)
    assert figures["eyeBlinkLeft"] == pytest.approx({"r": 1, "gain": 0.3})
    assert math.isnan(figures["eyeBlinkRight"]["r"])


def test_a_driver_that_hardly_moves_is_not_compared() -> None:
    driven = [face(jawOpen=0.3 + 0.01 * v) for v in wave()]
    assert math.isnan(compare(driven, driven)["jawOpen"]["r"])


def test_gaze_is_compared_only_while_the_drivers_eyes_are_open() -> None:
    driven = [face(eyeLookUpLeft=v, eyeLookUpRight=v) for v in wave()]
    made = list(driven)
    for number in range(20, 40):  # lids: both look down, one much more than the other
        driven[number] = face(eyeBlinkLeft=0.9, eyeBlinkRight=0.9, eyeLookDownLeft=1.0, eyeLookDownRight=1.0)
        made[number] = face(eyeLookUpLeft=1.0, eyeLookUpRight=1.0)
    assert compare(made, driven)["gaze_vertical"] == pytest.approx({"r": 1, "gain": 1})


def test_a_few_frames_are_not_a_series() -> None:
    assert all(math.isnan(figure["r"]) for figure in compare([face()] * 2, [face()] * 2).values())


def test_means_leave_out_clips_without_movement() -> None:
    moving = [replace(face(), yaw=20 * float(v)) for v in wave()]
    still = [face()] * 60
    mean = mean_series([compare(moving, moving), compare(still, still)])
    assert set(mean) == set(SERIES)
    assert mean["yaw"] == pytest.approx({"r": 1, "gain": 1, "clips": 1})
    assert mean["pitch"]["clips"] == 0
    assert math.isnan(mean["pitch"]["r"])


def test_every_blend_shape_is_compared_but_the_score_of_none() -> None:
    driven = [face(browInnerUp=v, _neutral=v) for v in wave()]
    found = compare_shapes([face(browInnerUp=0.4 * v) for v in wave()], driven)
    assert "_neutral" not in found
    assert found["browInnerUp"] == pytest.approx({"r": 1, "gain": 0.4})
    assert math.isnan(found["jawOpen"]["r"])
    mean = mean_shapes([{"shapes": found}, {"shapes": {}}])
    assert mean["browInnerUp"] == pytest.approx({"r": 1, "gain": 0.4, "clips": 1})
    assert compare_shapes([], []) == {}
