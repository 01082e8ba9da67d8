"""Draws a line of text with OpenCV's built-in typeface."""

from __future__ import annotations

import numpy as np

from avatarify.frames import U8

_WEIGHT = 600


def text_mask(text: str, pixels: int) -> U8:
    """Draw a line of text.

    Args:
        text: One line; any script the built-in sans-serif has.
        pixels: Size of the type.

    Returns:
        (H, W) uint8, how much of each pixel the letters cover; cut tight.
    """
    import cv2

    font = cv2.FontFace("sans")
    _, _, width, _ = cv2.getTextSize((0, 0), text, (0, 0), font, pixels, _WEIGHT)
    board = np.zeros((3 * pixels, width + 2 * pixels, 3), np.uint8)
    cv2.putText(board, text, (pixels, 2 * pixels), (255, 255, 255), font, pixels, _WEIGHT)
    x, y, w, h = cv2.boundingRect(board[..., 0])
    return np.ascontiguousarray(board[y : y + h, x : x + w, 0])
