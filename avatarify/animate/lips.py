"""Lips part as far as the user's, whatever the portrait's mouth and the neutral frame looked like.

Eq. 14 adds the user's movement to the portrait's own shape: a portrait that smiles with teeth would never close its
mouth, and a user whose neutral frame was caught while speaking would press the portrait's lips through each other. So
the opening between the lips is transferred as it is, only scaled; all else stays relative. Only for key points in the
built-in model's layout of 81.
"""

from __future__ import annotations

import numpy as np

from avatarify.frames import F32, Keypoints

LAYOUT_COUNT = 81
# Upper and lower points of the opening, side by side.
_UPPER_INNER, _LOWER_INNER = (61, 62, 63), (67, 66, 65)
# Detected lips part by 0.86 of what they do in the mean over real clips, and the chin follows less still.
_UNDERRATED, _CHIN_TOO = 0.15, 0.2
# How far each point follows when the mouth is opened by 1; the lower jaw does most of it.
_LOWER_SHARE = 0.8
_UPPER = {49: 0.6, 50: 1.0, 51: 1.0, 52: 1.0, 53: 0.6, 61: 1.0, 62: 1.0, 63: 1.0}
_LOWER = {55: 0.6, 56: 1.0, 57: 1.0, 58: 1.0, 59: 0.6, 65: 1.0, 66: 1.0, 67: 1.0}
_JAW = {5: 0.3, 6: 0.6, 7: 0.8, 8: 0.85, 9: 0.8, 10: 0.6, 11: 0.3}


def opening(points: F32) -> F32:
    """(2,) mean vector from the upper to the lower inner lip."""
    return np.asarray((points[list(_LOWER_INNER)] - points[list(_UPPER_INNER)]).mean(0), np.float32)


def transfer_lips(source: Keypoints, neutral: Keypoints, moved: Keypoints, scale: float) -> Keypoints:
    """Give transferred key points the user's own opening of the mouth.

    Args:
        source: The portrait's key points.
        neutral: The user's neutral key points.
        moved: ``motion.relative`` of them and of the frame now.
        scale: As given to ``motion.relative``.
    """
    points = moved.points.copy()
    _open(points, scale * opening(neutral.points) - opening(source.points))
    parted = opening(points)
    _move(points, _JAW, _CHIN_TOO * _LOWER_SHARE * parted)
    _open(points, _UNDERRATED * parted)
    down = points[8] - points[27]
    down /= max(float(np.linalg.norm(down)), 1e-6)
    crossed = float(opening(points) @ down)
    if crossed < 0:
        _open(points, -crossed * down)
    return Keypoints(points, moved.jacobians)


def _open(points: F32, by: F32) -> None:
    """Part the lips by a (2,) vector, in place; the jaw goes along."""
    _move(points, _UPPER, (_LOWER_SHARE - 1) * by)
    for shares in (_LOWER, _JAW):
        _move(points, shares, _LOWER_SHARE * by)


def _move(points: F32, shares: dict[int, float], by: F32) -> None:
    points[list(shares)] += np.array(list(shares.values()), np.float32)[:, None] * by
