"""Eyes: lids close fully whatever the eyes' sizes, and pupils look where the user looks.

The lids' openness is transferred as a ratio, not as a distance.

Eq. 14 moves the portrait's lids by as many pixels as the user's. Large painted eyes would stay half open, small ones
would cross. Only for key points in the built-in model's layout of 81.
"""

from __future__ import annotations

import numpy as np

from avatarify.frames import F32, Keypoints

LAYOUT_COUNT = 81
BRIDGE = 27
# (left corner, right corner, upper lid, lower lid) of both eyes, in the 68-point layout.
EYES = ((36, 39, (37, 38), (41, 40)), (42, 45, (43, 44), (47, 46)))
WIDEST = 1.5
PUPILS = (79, 80)
_FURTHEST_LOOK = 0.28  # of the eye's width, from where the portrait looks
_SEEN = 0.12  # openness from which on a pupil is seen well
_SHUT_BELOW = 0.2  # of the neutral openness: blinks are quick, and frames seldom catch the eye fully shut
_SMALLEST = 0.06  # of the eye's width: below it an eye counts as shut, and ratios mean nothing


def openness(points: F32, eye: int) -> float:
    """Distance of the lids of eye 0 or 1, in widths of the eye; negative when they cross."""
    left, right, upper, lower = EYES[eye]
    along = points[right] - points[left]
    down = np.array([-along[1], along[0]])
    gap = points[list(lower)].mean(0) - points[list(upper)].mean(0)
    return float(gap @ down / max(float(along @ along), 1e-9))


def transfer_lids(source: Keypoints, neutral: Keypoints, driving: Keypoints, moved: Keypoints) -> Keypoints:
    """Replace the eyes of transferred key points so that each is as far closed as the user's.

    Corners move with the head around the nose's bridge: where a lid is shut, a detector tells them badly.

    Args:
        source: The portrait's key points.
        neutral: The user's neutral key points.
        driving: The user's key points now.
        moved: ``motion.relative`` of the three.
    """
    points = moved.points.copy()
    head = driving.jacobians[BRIDGE] @ np.linalg.inv(neutral.jacobians[BRIDGE])
    for number, (left, right, upper, lower) in enumerate(EYES):
        wanted = _wanted(*(openness(k.points, number) for k in (source, neutral, driving)))
        half = head @ (source.points[right] - source.points[left]) / 2
        middle = (points[left] + points[right]) / 2
        points[left], points[right] = middle - half, middle + half
        frame_s, frame = _frame(source.points, left, right), _frame(points, left, right)
        lids = (source.points[[*upper, *lower]] - source.points[left]) @ np.linalg.inv(frame_s).T
        shut = lids[2:, 1].mean()  # the upper lid comes down to the lower one
        lids[:, 1] = shut + (lids[:, 1] - shut) * wanted / max(openness(source.points, number), _SMALLEST)
        points[[*upper, *lower]] = lids @ frame.T + points[left]
        pupil = np.linalg.inv(frame_s) @ (source.points[PUPILS[number]] - source.points[left])
        points[PUPILS[number]] = frame @ (pupil + _look(neutral.points, driving.points, number)) + points[left]
    return Keypoints(np.asarray(points, np.float32), moved.jacobians)


def _look(neutral: F32, driving: F32, eye: int) -> F32:
    """(2,) how the gaze has moved since the neutral frame, in widths of the eye; a shut eye looks nowhere."""
    left, right, _, _ = EYES[eye]

    def pupil(points: F32) -> F32:
        return np.asarray(np.linalg.inv(_frame(points, left, right)) @ (points[PUPILS[eye]] - points[left]))

    seen = [min(max(openness(points, eye) / _SEEN - 0.5, 0.0), 1.0) for points in (neutral, driving)]
    moved = (pupil(driving) - pupil(neutral)) * min(seen)
    length = float(np.linalg.norm(moved))
    return np.asarray(moved * min(1.0, _FURTHEST_LOOK / max(length, 1e-6)), np.float32)


def _wanted(source: float, neutral: float, driving: float) -> float:
    """Openness to show; where the user's neutral eye is shut a ratio means nothing, and distance is what is left."""
    ratio = min(max(driving / max(neutral, _SMALLEST), 0.0), WIDEST)
    if ratio < 1:
        ratio = max(0.0, (ratio - _SHUT_BELOW) / (1 - _SHUT_BELOW))
    by_ratio = source * ratio
    by_distance = max(0.0, source + driving - neutral)
    share = min(max((neutral - _SMALLEST) / _SMALLEST, 0.0), 1.0)
    return share * by_ratio + (1 - share) * by_distance


def _frame(points: F32, left: int, right: int) -> F32:
    """(2, 2) whose columns are the eye's axis and the one across it, downwards."""
    along = points[right] - points[left]
    return np.array([[along[0], -along[1]], [along[1], along[0]]], np.float32)
