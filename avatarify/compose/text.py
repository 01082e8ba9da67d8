"""Draws a line of text with OpenCV's built-in font."""

from __future__ import annotations

import numpy as np

from avatarify.frames import U8

_WEIGHT = 600


def text_mask(text: str, pixels: int) -> U8:
    """Draw a line of text.

    Args:
        text: One line, in any script that the built-in sans-serif font has.
        pixels: Font size.

    Returns:
        (H, W) uint8, the coverage of each pixel by the letters, 255 for all of it; cropped to the text.
    """
    import cv2

    font = cv2.FontFace("sans")
    _, _, width, _ = cv2.getTextSize((0, 0), text, (0, 0), font, pixels, _WEIGHT)
    board = np.zeros((3 * pixels, width + 2 * pixels, 3), np.uint8)
    cv2.putText(board, text, (pixels, 2 * pixels), (255, 255, 255), font, pixels, _WEIGHT)
    x, y, w, h = cv2.boundingRect(board[..., 0])
    return np.ascontiguousarray(board[y : y + h, x : x + w, 0])
