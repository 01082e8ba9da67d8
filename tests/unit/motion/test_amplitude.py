"""Brows, mouth corners, and turns at full amplitude, against displacements that are known."""

import numpy as np
import pytest
from numpy.typing import NDArray

from avatarify.frames import F32, Keypoints
from avatarify.motion.amplitude import BROWS_GAIN, CORNERS_GAIN, HEAD_GAIN, OTHER, SAME, enlarge, turn_further, unlike
from avatarify.motion.layout import NOSE_BASE, NOT_HEAD, RIGID

UNIT = np.tile(np.eye(2, dtype=np.float32), (81, 1, 1))


def rotation(degrees: float) -> F32:
    turn = np.radians(degrees)
    return np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]], np.float32)


@pytest.fixture
def source() -> Keypoints:
    return Keypoints(np.random.default_rng(3).uniform(-0.5, 0.5, (81, 2)).astype(np.float32), UNIT)


def seen(source: Keypoints, turn: F32, shift: tuple[float, float], expression: NDArray[np.float64]) -> Keypoints:
    """The head turned and shifted, with an expression (81, 2) in the head's own axes."""
    points = (source.points + expression) @ turn.T + np.array(shift)
    return Keypoints(points.astype(np.float32), (turn @ UNIT).astype(np.float32))


def test_a_head_without_expression_is_not_changed(source: Keypoints) -> None:
    turn = rotation(20)
    moved = seen(source, turn, (0.1, -0.2), np.zeros((81, 2)))
    assert np.allclose(enlarge(source, moved, turn, 1.0).points, moved.points, atol=1e-6)


def test_brows_and_corners_are_enlarged_in_the_axes_of_the_head(source: Keypoints) -> None:
    expression = np.zeros((81, 2))
    expression[19], expression[48], expression[57] = (0, -0.05), (-0.04, -0.02), (0, 0.1)
    turn = rotation(-15)
    result = enlarge(source, seen(source, turn, (0.1, 0.1), expression), turn, 1.0).points
    wanted = expression.copy()
    wanted[19] *= 1 + BROWS_GAIN
    wanted[48] *= 1 + CORNERS_GAIN
    assert np.allclose(result, seen(source, turn, (0.1, 0.1), wanted).points, atol=1e-6)


def test_a_shift_is_not_a_turn(source: Keypoints) -> None:
    moved = seen(source, rotation(0), (0.3, -0.1), np.zeros((81, 2)))
    result = turn_further(source, moved, 1.0)
    assert np.allclose(result.points, moved.points, atol=1e-6)
    assert np.array_equal(result.jacobians, UNIT)


def test_a_small_turn_goes_further_around_the_middle_of_the_head(source: Keypoints) -> None:
    result = turn_further(source, seen(source, rotation(2), (0.1, 0.0), np.zeros((81, 2))), 1.0)
    further = rotation(2 * (1 + HEAD_GAIN))
    middle = source.points[list(RIGID)].mean(0)
    wanted = (source.points - middle) @ further.T + middle @ rotation(2).T + np.array([0.1, 0.0])
    assert np.allclose(result.points, wanted, atol=1e-4)
    assert np.allclose(result.jacobians, further, atol=1e-4)
    assert NOSE_BASE in RIGID


def test_the_same_face_elsewhere_and_larger_is_not_unlike(source: Keypoints) -> None:
    larger = Keypoints(source.points * np.float32(1.7) + np.float32(0.2), UNIT)
    assert unlike(source, larger) == pytest.approx(0, abs=1e-3)
    assert enlarge(source, larger, 1.7 * UNIT[0], 0.0).points == pytest.approx(larger.points)


@pytest.mark.parametrize("distance", [0.03, 0.05, 0.2])
def test_how_unlike_is_the_distance_of_normalized_shapes(source: Keypoints, distance: float) -> None:
    head = [k for k in range(81) if k not in NOT_HEAD]
    noise = np.random.default_rng(4).normal(0, distance / 4, (81, 2))
    other = Keypoints((source.points + noise).astype(np.float32), UNIT)
    shapes = [
        one.points[head].astype(np.float64) - one.points[head].astype(np.float64).mean(0) for one in (source, other)
    ]
    a, b = (shape / np.linalg.norm(shape) * len(head) ** 0.5 for shape in shapes)
    wanted = np.clip((np.linalg.norm(a - b) / len(head) ** 0.5 - SAME) / (OTHER - SAME), 0, 1)
    assert unlike(source, other) == pytest.approx(wanted, abs=1e-3)
