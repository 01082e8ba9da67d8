"""Full amplitude of brows and mouth corners: what another face loses of an expression is added again.

Detected brows and corners of the mouth move less than the real ones, and the same distance shows less on another face.
So their motion relative to the head is enlarged. Only for the built-in model's 81 key points; numpy arrays or torch
tensors (see ``arrays``).
"""

from __future__ import annotations

from avatarify.frames import F32, Keypoints
from avatarify.motion.arrays import column, like
from avatarify.motion.layout import COUNT, NOSE_BASE, RIGID

_CORNERS = {48: 1.0, 60: 1.0, 49: 0.6, 59: 0.6, 54: 1.0, 64: 1.0, 53: 0.6, 55: 0.6, 77: 0.4, 78: 0.4}
_BROWS = dict.fromkeys(range(17, 27), 1.0)
CORNERS_GAIN, BROWS_GAIN = 0.3, 0.5  # of the motion relative to the head
HEAD_GAIN = 0.1  # of the motion around the middle of the head
_MORE = CORNERS_GAIN * column(_CORNERS, COUNT) + BROWS_GAIN * column(_BROWS, COUNT)


def enlarge(source: Keypoints, moved: Keypoints, head: F32) -> Keypoints:
    """Enlarge the motion of brows and mouth corners relative to the head.

    Args:
        source: The portrait's key points.
        moved: ``first_order.moved`` of it.
        head: (2, 2) linear part of the head's motion.
    """
    rigid = (source.points - source.points[NOSE_BASE]) @ head.swapaxes(-1, -2) + moved.points[NOSE_BASE]
    return Keypoints(moved.points + like(_MORE, moved.points) * (moved.points - rigid), moved.jacobians)


def turn_further(source: Keypoints, moved: Keypoints) -> Keypoints:
    """Enlarge all motion around the middle of the head: its turns, not its shift.

    Args:
        source: The portrait's key points.
        moved: ``first_order.moved`` of it.
    """
    shift = moved.points - source.points
    around = shift - shift[list(RIGID)].mean(0)
    jacobians = moved.jacobians + HEAD_GAIN * (moved.jacobians - source.jacobians)
    return Keypoints(moved.points + HEAD_GAIN * around, jacobians)
