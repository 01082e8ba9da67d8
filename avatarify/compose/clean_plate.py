"""A picture's background without the person: continued edges near what is known, smooth further in, and grain."""

from __future__ import annotations

from typing import Any

import numpy as np

from avatarify.compose.fill import fill
from avatarify.frames import F32, U8

_WIDER = 0.008  # share of the picture's mean side beyond the matte that is painted over too: what it misses of hair
_HIDDEN = 5  # of 255: a background seen through more matte than this is not known
_SMALL = 192  # pixels of the long side at which edges are continued
_EDGES = 0.08, 0.2  # depth in mean sides down to which edges are continued, and at which all is smooth
_GRAIN_SIZE = 0.7  # pixels


def clean_plate(picture: U8, matte: U8) -> U8:
    """Paint the person over, plausibly.

    Args:
        picture: (H, W, 3) uint8 RGB.
        matte: (H, W) uint8, the person's share of each pixel.

    Returns:
        (H, W, 3) uint8 RGB; where the matte is 0, but for a narrow rim, the picture itself.
    """
    import cv2

    hidden = (matte > _HIDDEN).astype(np.uint8)
    reach = max(1, round(_WIDER * np.sqrt(hidden.size)))
    wider = cv2.dilate(hidden, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1)))
    if not wider.any() or wider.all():
        return picture.copy()
    known = np.asarray(wider == 0, np.float32)
    filled = fill(np.asarray(picture, np.float32), known)
    filled += _edges_share(wider)[..., None] * (_continued(picture, wider) - filled) + _grain(picture, known)
    share = np.maximum(cv2.GaussianBlur(1 - known, (0, 0), reach / 2) * (1 - known), hidden)[..., None]
    return np.asarray(np.clip(np.rint(picture + share * (filled - picture)), 0, 255), np.uint8)


def _edges_share(hidden: U8) -> F32:
    """Return (H, W): 1 near what is known, falling to 0 deep in what is hidden."""
    import cv2

    depth = cv2.distanceTransform(hidden, cv2.DIST_L2, 3) / np.float32(np.sqrt(hidden.size))
    share = np.clip((_EDGES[1] - depth) / (_EDGES[1] - _EDGES[0]), 0, 1)
    return np.asarray(share * share * (3 - 2 * share), np.float32)


def _continued(picture: U8, hidden: U8) -> F32:
    """Continue lines and edges into what is hidden, on a small copy; (H, W, 3)."""
    import cv2

    height, width = hidden.shape
    scale = min(1.0, _SMALL / max(height, width))
    size = max(2, round(width * scale)), max(2, round(height * scale))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    touched = cv2.resize(hidden * np.float32(1), size, interpolation=cv2.INTER_AREA) > 0
    painted = cv2.inpaint(small, touched.astype(np.uint8), 3, cv2.INPAINT_NS)
    return np.asarray(cv2.resize(painted, (width, height), interpolation=cv2.INTER_CUBIC), np.float32)


def _grain(picture: U8, known: F32) -> Any:
    """Noise (H, W, 1) of the strength that the known part's finest structure has."""
    import cv2

    noise = np.random.default_rng(0).standard_normal(known.shape).astype(np.float32)
    noise = cv2.GaussianBlur(noise, (0, 0), _GRAIN_SIZE)
    found = _fine(np.asarray(picture, np.float32))[known > 0]
    strength = 1.48 * float(np.median(np.abs(found))) if found.size else 0.0  # a median is blind to edges
    return (noise * strength / _fine(noise).std())[..., None]


def _fine(image: F32) -> F32:
    import cv2

    return np.asarray(image - cv2.GaussianBlur(image, (0, 0), 2 * _GRAIN_SIZE), np.float32)
