"""Size, center and crops of a face."""

from dataclasses import astuple

import numpy as np
import pytest

from avatarify.face.face import BROWS, CHIN, EYE_CORNERS, Face


def face() -> Face:
    """Return an upright face 100 pixels high whose eye corners are 100 pixels apart."""
    marks = np.zeros((478, 2), np.float32)
    marks[list(BROWS)], marks[CHIN] = [[80, 50], [120, 50]], [100, 150]
    marks[list(EYE_CORNERS)] = [[50, 70], [150, 70]]
    return Face(marks, {}, 0.0, 0.0, 0.0)


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
