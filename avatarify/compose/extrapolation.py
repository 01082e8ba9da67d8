"""Extrapolates a motion linearly from where it is known."""

from __future__ import annotations

import numpy as np

from avatarify.compose.fields import identity
from avatarify.compose.fill import fill
from avatarify.frames import F32

_AXES = (1, 0), (0, 1)
_STEEPEST = 0.4  # limit of the change of shift by distance: about that of a head turned by 25 degrees
_FARTHEST = 0.2  # limit of the distance over which a slope is extrapolated


def extrapolated(shift: F32, known: F32) -> F32:
    """Extrapolate shifts linearly from where they are known to everywhere: a turned head's hair turns with it.

    Filling gives, for each cell, the mean of the nearest known shifts and the mean of their places. The slope of the
    shifts, filled likewise, bridges the distance from that place to the cell.

    Args:
        shift: (c, c, 2) float32 in crop coordinates.
        known: (c, c) float32 in [0, 1], how far each shift counts.

    Returns:
        (c, c, 2) float32.
    """
    import cv2

    places = identity(*known.shape)
    mean = fill(np.concatenate([shift, places], axis=2), known)
    # Sobel gives 8 times the difference per cell; n cells over a range of 2 make n / 16 of that a derivative by place.
    slope = np.concatenate([cv2.Sobel(shift, cv2.CV_32F, *axis, scale=known.shape[0] / 16) for axis in _AXES], axis=2)
    slope = fill(np.clip(slope, -_STEEPEST, _STEEPEST), cv2.erode(known, np.ones((3, 3), np.uint8)))
    way = np.clip(places - mean[..., 2:], -_FARTHEST, _FARTHEST)
    return np.asarray(mean[..., :2] + slope[..., :2] * way[..., :1] + slope[..., 2:] * way[..., 1:], np.float32)
