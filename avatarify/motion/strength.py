"""The user's motion made weaker or stronger by region, and a gaze that stays on the camera.

A rotating head shifts each point by its place and depth: an affine function of where the point is on the head (weak
perspective). So the points that expressions hardly move say where the head takes every other point; what is left of
eyes and mouth is expression. Only for the built-in model's 81 key points; numpy arrays or torch tensors (see
``arrays``).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from avatarify.frames import F32, Keypoints
from avatarify.motion.arrays import Number, column, like, scatter_matrix
from avatarify.motion.first_order import local_motion
from avatarify.motion.layout import BRIDGE, CHIN_REGION, COUNT, EYES, LIDS, MIRROR_PAIRS, MOUTH, PUPILS

# Mean places on the heads of the bundled portraits, from MediaPipe's mesh: x, y, and depth in heights of the face
# (brows to chin) from its middle. The subject's right side and the middle; the left side mirrors it.
_RIGHT = {
    0: (-0.51, -0.39, 0.39),
    1: (-0.52, -0.17, 0.50),
    2: (-0.51, -0.05, 0.51),
    3: (-0.47, 0.18, 0.43),
    5: (-0.38, 0.34, 0.26),
    6: (-0.25, 0.44, 0.13),
    7: (-0.10, 0.49, 0.04),
    8: (0.00, 0.50, 0.02),
    17: (-0.46, -0.46, 0.19),
    18: (-0.38, -0.47, 0.03),
    19: (-0.31, -0.50, -0.02),
    20: (-0.22, -0.50, -0.07),
    21: (-0.11, -0.49, -0.09),
    27: (0.00, -0.38, -0.08),
    28: (0.00, -0.28, -0.16),
    29: (0.00, -0.18, -0.24),
    30: (0.00, -0.11, -0.27),
    31: (-0.10, -0.04, -0.10),
    32: (-0.06, -0.01, -0.12),
    33: (0.00, -0.01, -0.13),
    36: (-0.34, -0.34, 0.09),
    37: (-0.29, -0.38, 0.04),
    38: (-0.21, -0.38, 0.03),
    39: (-0.13, -0.33, 0.05),
    40: (-0.20, -0.32, 0.03),
    41: (-0.28, -0.32, 0.05),
    48: (-0.19, 0.15, 0.02),
    49: (-0.14, 0.12, -0.06),
    50: (-0.06, 0.09, -0.13),
    51: (0.00, 0.10, -0.13),
    57: (0.00, 0.24, -0.10),
    58: (-0.11, 0.22, -0.07),
    59: (-0.15, 0.19, -0.05),
    60: (-0.17, 0.15, 0.00),
    61: (-0.09, 0.15, -0.07),
    62: (0.00, 0.15, -0.09),
    66: (0.00, 0.16, -0.09),
    67: (-0.09, 0.15, -0.06),
    77: (-0.30, -0.04, -0.01),
    79: (-0.24, -0.35, 0.04),
}
_MIRRORED = {**dict(MIRROR_PAIRS), **{right: left for left, right in MIRROR_PAIRS}}
_LEFT = {_MIRRORED[point]: (-x, y, z) for point, (x, y, z) in _RIGHT.items() if point in _MIRRORED}
_PLACES = {**_RIGHT, **_LEFT}
_STEADY = (0, 1, 2, 3, 13, 14, 15, 16, 27, 28, 29, 30, 31, 33, 35, 36, 39, 42, 45)  # skull, nose, corners of the eyes
_EYES = (*range(17, 27), *LIDS, *PUPILS)  # with the brows
_MOUTH = (5, *CHIN_REGION, 11, *MOUTH, 77, 78)  # with lower jaw and cheeks
_IS_EYES, _IS_MOUTH = (column(dict.fromkeys(points, 1.0), COUNT) for points in (_EYES, _MOUTH))
_EYEBALL = 0.105  # radius, in heights of the face

WHOLE = (1.0, 1.0, 1.0, 0.0)  # changes nothing


def _fit() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return what turns the shifts of all points, (81, 2), into those that the head causes, and into shift by depth."""
    places = np.array([(*_PLACES.get(point, (0, 0, 0)), 1) for point in range(COUNT)])
    solve = np.linalg.pinv(places[list(_STEADY)])  # (4, N), least squares
    spread = np.eye(COUNT)
    regions = [*_EYES, *_MOUTH]
    spread[regions] = 0
    spread[np.ix_(regions, list(_STEADY))] = places[regions] @ solve
    by_depth = scatter_matrix(_STEADY, COUNT) @ solve[2]
    return spread.astype(np.float32), by_depth[None].astype(np.float32)


_BY_HEAD, _BY_DEPTH = _fit()


def by_region(neutral: Keypoints, driving: Keypoints, factors: Number) -> Keypoints:
    """Return the user's key points with the motion of head, eyes, and mouth made weaker or stronger.

    Args:
        neutral: The user's neutral key points.
        driving: The user's current key points.
        factors: Four numbers: of the motion of the head, of eyes with brows, and of the mouth with jaw and cheeks, the
            last two relative to the head; and 1 for a gaze that stays where it was in the neutral frame, else 0.

    Returns:
        ``driving`` itself for ``WHOLE``, and for a model whose key points have no names.
    """
    if len(driving.points) != COUNT:
        return driving
    head, eyes, mouth, fixed = factors[0], factors[1], factors[2], factors[3]
    is_eyes, is_mouth = like(_IS_EYES, driving.points), like(_IS_MOUTH, driving.points)
    more = (eyes - 1) * is_eyes + (mouth - 1) * is_mouth
    moved = driving.points - neutral.points
    rigid = like(_BY_HEAD, moved) @ moved
    points = driving.points + (head - 1) * rigid + more * (moved - rigid)
    featured = (is_eyes + is_mouth)[..., None]
    turned = local_motion(neutral, driving)[BRIDGE] @ neutral.jacobians
    by_head = driving.jacobians + featured * (turned - driving.jacobians) - neutral.jacobians
    jacobians = driving.jacobians + (head - 1) * by_head + more[..., None] * (driving.jacobians - turned)
    return Keypoints(points + fixed * (_on_camera(neutral.points, points) - points), jacobians)


def _on_camera(neutral: F32, points: F32) -> F32:
    """Return (81, 2) points whose pupils look where they looked in the neutral frame, however the head has turned.

    An eye turns back by the angle by which the head turns, so its pupil moves by the radius of the eyeball against the
    shift of what is closer to the camera.
    """
    back = _EYEBALL * (like(_BY_DEPTH, points) @ (points - neutral))
    kept = points
    for (left, right, _, _), pupil in zip(EYES, PUPILS, strict=True):
        middle, before = (points[left] + points[right]) / 2, (neutral[left] + neutral[right]) / 2
        place = middle + neutral[pupil] - before + back[0]
        kept = kept + like(column({pupil: 1.0}, COUNT), points) * (place - points[pupil])
    return kept
