"""Neck and shoulders follow the head a little: a crop that shows the face closely does not show how they move.

Only for the built-in model's 81 key points; numpy arrays or torch tensors (see ``arrays``).
"""

from __future__ import annotations

from avatarify.frames import Keypoints
from avatarify.motion.arrays import column, like
from avatarify.motion.layout import COUNT, NECK, RIGID, SHOULDERS, TORSO

_FOLLOW = column({NECK: 0.5, **dict.fromkeys(SHOULDERS, 0.3)}, COUNT)  # of the head's shift
_IS_TORSO = column(dict.fromkeys(TORSO, 1.0), COUNT)


def follow_head(source: Keypoints, moved: Keypoints) -> Keypoints:
    """Return the transferred key points with neck and shoulders placed by the head's shift.

    Args:
        source: The portrait's key points.
        moved: ``first_order.moved`` of it.
    """
    rigid, torso = list(RIGID), like(_IS_TORSO, moved.points)
    shift = (moved.points[rigid] - source.points[rigid]).mean(0)
    placed = source.points + like(_FOLLOW, moved.points) * shift
    points = moved.points + torso * (placed - moved.points)
    jacobians = moved.jacobians + torso[..., None] * (source.jacobians - moved.jacobians)
    return Keypoints(points, jacobians)
