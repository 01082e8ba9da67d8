"""Lids are moved by ratio: fully closed stays fully closed for eyes of any size."""

import numpy as np
import pytest

from avatarify.frames import Keypoints
from avatarify.motion import first_order
from avatarify.motion.layout import EYES, PUPILS
from avatarify.motion.lids import eye_range, openness, transfer_lids


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


def shown(portrait: Keypoints, neutral: Keypoints, driving: Keypoints, moved: Keypoints) -> Keypoints:
    return transfer_lids(portrait, neutral, driving, moved, eye_range(neutral.points))


@pytest.mark.parametrize(("now", "wanted"), [(0.3, 0.5), (0.15, 0.1875), (0.06, 0.0), (0.0, 0.0), (0.9, 0.75)])
@pytest.mark.parametrize("size", [0.15, 0.3])
def test_openness_follows_the_ratio(now: float, wanted: float, size: float) -> None:
    portrait, neutral, driving = face(0.5, size), face(0.3), face(now, shift=(0.05, 0.02))
    moved = shown(portrait, neutral, driving, first_order.relative(portrait, neutral, driving))
    for eye in (0, 1):
        assert openness(moved.points, eye) == pytest.approx(wanted, abs=1e-3)


@pytest.mark.parametrize("now", [0.0, 0.05, 0.4])
def test_a_portrait_with_shut_eyes_keeps_them(now: float) -> None:
    portrait, neutral, driving = face(0.05), face(0.4), face(now)
    moved = shown(portrait, neutral, driving, first_order.relative(portrait, neutral, driving))
    for eye in (0, 1):
        assert openness(moved.points, eye) == pytest.approx(0.05, abs=1e-3)


def test_eyes_that_are_slightly_open_still_shut() -> None:
    portrait, neutral, driving = face(0.09), face(0.4), face(0.0)
    moved = shown(portrait, neutral, driving, first_order.relative(portrait, neutral, driving))
    assert openness(moved.points, 0) == pytest.approx(0.0, abs=1e-3)


def test_one_eye_winks_alone() -> None:
    portrait, neutral, driving = face(0.5), face(0.4), face(0.4)
    wink = driving.points.copy()
    wink[list(EYES[0][2])] = wink[list(EYES[0][3])]
    moved = first_order.relative(portrait, neutral, Keypoints(wink, driving.jacobians))
    moved = shown(portrait, neutral, Keypoints(wink, driving.jacobians), moved)
    assert openness(moved.points, 0) == pytest.approx(0.0, abs=1e-3)
    assert openness(moved.points, 1) == pytest.approx(0.5, abs=1e-3)


def test_other_points_are_not_changed() -> None:
    portrait, neutral, driving = face(0.5, seed=1), face(0.3, seed=2), face(0.1, seed=3)
    moved = first_order.relative(portrait, neutral, driving)
    eyes = [k for left, right, upper, lower in EYES for k in (left, right, *upper, *lower)] + [79, 80]
    others = np.setdiff1d(np.arange(81), eyes)
    assert np.array_equal(shown(portrait, neutral, driving, moved).points[others], moved.points[others])


def test_corners_turn_with_the_head_even_when_a_shut_eye_is_detected_badly() -> None:
    portrait, neutral, driving = face(0.5), face(0.4), face(0.0)
    wrong = driving.points.copy()
    wrong[EYES[0][0]] += (0.02, 0.05)  # the detector slips along the shut lid
    wrong[EYES[0][1]] -= (0.02, 0.05)
    driving = Keypoints(wrong, driving.jacobians)
    moved = shown(portrait, neutral, driving, first_order.relative(portrait, neutral, driving))
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
        moved = shown(looking(base, 0), looking(base, 0), looking(base, by), base)
        assert gaze(moved, 0) == pytest.approx(wanted, abs=1e-4)
        assert gaze(moved, 1) == pytest.approx(wanted, abs=1e-4)


def test_a_shut_eye_does_not_move_the_gaze() -> None:
    base = face(0.3)
    moved = shown(looking(base, 0), looking(base, 0), looking(base, 0.2, shut=True), base)
    assert gaze(moved) == pytest.approx(0, abs=1e-4)


@pytest.mark.parametrize(
    ("left", "right", "wanted"),
    [(0.05, 0.12, (0.0, 0.0)), (0.05, 0.4, (0.0, 0.5)), (0.16, 0.16, (0.125, 0.125)), (0.1, 0.24, (0.03125, 0.17708))],
    ids=["nearly shut", "wink", "lowered", "half a wink"],
)
def test_eyes_that_are_nearly_shut_shut_together(left: float, right: float, wanted: tuple[float, float]) -> None:
    """The user's eyes are open at 0.4 and count as shut at 0.08: both are shut where the wider one is below 0.176."""
    portrait, neutral = face(0.5), face(0.4)
    points = face(left).points.copy()
    points[list(EYES[1][2] + EYES[1][3])] = face(right).points[list(EYES[1][2] + EYES[1][3])]
    moved = shown(portrait, neutral, Keypoints(points, portrait.jacobians), portrait)
    assert [openness(moved.points, eye) for eye in (0, 1)] == pytest.approx(list(wanted), abs=1e-3)


def test_the_range_says_what_is_open_and_what_is_shut() -> None:
    lids = np.array([[0.3, 0.3], [0.2, 0.2]], np.float32)
    for now, wanted in ((0.3, 0.5), (0.2, 0.0), (0.25, 0.25)):
        moved = transfer_lids(face(0.5), face(0.3), face(now), face(0.5), lids)
        assert openness(moved.points, 0) == pytest.approx(wanted, abs=1e-3)
