"""Strength by region: a turn of the head and an expression are kept apart, and each is scaled on its own."""

from typing import cast

import numpy as np
import pytest
import torch

from avatarify.frames import F32, Keypoints
from avatarify.motion.layout import CHIN, COUNT, EYES, NOSE_BASE, PUPILS
from avatarify.motion.lips import opening
from avatarify.motion.strength import _PLACES, WHOLE, by_region

UNIT = np.tile(np.eye(2, dtype=np.float32), (COUNT, 1, 1))
HEAD = np.array([_PLACES.get(point, (0.0, -0.8, 0.1)) for point in range(COUNT)])


def seen(degrees: float = 0.0, *, jaw: float = 0.0, look: float = 0.0) -> Keypoints:
    """A head in a crop, turned to the side, with an open mouth and a look aside."""
    places = HEAD.copy()
    places[[55, 56, 57, 58, 59, 65, 66, 67, 6, 7, 8, 9, 10], 1] += jaw
    places[list(PUPILS), 0] += look
    angle = np.radians(degrees)
    turned = places @ np.array([[np.cos(angle), 0, np.sin(angle)], [0, 1, 0], [-np.sin(angle), 0, np.cos(angle)]]).T
    jacobians = UNIT.copy()
    jacobians[:, 0, 0] = np.cos(angle)
    return Keypoints((0.7 * turned[:, :2]).astype(np.float32), jacobians)


def apart(a: Keypoints, b: Keypoints) -> float:
    return float(np.abs(a.points - b.points).max())


def test_factors_of_one_change_no_bit() -> None:
    driving = seen(12, jaw=0.1, look=0.02)
    same = by_region(seen(), driving, WHOLE)
    assert np.array_equal(same.points, driving.points)
    assert np.array_equal(same.jacobians, driving.jacobians)


def test_a_head_of_strength_0_stays_while_the_mouth_opens() -> None:
    still = by_region(seen(), seen(15, jaw=0.1), (0.0, 1.0, 1.0, 0.0))
    assert apart(still, seen(jaw=0.1)) < 0.004  # of 0.7, the height of the face; the turn shifts the nose by 0.05
    assert apart(seen(15), seen()) > 0.05
    assert np.allclose(still.jacobians, UNIT, atol=1e-6)


def test_half_a_turn_is_half_way() -> None:
    half = by_region(seen(), seen(15), (0.5, 1.0, 1.0, 0.0))
    whole = seen(15).points - seen().points
    assert np.allclose(half.points - seen().points, whole / 2, atol=0.002)


def test_a_mouth_of_strength_0_turns_with_the_head_and_nothing_else_changes() -> None:
    driving = seen(15, jaw=0.1)
    shut = by_region(seen(), driving, (1.0, 1.0, 0.0, 0.0))
    assert np.abs(opening(shut.points) - opening(seen(15).points)).max() < 0.004
    assert opening(driving.points)[1] > 0.06
    assert abs(shut.points[CHIN] - seen(15).points[CHIN]).max() < 0.004
    others = [*range(17, 48), *PUPILS, NOSE_BASE]
    assert np.array_equal(shut.points[others], driving.points[others])


@pytest.mark.parametrize("factor", [0.0, 0.5, 1.5])
def test_eyes_are_scaled_alone(factor: float) -> None:
    driving = seen(look=0.04)
    scaled = by_region(seen(), driving, (1.0, factor, 1.0, 0.0))
    moved = scaled.points[list(PUPILS)] - seen().points[list(PUPILS)]
    assert np.allclose(moved, [[0.7 * 0.04 * factor, 0]] * 2, atol=1e-5)
    rest = [point for point in range(COUNT) if point not in PUPILS]
    assert np.allclose(scaled.points[rest], driving.points[rest], atol=1e-5)


def gaze(points: F32) -> F32:
    """Return how far the pupils are from the middles of their eyes, (2, 2)."""
    middles = [(points[left] + points[right]) / 2 for left, right, _, _ in EYES]
    return np.asarray(points[list(PUPILS)] - np.array(middles), np.float32)


@pytest.mark.parametrize("degrees", [-20, 0, 20])
def test_a_gaze_on_the_camera_ignores_the_users_and_turns_back_as_the_head_turns(degrees: float) -> None:
    kept = by_region(seen(), seen(degrees, look=0.05), (1.0, 1.0, 1.0, 1.0))
    back = gaze(kept.points) - gaze(seen().points)
    nose = kept.points[30] - kept.points[27] - seen().points[30] + seen().points[27]
    assert np.allclose(back[:, 0], -0.7 * 0.105 * np.sign(nose[0]) * np.sin(np.radians(abs(degrees))), atol=0.004)
    assert np.abs(back[:, 1]).max() < 0.004


def test_key_points_without_names_stay() -> None:
    other = Keypoints(np.zeros((10, 2), np.float32), UNIT[:10])
    assert by_region(other, other, (0.0, 0.0, 0.0, 1.0)) is other


def tensors(keypoints: Keypoints) -> Keypoints:
    """The same as tensors, as ``graphs.frame`` gives them."""
    return Keypoints(cast(F32, torch.from_numpy(keypoints.points)), cast(F32, torch.from_numpy(keypoints.jacobians)))


def test_torch_computes_what_numpy_computes() -> None:
    neutral, driving, factors = seen(), seen(15, jaw=0.1, look=0.03), (0.4, 0.7, 1.3, 1.0)
    found = by_region(neutral, driving, factors)
    same = by_region(tensors(neutral), tensors(driving), torch.tensor(factors))
    assert np.allclose(found.points, same.points, atol=1e-5)
    assert np.allclose(found.jacobians, same.jacobians, atol=1e-5)
