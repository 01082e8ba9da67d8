"""Relative motion against composed affine maps in float64, and its invariants."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from avatarify.errors import MotionError
from avatarify.frames import Keypoints
from avatarify.motion import first_order


def affine(rng: np.random.Generator, scale: float = 0.3) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """A random invertible map (linear, shift) near the identity, float64."""
    return np.eye(2) + scale * rng.standard_normal((2, 2)), rng.standard_normal(2) * 0.2


def compose(
    outer: tuple[NDArray[np.float64], NDArray[np.float64]], inner: tuple[NDArray[np.float64], NDArray[np.float64]]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return outer[0] @ inner[0], outer[0] @ inner[1] + outer[1]


def invert(map_: tuple[NDArray[np.float64], NDArray[np.float64]]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    linear = np.linalg.inv(map_[0]).astype(np.float64)
    return linear, -linear @ map_[1]


def at(map_: tuple[NDArray[np.float64], NDArray[np.float64]], points: NDArray[np.float64]) -> NDArray[np.float64]:
    return points @ map_[0].T + map_[1]


def keypoints(map_: tuple[NDArray[np.float64], NDArray[np.float64]], reference: NDArray[np.float64]) -> Keypoints:
    """Key points of a picture whose map from R is affine: Eq. 4 is exact then."""
    jacobians = np.broadcast_to(map_[0], (len(reference), 2, 2))
    return Keypoints(at(map_, reference).astype(np.float32), jacobians.astype(np.float32))


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(7)


def sparse_motion(source: Keypoints, driving: Keypoints, z: NDArray[np.float64]) -> NDArray[np.float64]:
    """T_{S<-D}(z) near each key point, from the definition (Eq. 4)."""
    linear = source.jacobians.astype(np.float64) @ np.linalg.inv(driving.jacobians.astype(np.float64))
    moved: NDArray[np.float64] = source.points + np.einsum("kij,kj->ki", linear, z - driving.points)
    return moved


def test_eq_4_is_the_composed_map_when_maps_are_affine(rng: np.random.Generator) -> None:
    reference = rng.uniform(-1, 1, (10, 2))
    to_source, to_driving = affine(rng), affine(rng)
    z = rng.uniform(-1, 1, (10, 2))
    wanted = at(compose(to_source, invert(to_driving)), z)
    found = sparse_motion(keypoints(to_source, reference), keypoints(to_driving, reference), z)
    assert np.allclose(found, wanted, atol=1e-5)


def test_relative_jacobian_is_the_composition_of_the_linear_parts(rng: np.random.Generator) -> None:
    """J_St = J_Dt J_D1^-1 J_S1, so that T_{S1<-St} has the linear part J_D1 J_Dt^-1 (Eq. 14)."""
    reference = rng.uniform(-1, 1, (10, 2))
    maps = [affine(rng) for _ in range(3)]
    source, neutral, driving = (keypoints(map_, reference) for map_ in maps)
    moved = first_order.relative(source, neutral, driving)
    back = source.jacobians.astype(np.float64) @ np.linalg.inv(moved.jacobians.astype(np.float64))
    similar = maps[1][0] @ np.linalg.inv(maps[2][0])
    # J_S1 J_St^-1 = J_D1 J_Dt^-1 exactly as Eq. 14 says, whatever the portrait's own Jacobians are.
    assert np.allclose(back, np.broadcast_to(similar, back.shape), atol=2e-4)


def test_relative_points_move_by_the_users_displacement(rng: np.random.Generator) -> None:
    source, neutral, driving = (keypoints(affine(rng), rng.uniform(-1, 1, (10, 2))) for _ in range(3))
    moved = first_order.relative(source, neutral, driving, scale=1.5)
    assert np.allclose(moved.points - source.points, 1.5 * (driving.points - neutral.points), atol=1e-6)


def test_the_neutral_frame_returns_the_portraits_key_points(rng: np.random.Generator) -> None:
    source, user = (keypoints(affine(rng), rng.uniform(-1, 1, (10, 2))) for _ in range(2))
    moved = first_order.relative(source, user, user)
    assert np.allclose(moved.points, source.points, atol=1e-6)
    assert np.allclose(moved.jacobians, source.jacobians, atol=1e-5)


def test_translating_the_user_translates_the_portrait(rng: np.random.Generator) -> None:
    source, neutral = (keypoints(affine(rng), rng.uniform(-1, 1, (10, 2))) for _ in range(2))
    shift = np.array([0.1, -0.05], np.float32)
    moved = first_order.relative(source, neutral, Keypoints(neutral.points + shift, neutral.jacobians))
    assert np.allclose(moved.points, source.points + shift, atol=1e-6)
    assert np.allclose(moved.jacobians, source.jacobians, atol=1e-5)


def test_the_same_person_takes_the_driving_pose(rng: np.random.Generator) -> None:
    reference = rng.uniform(-1, 1, (10, 2))
    first, later = (keypoints(affine(rng), reference) for _ in range(2))
    moved = first_order.relative(first, first, later)
    assert np.allclose(moved.points, later.points, atol=1e-6)
    assert np.allclose(moved.jacobians, later.jacobians, atol=1e-4)


@pytest.mark.parametrize("count", [3, 10, 81])
def test_hull_area_against_the_sum_of_fan_triangles(rng: np.random.Generator, count: int) -> None:
    """For points on a circle the hull is the polygon itself; inner points change nothing."""
    angles = np.sort(rng.uniform(0, 2 * np.pi, count))
    ring = np.stack([np.cos(angles), np.sin(angles)], 1)
    fan = sum(
        0.5 * abs(np.linalg.det(np.stack([ring[i] - ring[0], ring[i + 1] - ring[0]]))) for i in range(1, count - 1)
    )
    inner = ring.mean(0) + 0.01 * (ring - ring.mean(0))
    assert first_order.hull_area(ring.astype(np.float32)) == pytest.approx(fan, rel=1e-4)
    assert first_order.hull_area(np.concatenate([inner, ring]).astype(np.float32)) == pytest.approx(fan, rel=1e-4)


def test_scale_is_the_ratio_of_sizes(rng: np.random.Generator) -> None:
    points = rng.uniform(-0.5, 0.5, (10, 2)).astype(np.float32)
    eye = np.broadcast_to(np.eye(2, dtype=np.float32), (10, 2, 2))
    assert first_order.movement_scale(Keypoints(points * 1.7, eye), Keypoints(points, eye)) == pytest.approx(
        1.7, rel=1e-4
    )


def test_closed_form_inverse(rng: np.random.Generator) -> None:
    matrices = (np.eye(2) + 0.3 * rng.standard_normal((50, 2, 2))).astype(np.float32)
    assert np.allclose(first_order.inverse(matrices), np.linalg.inv(matrices.astype(np.float64)), rtol=1e-3, atol=1e-3)


@pytest.mark.parametrize("bad", [np.zeros((2, 2)), np.full((2, 2), np.nan), np.array([[1, 2], [2, 4]])])
def test_a_degenerate_jacobian_is_refused(rng: np.random.Generator, bad: NDArray[Any]) -> None:
    good = keypoints(affine(rng), rng.uniform(-1, 1, (10, 2)))
    jacobians = good.jacobians.copy()
    jacobians[3] = bad
    broken = Keypoints(good.points, jacobians)
    with pytest.raises(MotionError):
        first_order.relative(good, broken, good)
    with pytest.raises(MotionError):
        first_order.absolute(broken)


@pytest.mark.parametrize(
    "points", [np.zeros((10, 2)), np.full((10, 2), np.nan), np.linspace(0, 1, 10)[:, None] * [1, 2]]
)
def test_a_hull_without_area_is_refused(points: NDArray[np.float64]) -> None:
    with pytest.raises(MotionError):
        first_order.hull_area(points.astype(np.float32))


def test_points_that_are_not_finite_are_refused(rng: np.random.Generator) -> None:
    good = keypoints(affine(rng), rng.uniform(-1, 1, (10, 2)))
    with pytest.raises(MotionError):
        first_order.relative(good, good, Keypoints(good.points * np.nan, good.jacobians))


def test_singular_values_are_clipped_and_directions_stay(rng: np.random.Generator) -> None:
    """Against the singular value decomposition."""
    matrices = rng.normal(0, 3, (500, 2, 2)).astype(np.float32)
    left, values, right = np.linalg.svd(matrices.astype(np.float64))
    values[:, 1] *= np.linalg.det(left) * np.linalg.det(right)  # negative where a matrix reflects
    left[:, :, 1] *= np.linalg.det(left)[:, None]
    right[:, 1] *= np.linalg.det(right)[:, None]
    wanted = left @ (np.clip(values, 0.25, 4.0)[:, :, None] * right)
    assert np.allclose(first_order.limited(matrices, 4.0), wanted, atol=1e-3)


def test_moderate_motion_is_not_limited(rng: np.random.Generator) -> None:
    matrices = (np.eye(2) + rng.uniform(-0.3, 0.3, (200, 2, 2))).astype(np.float32)
    assert np.allclose(first_order.limited(matrices, first_order.MAX_STRETCH), matrices, atol=1e-6)


def test_a_neutral_face_from_the_side_does_not_tear_the_portrait(rng: np.random.Generator) -> None:
    reference = rng.uniform(-1, 1, (10, 2))
    frontal, source = keypoints(affine(rng, 0.1), reference), keypoints(affine(rng, 0.1), reference)
    side = keypoints((np.diag([0.002, 1.0]), np.zeros(2)), reference)
    limited = first_order.local_motion(side, frontal)
    plain = frontal.jacobians.astype(np.float64) @ np.linalg.inv(side.jacobians.astype(np.float64))
    assert np.linalg.svd(plain, compute_uv=False).max() > 300
    moved = Keypoints(source.points, limited @ source.jacobians)
    local = source.jacobians.astype(np.float64) @ np.linalg.inv(moved.jacobians.astype(np.float64))
    values = np.linalg.svd(local, compute_uv=False)
    assert values.min() > 0.249
    assert values.max() < 4.01
