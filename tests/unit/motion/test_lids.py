"""Lids are moved by ratio: fully closed stays fully closed for eyes of any size."""

import numpy as np
import pytest

from avatarify.frames import Keypoints
from avatarify.motion import first_order
from avatarify.motion.layout import EYES, PUPILS
from avatarify.motion.lids import openness, transfer_lids


def face(opening: float, size: float = 0.3, shift: tuple[float, float] = (0.0, 0.0), seed: int = 0) -> Keypoints:
    """81 points with both eyes ``size`` wide and ``opening`` of their width open; the rest anywhere."""
    points = np.random.default_rng(seed).uniform(-1, 1, (81, 2))
    for number, (left, right, upper, lower) in enumerate(EYES):
        x = -0.5 + number * 0.6
        points[left], points[right] = (x, -0.2), (x + size, -0.2)
        for share, up, low in zip((1 / 3, 2 / 3), upper, lower, strict=True):
            points[up] = (x + share * size, -0.2 - opening * size / 2)
            points[low] = (x + share * size, -0.2 + opening * size / 2)
    jacobians = np.broadcast_to(np.eye(2), (81, 2, 2))
    return Keypoints((points + np.array(shift)).astype(np.float32), jacobians.astype(np.float32))


@pytest.mark.parametrize(("now", "wanted"), [(0.3, 0.5), (0.15, 0.1875), (0.06, 0.0), (0.0, 0.0), (0.9, 0.75)])
@pytest.mark.parametrize("size", [0.15, 0.3])
def test_openness_follows_the_ratio(now: float, wanted: float, size: float) -> None:
    portrait, neutral, driving = face(0.5, size), face(0.3), face(now, shift=(0.05, 0.02))
    moved = transfer_lids(portrait, neutral, driving, first_order.relative(portrait, neutral, driving))
    for eye in (0, 1):
        assert openness(moved.points, eye) == pytest.approx(wanted, abs=1e-3)


def test_one_eye_winks_alone() -> None:
    portrait, neutral, driving = face(0.5), face(0.4), face(0.4)
    wink = driving.points.copy()
    wink[list(EYES[0][2])] = wink[list(EYES[0][3])]
    moved = first_order.relative(portrait, neutral, Keypoints(wink, driving.jacobians))
    moved = transfer_lids(portrait, neutral, Keypoints(wink, driving.jacobians), moved)
    assert openness(moved.points, 0) == pytest.approx(0.0, abs=1e-3)
    assert openness(moved.points, 1) == pytest.approx(0.5, abs=1e-3)


def test_other_points_are_not_changed() -> None:
    portrait, neutral, driving = face(0.5, seed=1), face(0.3, seed=2), face(0.1, seed=3)
    moved = first_order.relative(portrait, neutral, driving)
    eyes = [k for left, right, upper, lower in EYES for k in (left, right, *upper, *lower)] + [79, 80]
    others = np.setdiff1d(np.arange(81), eyes)
    assert np.array_equal(transfer_lids(portrait, neutral, driving, moved).points[others], moved.points[others])


def test_corners_turn_with_the_head_even_when_a_shut_eye_is_detected_badly() -> None:
    portrait, neutral, driving = face(0.5), face(0.4), face(0.0)
    wrong = driving.points.copy()
    wrong[EYES[0][0]] += (0.02, 0.05)  # the detector slips along the shut lid
    wrong[EYES[0][1]] -= (0.02, 0.05)
    driving = Keypoints(wrong, driving.jacobians)
    moved = transfer_lids(portrait, neutral, driving, first_order.relative(portrait, neutral, driving))
    left, right = EYES[0][:2]
    assert np.allclose(moved.points[right] - moved.points[left], (0.3, 0.0), atol=1e-5)


def looking(keypoints: Keypoints, by: float, shut: bool = False) -> Keypoints:
    """Pupils in the middle of the eyes, moved by a share of the eyes' width."""
    points = keypoints.points.copy()
    for pupil, (left, right, upper, lower) in zip(PUPILS, EYES, strict=True):
        along = points[right] - points[left]
        points[pupil] = (points[left] + points[right]) / 2 + by * along
        if shut:
            points[list(upper)] = points[list(lower)]
    return Keypoints(points, keypoints.jacobians)


def gaze(keypoints: Keypoints, eye: int = 0) -> float:
    left, right, _, _ = EYES[eye]
    along = keypoints.points[right] - keypoints.points[left]
    return float((keypoints.points[PUPILS[eye]] - keypoints.points[left]) @ along / (along @ along)) - 0.5


def test_gaze_follows_in_widths_of_the_eye_and_ends_at_the_corners() -> None:
    base = face(0.3)
    for by, wanted in ((0.1, 0.1), (-0.2, -0.2), (0.6, 0.28)):
        moved = transfer_lids(looking(base, 0), looking(base, 0), looking(base, by), base)
        assert gaze(moved, 0) == pytest.approx(wanted, abs=1e-4)
        assert gaze(moved, 1) == pytest.approx(wanted, abs=1e-4)


def test_a_shut_eye_does_not_move_the_gaze() -> None:
    base = face(0.3)
    moved = transfer_lids(looking(base, 0), looking(base, 0), looking(base, 0.2, shut=True), base)
    assert gaze(moved) == pytest.approx(0, abs=1e-4)
