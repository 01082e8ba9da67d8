"""Fills unknown values from the known ones around them, smoothly and at any distance: push-pull on a pyramid.

Source: Gortler et al., The Lumigraph, SIGGRAPH 1996, section 3.4.
"""

from __future__ import annotations

import numpy as np

from avatarify.frames import F32

_SMALLEST = 3  # cells along the top level of the pyramid
_SATURATION = 3.0  # a coarse cell of which a third is known counts as known
_EPSILON = 1e-6


def fill(values: F32, weights: F32) -> F32:
    """Return values everywhere: known values unchanged, unknown values from the nearest known ones.

    Args:
        values: (H, W, C) float32.
        weights: (H, W) float32 in [0, 1]: how well each value is known; a value of weight 0 is ignored.

    Returns:
        (H, W, C) float32; zeros if nothing is known.
    """
    import cv2

    height, width = weights.shape
    if min(height, width) <= _SMALLEST:
        total = np.maximum(weights.sum(), _EPSILON)
        mean = (values * weights[..., None]).sum((0, 1)) / total
        return np.asarray(weights[..., None] * (values - mean) + mean, np.float32)
    # Push: average the known values on a level of half the size, and fill that first.
    channels = values.shape[2]
    weight = _repeated(weights, channels)
    known = cv2.pyrDown(weights)
    coarse = cv2.pyrDown(cv2.multiply(_contiguous(values), weight)).reshape(*known.shape, channels)
    mean = cv2.divide(coarse, _repeated(cv2.max(known, _EPSILON), channels)).reshape(coarse.shape)
    coarse = fill(mean, cv2.min(cv2.multiply(known, _SATURATION), 1.0))
    # Pull: enlarge the filled level and use it where this one is not known.
    around = cv2.pyrUp(_contiguous(coarse), dstsize=(width, height)).reshape(values.shape)
    return np.asarray(around + weight * (values - around), np.float32)


def _repeated(plane: F32, channels: int) -> F32:
    """Return (H, W) as (H, W, channels): NumPy broadcasts over a short last axis many times more slowly."""
    import cv2

    return np.asarray(cv2.merge([plane] * channels), np.float32).reshape(*plane.shape, channels)


def _contiguous(values: F32) -> F32:
    """Return (H, W, C) float32 as OpenCV needs it."""
    return np.ascontiguousarray(values, np.float32)
