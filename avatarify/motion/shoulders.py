"""Shoulders follow the head a little: no crop that shows the face closely tells what they do.

Only for key points in the built-in model's layout of 81. Of numpy's arrays or torch's (see ``arrays``).
"""

from __future__ import annotations

from avatarify.frames import Keypoints
from avatarify.motion.arrays import columns, like
from avatarify.motion.lids import LAYOUT_COUNT

_STEADY = (0, 16, 27, 28, 30, 33, 36, 45)  # what expressions hardly move
_SHARES = {74: 0.5, 75: 0.3, 76: 0.3}  # neck, shoulders
_FOLLOWS = columns(_SHARES, LAYOUT_COUNT)
_TORSO = columns(dict.fromkeys(_SHARES, 1.0), LAYOUT_COUNT)


def follow_head(source: Keypoints, moved: Keypoints) -> Keypoints:
    """Return the transferred key points with neck and shoulders placed by the head's movement.

    Args:
        source: The portrait's key points.
        moved: ``motion.relative`` of it.
    """
    steady, torso = list(_STEADY), like(_TORSO, moved.points)
    shift = (moved.points[steady] - source.points[steady]).mean(0)
    placed = source.points + like(_FOLLOWS, moved.points) * shift
    points = moved.points + torso * (placed - moved.points)
    jacobians = moved.jacobians + torso[..., None] * (source.jacobians - moved.jacobians)
    return Keypoints(points, jacobians)
