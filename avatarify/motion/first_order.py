"""Relative motion transfer: the paper's Eq. 13-14, on key points with Jacobians. Pure functions.

Everything is in crop coordinates, (x, y), -1 and 1 at the edges. ``jacobians[k]`` is d/dp T_{X<-R} at key point k, so
the motion from a driving to a source image near point k is ``T_{S<-D}(z) = p_S + J_S J_D^-1 (z - p_D)`` (Eq. 4-6).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from avatarify.errors import MotionError
from avatarify.frames import F32, Keypoints
from avatarify.motion.arrays import Number, determinant, inverse_of, length, like

MIN_DETERMINANT = 1e-6
MIN_HULL_AREA = 1e-5
MAX_STRETCH = 4.0  # of a local map; a face that turns from the front to the side changes its width less
_QUARTER_TURN = np.array([[0, 1], [-1, 0]], np.float32)
_TINY = 1e-9


def inverse(matrices: F32) -> F32:
    """Invert (..., 2, 2) float32 matrices in closed form.

    Raises:
        MotionError: A determinant is nearly zero or not a number.
    """
    if not np.all(np.abs(determinant(matrices)) > MIN_DETERMINANT):  # false for NaN too
        raise MotionError("A key point's Jacobian cannot be inverted.", "Look at the camera and recalibrate.")
    return np.asarray(inverse_of(matrices), np.float32)


def hull_area(points: F32) -> float:
    """Return the area of the convex hull of (K, 2) points.

    Raises:
        MotionError: There are fewer than three points, all are on one line, or one is not finite.
    """
    import cv2

    area = 0.0
    if np.isfinite(points).all() and len(points) >= 3:
        area = float(cv2.contourArea(cv2.convexHull(np.ascontiguousarray(points, np.float32))))
    if area < MIN_HULL_AREA:
        raise MotionError("The key points enclose no area.", "Look at the camera and recalibrate.")
    return area


def movement_scale(source: Keypoints, neutral: Keypoints) -> float:
    """Return the size of the portrait's face over the user's: the ratio of the square roots of their hulls' areas.

    Raises:
        MotionError: A hull has no area.
    """
    return float(np.sqrt(hull_area(source.points) / hull_area(neutral.points)))


def relative(source: Keypoints, neutral: Keypoints, driving: Keypoints, scale: float = 1.0) -> Keypoints:
    """Move the portrait from its own pose as the user moved from the neutral one (Eq. 13-14).

    ``point = point_S1 + scale (point_Dt - point_D1)``, ``jacobian = J_Dt J_D1^-1 J_S1``.

    Args:
        source: Key points of the portrait, S1.
        neutral: Key points of the user's neutral frame, D1.
        driving: Key points of the current frame, Dt.
        scale: Size of the portrait's face over the user's (see ``movement_scale``).

    Raises:
        MotionError: A Jacobian cannot be inverted, or a number is not finite.
    """
    inverse(neutral.jacobians)  # raises if there is none
    return checked(_float32(moved(source, neutral, driving, scale)))


def moved(source: Keypoints, neutral: Keypoints, driving: Keypoints, scale: Number) -> Keypoints:
    """Apply Eq. 13-14 like ``relative``, to numpy arrays or torch tensors, without checks."""
    points = source.points + scale * (driving.points - neutral.points)
    jacobians: Any = driving.jacobians @ inverse_of(neutral.jacobians) @ source.jacobians
    return Keypoints(points, jacobians)


def local_motion(neutral: Keypoints, driving: Keypoints) -> F32:
    """Return ``J_Dt J_D1^-1`` of Eq. 14, stretched and compressed by ``MAX_STRETCH`` at most; (K, 2, 2).

    The inverse of a nearly singular Jacobian, such as those of a face from the side, would tear the portrait apart.
    """
    return limited(driving.jacobians @ inverse_of(neutral.jacobians), MAX_STRETCH)


def limited(matrices: F32, most: float) -> F32:
    """Clip the singular values of (..., 2, 2) to 1/``most`` … ``most``; reflections are removed. Numpy or torch.

    A matrix is the sum of a turn and a reflection, each with a factor; its singular values are the factors' sum and
    difference, the latter negative where the matrix reflects.
    """
    quarter = like(_QUARTER_TURN, matrices)
    cofactors = quarter @ matrices @ quarter.T
    turn, reflection = (matrices + cofactors) / 2, (matrices - cofactors) / 2
    by, against = length(turn[..., 0, :]), length(reflection[..., 0, :])
    large, small = (by + against).clip(1 / most, most), (by - against).clip(1 / most, most)
    by, against = (large + small) / 2 / by.clip(_TINY), (large - small) / 2 / against.clip(_TINY)
    clipped: F32 = by[..., None, None] * turn + against[..., None, None] * reflection
    return clipped


def stronger(neutral: Keypoints, driving: Keypoints, strength: Number) -> Keypoints:
    """Return key points ``strength`` times as far from the neutral ones as ``driving``; numpy arrays or torch tensors.

    With a strength of 0 or 1 this selects ``neutral`` or ``driving``.
    """
    points = neutral.points + strength * (driving.points - neutral.points)
    jacobians = neutral.jacobians + strength * (driving.jacobians - neutral.jacobians)
    return Keypoints(points, jacobians)


def absolute(driving: Keypoints) -> Keypoints:
    """Return the user's own pose and shape.

    Raises:
        MotionError: A Jacobian cannot be inverted, or a number is not finite.
    """
    return checked(driving)


def checked(keypoints: Keypoints) -> Keypoints:
    """Return the same key points if they are safe to animate with.

    Raises:
        MotionError: A number is not finite, or a Jacobian cannot be inverted.
    """
    if not (np.isfinite(keypoints.points).all() and np.isfinite(keypoints.jacobians).all()):
        raise MotionError("The key points are not numbers.", "Recalibrate, or try another model.")
    inverse(keypoints.jacobians)
    return keypoints


def _float32(keypoints: Keypoints) -> Keypoints:
    return Keypoints(np.asarray(keypoints.points, np.float32), np.asarray(keypoints.jacobians, np.float32))
