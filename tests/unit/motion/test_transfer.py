"""The transfer of motion is one code for numpy and torch: both must give the same numbers."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

from avatarify.frames import F32, Keypoints
from avatarify.motion.arrays import inverse_of
from avatarify.motion.layout import COUNT, EYES
from avatarify.motion.one_euro import KEYPOINT_FILTER, Past, steadied
from avatarify.motion.transfer import transfer

LIDS = np.array([[0.3, 0.4], [0.1, 0.05]], np.float32)


def keypoints(rng: np.random.Generator, count: int) -> Keypoints:
    points = rng.uniform(-0.6, 0.6, (count, 2))
    jacobians = np.eye(2) + rng.normal(0, 0.2, (count, 2, 2))
    return Keypoints(points.astype(np.float32), jacobians.astype(np.float32))


def shut(keypoints: Keypoints) -> Keypoints:
    """Close both eyes."""
    points = keypoints.points.copy()
    for _, _, upper, lower in EYES:
        points[list(upper)] = points[list(lower)]
    return Keypoints(points, keypoints.jacobians)


def tensors(keypoints: Keypoints) -> Any:
    """Return the same key points as torch tensors; the formulas take both."""
    arrays: dict[str, Any] = {"points": keypoints.points, "jacobians": keypoints.jacobians}
    return replace(keypoints, **{name: tensor(array) for name, array in arrays.items()})


def tensor(array: F32) -> Any:
    return torch.from_numpy(array)


@pytest.mark.parametrize("count", [10, COUNT])
@pytest.mark.parametrize("close", [lambda k: k, lambda k: shut(k) if len(k.points) == COUNT else k])
def test_torch_agrees_with_numpy(count: int, close: Callable[..., Any]) -> None:
    rng = np.random.default_rng(count)
    for _ in range(20):
        source, neutral, driving = (keypoints(rng, count) for _ in range(3))
        driving = close(driving)
        found = transfer(source, neutral, driving, np.float32(1.3), LIDS)
        same: Any = transfer(tensors(source), tensors(neutral), tensors(driving), torch.tensor(1.3), tensor(LIDS))
        size = np.abs(found.points).max()
        assert np.abs(found.points - same.points.numpy()).max() < 1e-5 * max(1, size)
        assert np.abs(found.jacobians - same.jacobians.numpy()).max() < 1e-4
        assert found.points.dtype == np.float32


def test_inputs_are_not_modified() -> None:
    rng = np.random.default_rng(1)
    source, neutral, driving = (keypoints(rng, COUNT) for _ in range(3))
    for one in (source, neutral, driving):
        one.points.flags.writeable = one.jacobians.flags.writeable = False
    transfer(source, neutral, driving, np.float32(1.0), LIDS)


def test_the_filter_is_the_same_in_torch() -> None:
    rng = np.random.default_rng(2)
    past, found = keypoints(rng, 10), keypoints(rng, 10)
    speed = rng.normal(0, 0.1, (10, 2)).astype(np.float32)
    for known in (1.0, 0.0):
        mine = steadied(Past(past, past.points, speed), found, np.float32(0.04), known, KEYPOINT_FILTER)
        same = steadied(
            Past(tensors(past), *(tensor(array) for array in (past.points, speed))),
            tensors(found),
            torch.tensor(0.04),
            torch.tensor(known),
            KEYPOINT_FILTER,
        )
        assert np.allclose(mine.steadied.points, same.steadied.points, atol=1e-6)
        assert np.allclose(mine.speed, same.speed, atol=1e-5)
        assert known or np.allclose(mine.steadied.jacobians, found.jacobians, atol=1e-6)


def test_inverse_in_closed_form() -> None:
    matrices = np.random.default_rng(3).normal(0, 1, (50, 2, 2)).astype(np.float32)
    assert np.allclose(inverse_of(matrices) @ matrices, np.eye(2), atol=1e-3)
