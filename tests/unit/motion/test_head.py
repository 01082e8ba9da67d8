"""The head as one piece."""

import numpy as np
import pytest
from numpy.typing import NDArray

from avatarify.frames import Keypoints
from avatarify.motion.head import head_motion


def keypoints(points: NDArray[np.float64]) -> Keypoints:
    return Keypoints(points.astype(np.float32), np.tile(np.eye(2, dtype=np.float32), (len(points), 1, 1)))


def cloud(count: int, seed: int = 0) -> NDArray[np.float64]:
    return np.random.default_rng(seed).uniform(-0.5, 0.5, (count, 2))


@pytest.mark.parametrize("count", [10, 81])
def test_an_affine_motion_is_found(count: int) -> None:
    linear, shift = np.array([[0.9, 0.3], [-0.2, 1.1]]), np.array([0.1, -0.2])
    source = cloud(count)
    found = head_motion(keypoints(source), keypoints(source @ linear.T + shift))
    back = np.linalg.inv(linear)
    np.testing.assert_allclose(found, np.column_stack([back, -back @ shift]), atol=4e-3)


def test_no_motion_gives_the_identity() -> None:
    source = keypoints(cloud(81))
    np.testing.assert_allclose(head_motion(source, source), [[1, 0, 0], [0, 1, 0]], atol=1e-6)


def test_mouth_jaw_lids_and_shoulders_do_not_move_the_head() -> None:
    source = cloud(81)
    moved = source.copy()
    for part in (slice(48, 68), slice(6, 11), [37, 38, 40, 41], slice(74, 81)):
        moved[part] += (0.3, 0.4)
    np.testing.assert_allclose(head_motion(keypoints(source), keypoints(moved)), [[1, 0, 0], [0, 1, 0]], atol=1e-6)


def test_points_on_a_line_give_no_shear() -> None:
    source, shift = np.stack([np.linspace(-0.4, 0.4, 10), np.zeros(10)], axis=-1), np.array([0.1, 0])
    found = head_motion(keypoints(source), keypoints(source + shift))
    np.testing.assert_allclose(found[:, :2], np.eye(2), atol=1e-3)
    assert np.isfinite(found).all()
