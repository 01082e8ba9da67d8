"""Extrapolates a motion linearly from where it is known."""

from __future__ import annotations

import numpy as np

from avatarify.compose.fields import places
from avatarify.compose.fill import fill
from avatarify.frames import F32

_AXES = (1, 0), (0, 1)
_STEEPEST = 0.4  # limit of the change of shift by distance: about that of a head turned by 25 degrees
_FARTHEST = 0.2  # limit of the distance over which a slope is extrapolated
_CORE = np.ones((3, 3), np.uint8)


def extrapolated(shift: F32, known: F32) -> F32:
    """Extrapolate shifts linearly from where they are known to everywhere: a turned head's hair turns with it.

    Filling gives, for each cell, the mean of the nearest known shifts and the mean of their places. The slope of the
    shifts, filled likewise, bridges the distance from that place to the cell.

    Args:
        shift: (2, c, c) float32, x and y in crop coordinates.
        known: (c, c) float32 in [0, 1], how far each shift counts.

    Returns:
        (2, c, c) float32.
    """
    import cv2

    here = places(*known.shape)
    x, y, mean_x, mean_y = cv2.split(fill(cv2.merge([*shift, *here]), known))
    # Sobel gives 8 times the difference per cell; n cells over a range of 2 make n / 16 of that a derivative by place.
    slopes = [cv2.Sobel(plane, cv2.CV_32F, *axis, scale=known.shape[0] / 16) for axis in _AXES for plane in shift]
    limited = np.clip(cv2.merge(slopes), -_STEEPEST, _STEEPEST)
    x_by_x, y_by_x, x_by_y, y_by_y = cv2.split(fill(limited, cv2.erode(known, _CORE)))
    way_x, way_y = (
        np.clip(place - mean, -_FARTHEST, _FARTHEST) for place, mean in zip(here, (mean_x, mean_y), strict=True)
    )
    return np.stack([x + x_by_x * way_x + x_by_y * way_y, y + y_by_x * way_x + y_by_y * way_y])
