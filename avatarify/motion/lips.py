"""Lips part as far as the user's, whatever the portrait's mouth and the neutral frame looked like.

Eq. 14 adds the user's movement to the portrait's own shape: a portrait that smiles with teeth would never close its
mouth, and a user whose neutral frame was caught while speaking would press the portrait's lips through each other. So
the opening between the lips is transferred as it is, only scaled; all else stays relative. Only for key points in the
built-in model's layout of 81. Of numpy's arrays or torch's (see ``arrays``).
"""

from __future__ import annotations

from typing import Any

from avatarify.frames import F32, Keypoints
from avatarify.motion.arrays import Number, columns, dot, length, like
from avatarify.motion.lids import LAYOUT_COUNT

# Upper and lower points of the opening, side by side.
_UPPER_INNER, _LOWER_INNER = (61, 62, 63), (67, 66, 65)
# Detected lips part by 0.86 of what they do in the mean over real clips, and the chin follows less still.
_UNDERRATED, _CHIN_TOO = 0.15, 0.2
# How far each point follows when the mouth is opened by 1; the lower jaw does most of it.
_LOWER_SHARE = 0.8
_UPPER = {49: 0.6, 50: 1.0, 51: 1.0, 52: 1.0, 53: 0.6, 61: 1.0, 62: 1.0, 63: 1.0}
_LOWER = {55: 0.6, 56: 1.0, 57: 1.0, 58: 1.0, 59: 0.6, 65: 1.0, 66: 1.0, 67: 1.0}
_JAW = {5: 0.3, 6: 0.6, 7: 0.8, 8: 0.85, 9: 0.8, 10: 0.6, 11: 0.3}
_JAW_SHARES = columns(_JAW, LAYOUT_COUNT)
_SHARES = (_LOWER_SHARE - 1) * columns(_UPPER, LAYOUT_COUNT) + _LOWER_SHARE * columns({**_LOWER, **_JAW}, LAYOUT_COUNT)


def opening(points: F32) -> F32:
    """(2,) mean vector from the upper to the lower inner lip."""
    parted: F32 = (points[list(_LOWER_INNER)] - points[list(_UPPER_INNER)]).mean(0)
    return parted


def transfer_lips(source: Keypoints, neutral: Keypoints, moved: Keypoints, scale: Number) -> Keypoints:
    """Give transferred key points the user's own opening of the mouth.

    Args:
        source: The portrait's key points.
        neutral: The user's neutral key points.
        moved: ``motion.relative`` of them and of the frame now.
        scale: As given to ``motion.relative``.
    """
    points = _opened(moved.points, scale * opening(neutral.points) - opening(source.points))
    parted = opening(points)
    points = points + like(_JAW_SHARES, points) * (_CHIN_TOO * _LOWER_SHARE * parted)
    points = _opened(points, _UNDERRATED * parted)
    down = points[8] - points[27]
    down = down / length(down).clip(1e-6)
    crossed: Any = (-dot(opening(points), down)).clip(0)
    return Keypoints(_opened(points, crossed * down), moved.jacobians)


def _opened(points: F32, by: F32) -> F32:
    """Part the lips by a (2,) vector; the jaw goes along."""
    parted: F32 = points + like(_SHARES, points) * by
    return parted
