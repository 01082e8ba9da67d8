"""A picture's background without the person: edges continued near the outline, smooth farther in, with grain."""

from __future__ import annotations

from typing import Any

import numpy as np

from avatarify.compose.fill import fill
from avatarify.frames import F32, U8
from avatarify.motion.arrays import smoothstep

# Lengths are in fractions of the geometric mean of the picture's sides, unless they are in pixels.
_MARGIN = 0.008  # painted over around the matte too, because mattes miss some hair
_HIDDEN = 5  # of 255: where the matte is larger, the background is not known
_SMALL = 192  # pixels, long side of the copy in which edges are continued
_EDGES = 0.08, 0.2  # depth up to which edges are continued, and from which on all is smooth
_GRAIN_SIZE = 0.7  # pixels, standard deviation


def clean_plate(picture: U8, matte: U8) -> U8:
    """Replace the person by plausible background.

    Args:
        picture: (H, W, 3) uint8 RGB.
        matte: (H, W) uint8, the fraction of each pixel that belongs to the person.

    Returns:
        (H, W, 3) uint8 RGB; where the matte is 0, except for a narrow margin, the picture itself.
    """
    import cv2

    hidden = (matte > _HIDDEN).astype(np.uint8)
    reach = max(1, round(_MARGIN * np.sqrt(hidden.size)))
    wider = cv2.dilate(hidden, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1)))
    if not wider.any() or wider.all():
        return picture.copy()
    known = np.asarray(wider == 0, np.float32)
    filled = fill(np.asarray(picture, np.float32), known)
    filled += _edge_weight(wider)[..., None] * (_continued(picture, wider) - filled) + _grain(picture, known)
    # Fade in over the margin, so that no seam shows; what is hidden is replaced completely.
    weight = np.maximum(cv2.GaussianBlur(1 - known, (0, 0), reach / 2) * (1 - known), hidden)[..., None]
    return np.asarray(np.clip(np.rint(picture + weight * (filled - picture)), 0, 255), np.uint8)


def _edge_weight(hidden: U8) -> F32:
    """Return (H, W) float32: 1 near the known background, falling to 0 deep inside the hidden part.

    Args:
        hidden: (H, W) uint8, 1 where the background is not known, else 0.
    """
    import cv2

    depth = cv2.distanceTransform(hidden, cv2.DIST_L2, 3) / np.float32(np.sqrt(hidden.size))
    return smoothstep(np.asarray(depth, np.float32), _EDGES[1], _EDGES[0])


def _continued(picture: U8, hidden: U8) -> F32:
    """Continue lines and edges into the hidden part, on a small copy; (H, W, 3) float32."""
    import cv2

    height, width = hidden.shape
    scale = min(1.0, _SMALL / max(height, width))
    size = max(2, round(width * scale)), max(2, round(height * scale))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    touched = cv2.resize(hidden * np.float32(1), size, interpolation=cv2.INTER_AREA) > 0
    painted = cv2.inpaint(small, touched.astype(np.uint8), 3, cv2.INPAINT_NS)
    return np.asarray(cv2.resize(painted, (width, height), interpolation=cv2.INTER_CUBIC), np.float32)


def _grain(picture: U8, known: F32) -> Any:
    """Return noise (H, W, 1) as strong as the finest structure of the known part: a smooth fill would look painted."""
    import cv2

    noise = np.random.default_rng(0).standard_normal(known.shape).astype(np.float32)
    noise = cv2.GaussianBlur(noise, (0, 0), _GRAIN_SIZE)
    detail = _detail(np.asarray(picture, np.float32))[known > 0]
    # 1.48 times the median absolute deviation estimates the standard deviation and, unlike it, ignores edges.
    strength = 1.48 * float(np.median(np.abs(detail))) if detail.size else 0.0
    return (noise * strength / _detail(noise).std())[..., None]


def _detail(image: F32) -> F32:
    """Return the finest structure of (H, W) or (H, W, 3): the image minus its blur."""
    import cv2

    return np.asarray(image - cv2.GaussianBlur(image, (0, 0), 2 * _GRAIN_SIZE), np.float32)
