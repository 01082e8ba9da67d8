"""The small mark that says: this is an AI avatar."""

from __future__ import annotations

from typing import Literal

import numpy as np

from avatarify.compose.text import text_mask
from avatarify.frames import F32, U8, Size

Corner = Literal["top-left", "top-right", "bottom-left", "bottom-right"]
TEXT = "AI avatar"
_TYPE_SHARE = 0.030  # of the shorter side
_SMALLEST_TYPE = 10
_PLATE = 0.55  # opacity
_INK = 0.92


class Badge:
    """A line of text on a rounded dark plate, drawn once and laid over pictures.

    Args:
        size: Size of the pictures.
        corner: Where; bottom right by default, because meeting apps write names bottom left.
        text: What it says.
    """

    def __init__(self, size: Size, corner: Corner = "bottom-right", text: str = TEXT) -> None:
        pixels = max(_SMALLEST_TYPE, round(_TYPE_SHARE * min(size.width, size.height)))
        opacity, light = _draw(text_mask(text, pixels), pixels)
        height, width = (min(side, limit) for side, limit in zip(opacity.shape, (size.height, size.width), strict=True))
        self._keep = np.repeat(255 - opacity[:height, :width, None], 3, axis=2)
        self._add = np.repeat(light[:height, :width, None], 3, axis=2)
        self.region = _place(size, corner, width, height, margin=pixels)

    def stamp(self, image: U8) -> None:
        """Lay the badge over a picture, (H, W, 3) uint8 RGB of the size given, in place."""
        import cv2

        under = image[self.region]
        cv2.add(cv2.multiply(under, self._keep, scale=1 / 255), self._add, dst=under)


def _draw(letters: U8, pixels: int) -> tuple[U8, U8]:
    """Return the opacity of plate and letters, and the light they add, both (H, W) uint8."""
    import cv2

    pad_x, pad_y = round(0.6 * pixels), round(0.45 * pixels)
    ink = cv2.copyMakeBorder(letters, pad_y, pad_y, pad_x, pad_x, cv2.BORDER_CONSTANT).astype(np.float32) / 255 * _INK
    opacity = np.maximum(_plate(*ink.shape) * _PLATE, ink)
    return np.asarray(np.rint(opacity * 255), np.uint8), np.asarray(np.rint(ink * 255), np.uint8)


def _plate(height: int, width: int, finer: int = 4) -> F32:
    """Return a rounded rectangle with smooth edges, (height, width) in [0, 1]."""
    import cv2

    big = np.zeros((height * finer, width * finer), np.uint8)
    radius = big.shape[0] // 3
    bottom, right = big.shape[0] - 1, big.shape[1] - 1
    cv2.rectangle(big, (radius, 0), (right - radius, bottom), 255, -1)
    cv2.rectangle(big, (0, radius), (right, bottom - radius), 255, -1)
    for x in (radius, right - radius):
        for y in (radius, bottom - radius):
            cv2.circle(big, (x, y), radius, 255, -1)
    small = cv2.resize(big, (width, height), interpolation=cv2.INTER_AREA)
    return np.asarray(small / 255, np.float32)


def _place(size: Size, corner: Corner, width: int, height: int, margin: int) -> tuple[slice, slice]:
    vertical, horizontal = corner.split("-")
    left = _along(size.width, width, margin, at_end=horizontal == "right")
    top = _along(size.height, height, margin, at_end=vertical == "bottom")
    return slice(top, top + height), slice(left, left + width)


def _along(length: int, extent: int, margin: int, *, at_end: bool) -> int:
    room = length - extent
    return max(0, room - margin) if at_end else min(room, margin)
