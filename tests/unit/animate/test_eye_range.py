"""How far a user's eyes open and shut, learned from frames whose answer is known."""

import numpy as np
import pytest

from avatarify.animate.eye_range import EyeRange
from avatarify.face.face import Face
from avatarify.frames import F32
from avatarify.motion.layout import EYES, MESH_FEATURES


def eyes(*openings: float) -> F32:
    """Key points (81, 2) with both eyes one unit wide."""
    points = np.zeros((81, 2), np.float32)
    for (left, right, upper, lower), opening in zip(EYES, openings, strict=True):
        points[left], points[right] = (0, 0), (1, 0)
        points[list(upper)], points[list(lower)] = (0.5, -opening / 2), (0.5, opening / 2)
    return points


def looked(*openings: float, frame_index: int = 0) -> Face:
    """A face whose mesh has these eyes."""
    mesh, points = np.zeros((478, 2), np.float32), eyes(*openings)
    mesh[list(MESH_FEATURES.values())] = points[list(MESH_FEATURES)]
    return Face(mesh, {}, 0.0, 0.0, 0.0, frame_index=frame_index)


def after(neutral: float, seen: float, frames: int) -> EyeRange:
    known, face = EyeRange(eyes(neutral, neutral)), looked(seen, seen)
    for index in range(frames):
        known.follow(index, eyes(seen, seen), face)
    return known


def test_at_first_only_the_neutral_frame_is_known() -> None:
    assert EyeRange(eyes(0.3, 0.4)).lids == pytest.approx(np.array([[0.3, 0.4], [0.06, 0.08]]), abs=1e-6)


@pytest.mark.parametrize(
    ("neutral", "wide"), [(0.45, 1.15 * 0.3), (0.2, 0.85 * 0.3), (0.32, 0.32)], ids=["staring", "looking down", "usual"]
)
def test_an_unusual_neutral_frame_does_no_harm_after_some_seconds(neutral: float, wide: float) -> None:
    assert after(neutral, 0.3, 300).lids[0] == pytest.approx([wide, wide], abs=2e-3)


def test_the_range_moves_slowly() -> None:
    known, face = EyeRange(eyes(0.45, 0.45)), looked(0.3, 0.3)
    before = known.lids[0, 0]
    for index in range(200):
        known.follow(index, eyes(0.3, 0.3), face)
        assert abs(known.lids[0, 0] - before) < 0.006
        before = known.lids[0, 0]


def test_blinks_do_not_change_what_is_open() -> None:
    known, face = EyeRange(eyes(0.3, 0.3)), looked(0.3, 0.3)
    for index in range(300):
        opening = 0.05 if index % 10 == 0 else 0.3
        known.follow(index, eyes(opening, opening), face)
    assert known.lids[0] == pytest.approx([0.3, 0.3], abs=1e-3)


def test_the_mesh_says_which_key_points_are_those_of_a_shut_eye() -> None:
    """The mesh of a frame arrives two frames later; only one eye shuts."""
    known = EyeRange(eyes(0.4, 0.4))
    for index in range(60):
        shut = index % 4 == 0
        known.follow(
            index, eyes(0.2 if shut else 0.4, 0.4), looked(0.0 if shut and index > 1 else 0.3, 0.3, frame_index=index)
        )
    left, right = known.lids[1]
    assert left == pytest.approx(0.2 + 0.1 * 0.2, abs=0.02)
    assert right == pytest.approx(0.08, abs=1e-3)


def test_a_mesh_is_compared_with_the_key_points_of_its_own_frame() -> None:
    known = EyeRange(eyes(0.4, 0.4))
    for index in range(150):
        shut, was = index % 6 == 0, (index - 2) % 6 == 0
        mesh = looked(*[0.0 if was else 0.3] * 2, frame_index=index - 2)
        known.follow(index, eyes(*[0.2 if shut else 0.4] * 2), mesh)
    assert known.lids[1] == pytest.approx([0.22, 0.22], abs=0.02)
