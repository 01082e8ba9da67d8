"""Fills what is unknown from what is known around it, smoothly, at any distance: push-pull on a pyramid."""

from __future__ import annotations

import numpy as np

from avatarify.frames import F32

_SMALLEST = 3  # cells of a pyramid's top
_TRUST = 3.0  # a cell whose known share reaches a third needs nothing from further away
_TINY = 1e-6


def fill(values: F32, weights: F32) -> F32:
    """Return values everywhere: known ones as they are, in between and beyond what is known nearby.

    Args:
        values: (H, W, C) float32.
        weights: (H, W) float32 in [0, 1]: how well each is known; where 0, the value does not count.

    Returns:
        (H, W, C) float32; zeros if nothing is known at all.
    """
    import cv2

    height, width = weights.shape
    if min(height, width) <= _SMALLEST:
        total = np.maximum(weights.sum(), _TINY)
        mean = (values * weights[..., None]).sum((0, 1)) / total
        return np.asarray(weights[..., None] * (values - mean) + mean, np.float32)
    known = cv2.pyrDown(weights)
    coarse = cv2.pyrDown(_channels(values * weights[..., None])).reshape(*known.shape, -1)
    coarse = fill(coarse / np.maximum(known, _TINY)[..., None], np.minimum(known * _TRUST, 1))
    around = cv2.pyrUp(_channels(coarse), dstsize=(width, height)).reshape(values.shape)
    return np.asarray(around + weights[..., None] * (values - around), np.float32)


def _channels(values: F32) -> F32:
    return np.ascontiguousarray(values, np.float32)
