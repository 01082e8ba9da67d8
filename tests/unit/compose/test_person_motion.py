"""The person's motion: lids and jaws may move far from the head's motion, ghosts beside the head are ignored."""

import numpy as np

from avatarify.compose.fields import identity
from avatarify.compose.person_motion import PersonMotion
from avatarify.face.box import CropBox
from avatarify.frames import F32, Generated

SIDE = 128
STILL = np.array([[1, 0, 0], [0, 1, 0]], np.float32)
MARGIN = SIDE // 4


def motion_of(shift: F32, visible: F32, head: F32 = STILL) -> F32:
    alpha = np.zeros((256, 256), np.uint8)
    alpha[40:256, 60:196] = 255
    generated = Generated(
        np.zeros((SIDE, SIDE, 3), np.uint8), identity(SIDE, SIDE) + shift, visible, np.ones_like(visible), head
    )
    whole, _ = PersonMotion(alpha, CropBox(128, 128, 256)).of(generated)
    return np.moveaxis(whole, 0, -1)[MARGIN:-MARGIN, MARGIN:-MARGIN]


def moved(rows: slice, columns: slice, by: float) -> F32:
    shift = np.zeros((SIDE, SIDE, 2), np.float32)
    shift[rows, columns, 1] = by
    return shift


def test_a_lid_moves_although_most_of_it_is_generated() -> None:
    eye = slice(50, 62), slice(44, 60)
    visible = np.ones((SIDE, SIDE), np.float32)
    visible[eye] = 0.3
    found = motion_of(moved(*eye, -0.1), visible)
    np.testing.assert_allclose(found[52:60, 46:58, 1], -0.1, atol=0.01)


def test_a_jaw_may_drop_farther_than_a_head_moves() -> None:
    mouth = slice(78, 92), slice(50, 78)
    visible = np.ones((SIDE, SIDE), np.float32)
    found = motion_of(moved(*mouth, -0.2), visible)
    np.testing.assert_allclose(found[82:88, 54:74, 1], -0.2, atol=0.02)


def test_hair_left_behind_moves_with_the_head() -> None:
    # The whole head moves by 0.3; a strip at its crown is said to stay, and the portrait to be hidden there.
    head = np.array([[1, 0, 0.3], [0, 1, 0]], np.float32)
    shift = np.zeros((SIDE, SIDE, 2), np.float32)
    shift[..., 0] = 0.3
    shift[22:32] = 0
    visible = np.ones((SIDE, SIDE), np.float32)
    visible[22:32] = 0.2
    found = motion_of(shift, visible, head)
    np.testing.assert_allclose(found[24:30, 50:70, 0], 0.3, atol=0.05)
