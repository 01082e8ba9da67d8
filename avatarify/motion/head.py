"""The rigid motion of the head, estimated from key points."""

from __future__ import annotations

import functools

import numpy as np

from avatarify.frames import F32, Keypoints
from avatarify.motion.layout import COUNT, NOT_HEAD

_RIDGE = 1e-3  # keeps nearly collinear points from giving a sheared map


def head_motion(source: Keypoints, driving: Keypoints) -> F32:
    """Fit the affine map from places in the image to draw to places in the portrait, by least squares.

    Args:
        source: The portrait's key points.
        driving: The key points of the image to draw.

    Returns:
        (2, 3) float32, crop coordinates: ``portrait = m[:, :2] @ place + m[:, 2]``.
    """
    chosen = list(_head_points(len(source.points)))
    to, at = source.points[chosen], driving.points[chosen]
    middle_to, middle_at = to.mean(0), at.mean(0)
    at = at - middle_at
    spread = at.T @ at + _RIDGE * np.eye(2)
    linear = ((to - middle_to).T @ at + _RIDGE * np.eye(2)) @ np.linalg.inv(spread)
    return np.asarray(np.column_stack([linear, middle_to - linear @ middle_at]), np.float32)


@functools.cache
def _head_points(count: int) -> tuple[int, ...]:
    """All points of a model whose key points have no names; of the 81 those that move with the skull."""
    return tuple(k for k in range(count) if count != COUNT or k not in NOT_HEAD)
