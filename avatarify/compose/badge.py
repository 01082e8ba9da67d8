"""The small mark that identifies the picture as an AI avatar."""

from __future__ import annotations

import numpy as np

from avatarify.choices import Corner
from avatarify.compose.text import text_mask
from avatarify.frames import F32, U8, Size

TEXT = "AI avatar"
_FONT_FRACTION = 0.030  # font size, of the shorter side of the picture
_SMALLEST_FONT = 10  # pixels
_PLATE_OPACITY = 0.55
_TEXT_OPACITY = 0.92


class Badge:
    """A line of text on a dark rounded rectangle, drawn once and blended over pictures.

    Args:
        size: Size of the pictures.
        corner: Bottom right by default, because meeting programs show names at the bottom left.
        text: One line.
    """

    def __init__(self, size: Size, corner: Corner = "bottom-right", text: str = TEXT) -> None:
        pixels = max(_SMALLEST_FONT, round(_FONT_FRACTION * min(size.width, size.height)))
        opacity, light = _draw(text_mask(text, pixels), pixels)
        height, width = (min(side, limit) for side, limit in zip(opacity.shape, (size.height, size.width), strict=True))
        self._keep = np.repeat(255 - opacity[:height, :width, None], 3, axis=2)
        self._add = np.repeat(light[:height, :width, None], 3, axis=2)
        self.region = _place(size, corner, width, height, margin=pixels)

    def stamp(self, image: U8) -> None:
        """Blend the badge over a picture in place.

        Args:
            image: (H, W, 3) uint8 RGB of the size given at construction.
        """
        import cv2

        under = image[self.region]
        cv2.add(cv2.multiply(under, self._keep, scale=1 / 255), self._add, dst=under)


def _draw(letters: U8, pixels: int) -> tuple[U8, U8]:
    """Return the opacity of the badge and the white that its text adds, both (H, W) uint8.

    Args:
        letters: (H, W) uint8, coverage of the text.
        pixels: Font size.
    """
    import cv2

    pad_x, pad_y = round(0.6 * pixels), round(0.45 * pixels)
    padded = cv2.copyMakeBorder(letters, pad_y, pad_y, pad_x, pad_x, cv2.BORDER_CONSTANT)
    text = padded.astype(np.float32) / 255 * _TEXT_OPACITY
    opacity = np.maximum(_rounded_rectangle(*text.shape) * _PLATE_OPACITY, text)
    return np.asarray(np.rint(opacity * 255), np.uint8), np.asarray(np.rint(text * 255), np.uint8)


def _rounded_rectangle(height: int, width: int, supersampling: int = 4) -> F32:
    """Return a rounded rectangle with antialiased edges, (height, width) float32 in [0, 1]."""
    import cv2

    big = np.zeros((height * supersampling, width * supersampling), np.uint8)
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
