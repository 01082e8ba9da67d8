"""The slate: the picture that is sent while the camera is lost."""

from __future__ import annotations

import numpy as np

from avatarify.compose.canvas import fit
from avatarify.compose.text import text_mask
from avatarify.frames import U8, Size

NO_CAMERA = "Camera unavailable"
_PORTRAIT_BRIGHTNESS = 0.35
_BACKGROUND = (38, 41, 48)  # RGB
_FONT_FRACTION = 0.07  # font size, of the height
_MAX_EXTENT = 0.85  # of the text, of the width and of the height
_TEXT_VALUE = 230  # of R, G and B


def slate(size: Size, text: str = NO_CAMERA, portrait: U8 | None = None) -> U8:
    """Draw the slate.

    Args:
        size: Size of the output pictures.
        text: One line, in the middle; shrunk to fit.
        portrait: (H, W, 3) uint8 RGB, shown dimmed behind the text; None for a plain dark picture.

    Returns:
        (size.height, size.width, 3) uint8 RGB.
    """
    picture = _backdrop(size, portrait)
    letters = _fitting(text, size)
    height, width = letters.shape
    top, left = (size.height - height) // 2, (size.width - width) // 2
    middle = picture[top : top + height, left : left + width]
    cover = letters[..., None].astype(np.float32) / 255
    middle[:] = np.rint(middle * (1 - cover) + _TEXT_VALUE * cover).astype(np.uint8)
    return picture


def _backdrop(size: Size, portrait: U8 | None) -> U8:
    """Return the dimmed portrait or a plain dark picture, (size.height, size.width, 3) uint8 RGB."""
    if portrait is None:
        return np.full((size.height, size.width, 3), _BACKGROUND, np.uint8)
    canvas, _, _ = fit(portrait, size)
    return np.asarray(canvas * np.float32(_PORTRAIT_BRIGHTNESS), np.uint8)


def _fitting(text: str, size: Size) -> U8:
    """Return the mask of the text, (h, w) uint8, shrunk to fit."""
    import cv2

    letters = text_mask(text, max(8, round(_FONT_FRACTION * size.height)))
    factor = min(1.0, _MAX_EXTENT * size.width / letters.shape[1], _MAX_EXTENT * size.height / letters.shape[0])
    if factor == 1:
        return letters
    return np.asarray(cv2.resize(letters, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA))
