"""Relative motion transfer: the paper's Eq. 13-14, on key points with Jacobians. Pure functions.

Convention: everything is in crop coordinates, (x, y), -1 and 1 at the edges. ``jacobians[k]`` is d/dp T_{X<-R} at key
point k, so the motion from a driving to a source picture near point k is
``T_{S<-D}(z) = p_S + J_S J_D^-1 (z - p_D)`` (Eq. 4-6).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from avatarify.errors import MotionError
from avatarify.frames import F32, Keypoints
from avatarify.motion.arrays import Number, determinant, inverse_of

MIN_DETERMINANT = 1e-6
MIN_HULL_AREA = 1e-5


def inverse(matrices: F32) -> F32:
    """Invert (..., 2, 2) matrices in closed form.

    Raises:
        MotionError: a determinant is (nearly) zero or not a number.
    """
    if not np.all(np.abs(determinant(matrices)) > MIN_DETERMINANT):  # false for NaN too
        raise MotionError("A key point's Jacobian cannot be inverted.", "Look at the camera and recalibrate.")
    return np.asarray(inverse_of(matrices), np.float32)


def hull_area(points: F32) -> float:
    """Area of the convex hull of (K, 2) points (monotone chain, shoelace formula).

    Raises:
        MotionError: fewer than three points, all on one line, or NaN.
    """
    area = 0.0
    if np.isfinite(points).all() and len(points) >= 3:
        corners = _hull(points[np.lexsort((points[:, 1], points[:, 0]))].astype(np.float64))
        x, y = corners[:, 0], corners[:, 1]
        area = float(abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2)
    if area < MIN_HULL_AREA:
        raise MotionError("The key points enclose no area.", "Look at the camera and recalibrate.")
    return area


def _hull(
    ordered: np.ndarray[tuple[int, int], np.dtype[np.float64]],
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    def chain(points: np.ndarray[tuple[int, int], np.dtype[np.float64]]) -> list[tuple[float, float]]:
        corners: list[tuple[float, float]] = []
        for x, y in points.tolist():
            while len(corners) > 1 and _turn(corners[-2], corners[-1], (x, y)) <= 0:
                corners.pop()
            corners.append((x, y))
        return corners[:-1]

    return np.array(chain(ordered) + chain(ordered[::-1])).reshape(-1, 2)


def _turn(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def movement_scale(source: Keypoints, neutral: Keypoints) -> float:
    """Ratio of the portrait's size to the user's: of the square roots of their key points' hull areas.

    Raises:
        MotionError: a hull has no area.
    """
    return float(np.sqrt(hull_area(source.points) / hull_area(neutral.points)))


def relative(source: Keypoints, neutral: Keypoints, driving: Keypoints, scale: float = 1.0) -> Keypoints:
    """Move the portrait from its own pose as the user moved from the neutral one (Eq. 13-14).

    ``point = point_S1 + scale (point_Dt - point_D1)``, ``jacobian = J_Dt J_D1^-1 J_S1``.

    Args:
        source: Key points of the portrait, S1.
        neutral: Key points of the user's neutral frame, D1.
        driving: Key points of the frame now, Dt.
        scale: Size of the portrait's face against the user's (see ``movement_scale``).

    Raises:
        MotionError: a Jacobian cannot be inverted, or a number is not finite.
    """
    inverse(neutral.jacobians)  # refused, if it has none
    return checked(_single(moved(source, neutral, driving, scale)))


def moved(source: Keypoints, neutral: Keypoints, driving: Keypoints, scale: Number) -> Keypoints:
    """Eq. 13-14 as ``relative``, of numpy's arrays or torch's, without a look at the numbers."""
    points = source.points + scale * (driving.points - neutral.points)
    jacobians: Any = driving.jacobians @ inverse_of(neutral.jacobians) @ source.jacobians
    return Keypoints(points, jacobians)


def stronger(neutral: Keypoints, driving: Keypoints, strength: Number) -> Keypoints:
    """Return driving key points that are ``strength`` times as far from the neutral ones; numpy's or torch's."""
    points = neutral.points + strength * (driving.points - neutral.points)
    jacobians = neutral.jacobians + strength * (driving.jacobians - neutral.jacobians)
    return Keypoints(points, jacobians)


def absolute(driving: Keypoints) -> Keypoints:
    """Take the user's pose and shape as they are.

    Raises:
        MotionError: a Jacobian cannot be inverted, or a number is not finite.
    """
    return checked(driving)


def checked(keypoints: Keypoints) -> Keypoints:
    """Return key points that are safe to animate with.

    Raises:
        MotionError: a number is not finite, or a Jacobian cannot be inverted.
    """
    if not (np.isfinite(keypoints.points).all() and np.isfinite(keypoints.jacobians).all()):
        raise MotionError("The key points are not numbers.", "Recalibrate, or try another model.")
    inverse(keypoints.jacobians)
    return keypoints


def _single(keypoints: Keypoints) -> Keypoints:
    return Keypoints(np.asarray(keypoints.points, np.float32), np.asarray(keypoints.jacobians, np.float32))
