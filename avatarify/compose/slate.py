"""The calm picture that goes out when there is nothing to animate."""

from __future__ import annotations

import numpy as np

from avatarify.compose.canvas import fit
from avatarify.compose.text import text_mask
from avatarify.frames import U8, Size

NO_CAMERA = "Camera is away"
NO_FACE = "Back in a moment"
_DIM = 0.35
_NIGHT = (38, 41, 48)
_TYPE_SHARE = 0.07  # of the height
_WIDEST = 0.85  # of the width
_INK = 230


def slate(size: Size, text: str = NO_CAMERA, portrait: U8 | None = None) -> U8:
    """Draw an idle picture.

    Args:
        size: Size of the output pictures.
        text: One line, in the middle; made smaller until it fits.
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
    middle[:] = np.rint(middle * (1 - cover) + _INK * cover).astype(np.uint8)
    return picture


def _backdrop(size: Size, portrait: U8 | None) -> U8:
    if portrait is None:
        return np.full((size.height, size.width, 3), _NIGHT, np.uint8)
    canvas, _, _ = fit(portrait, size)
    return np.asarray(canvas * np.float32(_DIM), np.uint8)


def _fitting(text: str, size: Size) -> U8:
    import cv2

    letters = text_mask(text, max(8, round(_TYPE_SHARE * size.height)))
    factor = min(1.0, _WIDEST * size.width / letters.shape[1], _WIDEST * size.height / letters.shape[0])
    if factor == 1:
        return letters
    return np.asarray(cv2.resize(letters, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA))
