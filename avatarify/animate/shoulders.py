"""Shoulders follow the head a little: no crop that shows the face closely tells what they do.

Only for key points in the built-in model's layout of 81.
"""

from __future__ import annotations

import numpy as np

from avatarify.frames import Keypoints

_STEADY = (0, 16, 27, 28, 30, 33, 36, 45)  # what expressions hardly move
_SHARES = {74: 0.5, 75: 0.3, 76: 0.3}  # neck, shoulders


def follow_head(source: Keypoints, moved: Keypoints) -> Keypoints:
    """Return the transferred key points with neck and shoulders placed by the head's movement.

    Args:
        source: The portrait's key points.
        moved: ``motion.relative`` of it.
    """
    points, jacobians = moved.points.copy(), moved.jacobians.copy()
    shift = (moved.points[list(_STEADY)] - source.points[list(_STEADY)]).mean(0)
    torso = list(_SHARES)
    points[torso] = source.points[torso] + np.array(list(_SHARES.values()), np.float32)[:, None] * shift
    jacobians[torso] = source.jacobians[torso]
    return Keypoints(points, jacobians)
