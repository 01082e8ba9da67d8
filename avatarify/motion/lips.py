"""Transfer of the mouth: lips part as far as the user's, whatever the portrait and the neutral frame look like.

Eq. 14 adds the user's movement to the portrait's own shape: a portrait that smiles with teeth would never close its
mouth, and a user whose neutral frame was caught while speaking would press the portrait's lips through each other. So
the opening between the lips is transferred as it is, only scaled; everything else stays relative. Only for the built-in
model's 81 key points; numpy arrays or torch tensors (see ``arrays``).
"""

from __future__ import annotations

from typing import Any

from avatarify.frames import F32, Keypoints
from avatarify.motion.arrays import Number, column, dot, length, like
from avatarify.motion.layout import BRIDGE, CHIN, COUNT, LOWER_INNER_LIP, UPPER_INNER_LIP

# Detected lips part by 0.86 of the true opening, on average over real clips; the chin is underestimated even more.
_LIPS_GAIN, _CHIN_GAIN = 0.15, 0.2
_LIPS_MORE, _CHIN_MORE = 0.07, 0.3  # on another face (see ``amplitude``), where jaws open less for the same distance
# How far each point follows when the mouth is opened by 1; the lower jaw does most of it.
_LOWER_PART = 0.8
_UPPER = {49: 0.6, 50: 1.0, 51: 1.0, 52: 1.0, 53: 0.6, 61: 1.0, 62: 1.0, 63: 1.0}
_LOWER = {55: 0.6, 56: 1.0, 57: 1.0, 58: 1.0, 59: 0.6, 65: 1.0, 66: 1.0, 67: 1.0}
_JAW = {5: 0.3, 6: 0.6, 7: 0.8, 8: 0.85, 9: 0.8, 10: 0.6, 11: 0.3}
_JAW_WEIGHTS = column(_JAW, COUNT)
_WEIGHTS = (_LOWER_PART - 1) * column(_UPPER, COUNT) + _LOWER_PART * column({**_LOWER, **_JAW}, COUNT)


def opening(points: F32) -> F32:
    """Return (2,), the mean vector from the upper to the lower inner lip, for (81, 2) points in crop coordinates."""
    parted: F32 = (points[list(LOWER_INNER_LIP)] - points[list(UPPER_INNER_LIP)]).mean(0)
    return parted


def transfer_lips(
    source: Keypoints, neutral: Keypoints, moved: Keypoints, scale: Number, other: Number = 0.0
) -> Keypoints:
    """Give transferred key points the user's own opening of the mouth.

    Args:
        source: The portrait's key points.
        neutral: The user's neutral key points.
        moved: ``first_order.moved`` of them and of the current frame.
        scale: As given to ``first_order.moved``.
        other: From ``amplitude.unlike``.
    """
    points = _opened(moved.points, scale * opening(neutral.points) - opening(source.points))
    # What detection misses counts from the portrait's own opening, so that its own face changes nothing.
    missed = opening(points) - opening(source.points)
    points = points + like(_JAW_WEIGHTS, points) * ((_CHIN_GAIN + _CHIN_MORE * other) * _LOWER_PART * missed)
    points = _opened(points, (_LIPS_GAIN + _LIPS_MORE * other) * missed)
    # Lips that now cross are opened until they touch.
    down = points[CHIN] - points[BRIDGE]
    down = down / length(down).clip(1e-6)
    crossed: Any = (-dot(opening(points), down)).clip(0)
    return Keypoints(_opened(points, crossed * down), moved.jacobians)


def _opened(points: F32, by: F32) -> F32:
    """Part the lips of (81, 2) points by a (2,) vector; the jaw follows."""
    parted: F32 = points + like(_WEIGHTS, points) * by
    return parted
