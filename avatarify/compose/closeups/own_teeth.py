"""The teeth that a portrait shows itself."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from avatarify.compose.closeups.places import Mouth, smooth_lips
from avatarify.frames import F32, U8
from avatarify.motion.arrays import smoothstep

_OPEN = 0.05, 0.09  # opening, in widths of the mouth, from which on, and at which fully, they are used
_LEAST = 0.15  # of the opening that has to look like teeth
_PALER = 0.72  # saturation of teeth over that of the lips, at most
_LIGHTER = 1.08  # brightness of teeth over that of the lips, at least


def own_teeth(picture: U8, points: F32) -> tuple[U8, F32 | None]:
    """Find the teeth that a portrait shows.

    Args:
        picture: (H, W, 3) uint8 RGB.
        points: (81, 2) key points, pixels.

    Returns:
        (H, W) uint8, 255 on teeth, with a soft edge; and their color, (3,) in [0, 1]; None without teeth.
    """
    import cv2

    height, width = picture.shape[:2]
    none = np.zeros((height, width), np.uint8)
    mouth = Mouth.of(points)
    used = float(smoothstep(float(mouth.lower[1]), *_OPEN))
    within = filled(smooth_lips(mouth.outline), (height, width), (0, 0))
    inside = within > 127
    if used == 0 or not inside.any():
        return none, None
    pale = _like_teeth(np.asarray(picture / np.float32(255), np.float32), _lips(picture, points)) & inside
    if pale.sum() < _LEAST * inside.sum():
        return none, None
    size = max(3, 2 * round(0.02 * float(np.linalg.norm(mouth.along))) + 1)
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    whole = cv2.morphologyEx(pale.astype(np.uint8) * 255, cv2.MORPH_CLOSE, kernel)
    mask = cv2.min(cv2.GaussianBlur(whole, (0, 0), 0.25 * size), within)
    seen = np.asarray(picture[pale], np.float32) / 255
    luma = seen.mean(1)
    return cv2.convertScaleAbs(mask, alpha=used), np.asarray(seen[luma >= np.quantile(luma, 0.5)].mean(0), np.float32)


def filled(outline: F32, shape: tuple[int, ...], corner: tuple[int, int]) -> U8:
    """Return (h, w) uint8, 255 inside an outline, with a smooth edge.

    Args:
        outline: (n, 2) pixels.
        shape: Of the result.
        corner: x and y of its first pixel.
    """
    import cv2

    mask = np.zeros(shape[:2], np.uint8)
    fixed = np.rint((outline - np.array(corner) - 0.5) * 16).astype(np.int32)
    cv2.fillPoly(mask, [fixed], 255, cv2.LINE_AA, 4)
    return mask


def _like_teeth(colors: F32, lips: F32) -> NDArray[np.bool_]:
    """Return where a picture (H, W, 3) in [0, 1] is paler or clearly lighter than lips of a color (3,)."""
    most, least = colors.max(2), colors.min(2)
    own = (lips.max() - lips.min()) / max(float(lips.max()), 1e-3)
    light = colors.mean(2) > _LIGHTER * lips.mean()
    if own < 0.12:  # gray: only brightness tells
        return np.asarray(light)
    return np.asarray(((most - least) < _PALER * own * most) & (colors.mean(2) > 0.8 * lips.mean()))


def _lips(picture: U8, points: F32) -> F32:
    """Return the color of the lower lip, (3,) in [0, 1]."""
    height, width = picture.shape[:2]
    found = []
    for outer, inner in ((56, 65), (57, 66), (58, 67)):
        x, y = np.clip((points[outer] + points[inner]) / 2, 1, (width - 2, height - 2)).astype(int)
        found.append(picture[y - 1 : y + 2, x - 1 : x + 2].reshape(-1, 3).mean(0) / 255)
    return np.asarray(np.median(found, 0), np.float32)
