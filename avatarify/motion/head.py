"""The motion of the head as one piece, from key points."""

from __future__ import annotations

import functools

import numpy as np

from avatarify.frames import F32, Keypoints
from avatarify.motion.lids import LAYOUT_COUNT

# Of the 81 named points: those of neck and shoulders, pupils, mouth, jaw's middle and lids tell little of the head.
_NOT_HEAD = (*range(6, 11), 37, 38, 40, 41, 43, 44, 46, 47, *range(48, 68), 71, *range(74, 81))
_FIRM = 1e-3  # keeps a nearly flat set of points from shearing


def head_motion(source: Keypoints, driving: Keypoints) -> F32:
    """Fit the affine map from places in the picture to be made to places in the portrait, by least squares.

    Args:
        source: The portrait's key points.
        driving: Those of the picture to be made.

    Returns:
        (2, 3), crop coordinates: ``portrait = m[:, :2] @ place + m[:, 2]``.
    """
    chosen = list(_head_points(len(source.points)))
    to, at = source.points[chosen], driving.points[chosen]
    middle_to, middle_at = to.mean(0), at.mean(0)
    at = at - middle_at
    spread = at.T @ at + _FIRM * np.eye(2)
    linear = ((to - middle_to).T @ at + _FIRM * np.eye(2)) @ np.linalg.inv(spread)
    return np.asarray(np.column_stack([linear, middle_to - linear @ middle_at]), np.float32)


@functools.cache
def _head_points(count: int) -> tuple[int, ...]:
    return tuple(k for k in range(count) if count != LAYOUT_COUNT or k not in _NOT_HEAD)
