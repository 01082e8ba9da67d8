"""A number drawn into a picture as black and white bars, and read back out of it: a clock that cameras can see."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from avatarify.frames import U8

BITS = 32
_GRAY = 128  # around the bars: black and white are recognized by comparison
_TOP, _BOTTOM = 0.4, 0.6  # the band of the picture's height with the bars
_FIRST, _LAST = 0.1, 0.9  # of its width


def draw_bars(image: U8, number: int) -> None:
    """Draw a number into a picture.

    Args:
        image: (H, W, 3) uint8 RGB, at least 160 pixels wide; a band across its middle is overwritten.
        number: 0 to 2**32 - 1. It is drawn with its complement below, so that a damaged one is not taken for another.
    """
    height, width = image.shape[:2]
    top, middle, bottom = _rows(height)
    edges = _edges(width)
    image[top:bottom] = _GRAY
    for bit in range(BITS):
        value = 255 * (number >> (BITS - 1 - bit) & 1)
        image[top:middle, edges[bit] : edges[bit + 1]] = value
        image[middle:bottom, edges[bit] : edges[bit + 1]] = 255 - value


def read_bars(image: U8) -> int | None:
    """Read the number out of a picture that may have been scaled as a whole, mirrored never; None if there is none."""
    height, width = image.shape[:2]
    top, middle, bottom = _rows(height)
    upper = _levels(image[(top + middle) // 2], width)
    lower = _levels(image[(middle + bottom) // 2], width)
    if (np.abs(upper - lower) < _GRAY // 2).any():
        return None
    return int("".join("1" if bit else "0" for bit in upper > lower), 2)


def _rows(height: int) -> tuple[int, int, int]:
    top, bottom = round(_TOP * height), round(_BOTTOM * height)
    return top, (top + bottom) // 2, bottom


def _edges(width: int) -> list[int]:
    return [round(width * (_FIRST + (_LAST - _FIRST) * bit / BITS)) for bit in range(BITS + 1)]


def _levels(row: U8, width: int) -> NDArray[np.float64]:
    edges = _edges(width)
    return np.asarray(row.mean(axis=1)[[(edges[bit] + edges[bit + 1]) // 2 for bit in range(BITS)]])
