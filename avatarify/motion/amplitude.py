"""Full amplitude on another face: what it loses of the user's motion is added again.

The same displacement shows less on a face of other proportions: over strangers' clips and portraits, turns, smiles, and
jaws reach two thirds of the driver's, on the driver's own face nearly all. So motion is enlarged by how unlike the two
faces are. Only for the built-in model's 81 key points; numpy arrays or torch tensors (see ``arrays``).
"""

from __future__ import annotations

from avatarify.frames import F32, Keypoints
from avatarify.motion.arrays import Number, column, dot, like
from avatarify.motion.layout import COUNT, NOSE_BASE, NOT_HEAD, RIGID

_CORNERS = {48: 1.0, 60: 1.0, 49: 0.6, 59: 0.6, 54: 1.0, 64: 1.0, 53: 0.6, 55: 0.6, 77: 0.4, 78: 0.4}
_BROWS = dict.fromkeys(range(17, 27), 1.0)
CORNERS_GAIN, BROWS_GAIN = 0.3, 0.5  # of the motion relative to the head
HEAD_GAIN = 0.1  # of the motion around the middle of the head
_MORE = CORNERS_GAIN * column(_CORNERS, COUNT) + BROWS_GAIN * column(_BROWS, COUNT)
_HEAD = [k for k in range(COUNT) if k not in NOT_HEAD]
SAME, OTHER = 0.02, 0.06  # RMS distance of the shapes, in their size: the same face in the same pose, and a stranger's
_TINY = 1e-9


def unlike(source: Keypoints, neutral: Keypoints) -> Number:
    """Return how much the shapes of two heads differ, whatever their places and sizes: 0 for the same face, up to 1.

    Args:
        source: The portrait's key points.
        neutral: The user's neutral key points.
    """
    apart = _shape(source.points) - _shape(neutral.points)
    distance = (dot(apart, apart).mean() + _TINY) ** 0.5
    return ((distance - SAME) / (OTHER - SAME)).clip(0, 1)


def enlarge(source: Keypoints, moved: Keypoints, head: F32, amount: Number) -> Keypoints:
    """Enlarge the motion of brows and mouth corners relative to the head.

    Args:
        source: The portrait's key points.
        moved: ``first_order.moved`` of it.
        head: (2, 2) linear part of the head's motion.
        amount: From ``unlike``.
    """
    rigid = (source.points - source.points[NOSE_BASE]) @ head.swapaxes(-1, -2) + moved.points[NOSE_BASE]
    more = amount * like(_MORE, moved.points)
    return Keypoints(moved.points + more * (moved.points - rigid), moved.jacobians)


def turn_further(source: Keypoints, moved: Keypoints, amount: Number) -> Keypoints:
    """Enlarge all motion around the middle of the head: its turns, not its shift.

    Args:
        source: The portrait's key points.
        moved: ``first_order.moved`` of it.
        amount: From ``unlike``.
    """
    shift = moved.points - source.points
    around = shift - shift[list(RIGID)].mean(0)
    jacobians = moved.jacobians + HEAD_GAIN * amount * (moved.jacobians - source.jacobians)
    return Keypoints(moved.points + HEAD_GAIN * amount * around, jacobians)


def _shape(points: F32) -> F32:
    """Return the points of the head around their middle, of RMS length 1."""
    head = points[_HEAD] - points[_HEAD].mean(0)
    shape: F32 = head / (dot(head, head).mean() + _TINY) ** 0.5
    return shape
