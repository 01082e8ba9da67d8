"""Eyes, mouth and pose of a face."""

from dataclasses import astuple

import numpy as np
import pytest

from avatarify.face.face import BROWS, CHIN, EYE_CORNERS, Face
from avatarify.face.state import eye_closed, frontal, mouth_opening


def face(
    expression: dict[str, float] | None = None,
    yaw: float = 0.0,
    pitch: float = 0.0,
    roll: float = 0.0,
    lids: tuple[float, float] = (12.0, 12.0),
    lips: float = 0.0,
) -> Face:
    """Return a face 100 pixels high whose eyes are 40 wide; lids and lips are the gaps in pixels."""
    marks = np.zeros((478, 2), np.float32)
    marks[list(BROWS)], marks[CHIN] = [[80, 50], [120, 50]], [100, 150]
    marks[[33, 133, 362, 263]] = [[50, 70], [90, 70], [110, 70], [150, 70]]
    marks[[159, 145]] = [[70, 70 - lids[1] / 2], [70, 70 + lids[1] / 2]]
    marks[[386, 374]] = [[130, 70 - lids[0] / 2], [130, 70 + lids[0] / 2]]
    marks[[13, 14]] = [[100, 120 - lips / 2], [100, 120 + lips / 2]]
    return Face(marks, expression or {}, yaw, pitch, roll)


def test_blend_shapes_are_used_if_available() -> None:
    winking = face({"eyeBlinkLeft": 0.9, "eyeBlinkRight": 0.1, "jawOpen": 0.6}, lips=0)
    assert eye_closed(winking, "Left") == 0.9
    assert eye_closed(winking, "Right") == 0.1
    assert mouth_opening(winking) == 0.6


def test_landmarks_are_used_without_blend_shapes() -> None:
    assert mouth_opening(face()) == 0
    winking = face(lids=(1.0, 12.0))
    assert eye_closed(winking, "Left") == 1
    assert eye_closed(winking, "Right") < 0.1
    assert mouth_opening(face(lips=35)) == pytest.approx(1)


def test_frontal_is_one_straight_ahead_and_falls_on_all_sides() -> None:
    assert frontal(face()) == 1
    for yaw, pitch, roll in ((15, 0, 0), (0, -15, 0), (0, 0, 15)):
        turned = frontal(face(yaw=yaw, pitch=pitch, roll=roll))
        assert turned < 0.75
        assert frontal(face(yaw=-yaw, pitch=-pitch, roll=-roll)) == turned
    assert frontal(face(yaw=45)) < 0.01 < frontal(face(yaw=20))


def test_boxes_hold_the_face_as_the_networks_expect_it() -> None:
    upright = face()
    assert upright.height == pytest.approx(100)
    np.testing.assert_allclose(upright.center, [100, 100])
    assert astuple(upright.keypoint_box()) == pytest.approx((100, 100, 100 / 0.60, 0))
    assert astuple(upright.portrait_box()) == pytest.approx((100, 95, 100 / 0.36, 0))


def test_the_key_point_box_rotates_with_the_eyes_and_the_portrait_box_does_not() -> None:
    tilted = face()
    tilted.landmarks[EYE_CORNERS[0]], tilted.landmarks[EYE_CORNERS[1]] = [50, 70], [150, 170]
    assert tilted.keypoint_box().angle == pytest.approx(np.pi / 4)
    assert tilted.portrait_box().angle == 0
