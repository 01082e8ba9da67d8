"""Which part of a portrait the output shows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from avatarify.face.box import CropBox
from avatarify.frames import U8, Size


@dataclass(frozen=True)
class FramedPortrait:
    """A part of a portrait, with the same fields as the whole one.

    Attributes:
        image: (H, W, 3) uint8 RGB.
        matte: (H, W) uint8, the fraction of each pixel that belongs to the person, or None.
        box: The animated square, in pixels of the part.
    """

    image: U8
    matte: U8 | None
    box: CropBox


def frame_portrait(
    image: U8, matte: U8 | None, box: CropBox, size: Size | None, zoom: float, pan: tuple[float, float]
) -> FramedPortrait:
    """Cut out the part that a zoomed output shows.

    Args:
        image: (H, W, 3) uint8 RGB, the whole portrait.
        matte: (H, W) uint8, the fraction of each pixel that belongs to the person, or None.
        box: The animated square in it.
        size: Size of the output; None for the aspect ratio of the portrait.
        zoom: At least 1: at 1 the whole portrait is shown, at 2 everything is twice as large.
        pan: (x, y) from -1 to 1: at -1 the part touches the left or top edge, at 1 the right or bottom edge.
    """
    height, width = image.shape[:2]
    shape = size or Size(width, height)
    scale = min(shape.width / width, shape.height / height) * zoom
    columns = _window(width, shape.width / scale, pan[0])
    rows = _window(height, shape.height / scale, pan[1])
    cut = None if matte is None else np.ascontiguousarray(matte[rows, columns])
    moved = CropBox(box.x - columns.start, box.y - rows.start, box.size, box.angle)
    return FramedPortrait(np.ascontiguousarray(image[rows, columns]), cut, moved)


def _window(length: int, visible: float, pan: float) -> slice:
    extent = max(2, min(length, round(visible)))
    start = round((length - extent) * (pan + 1) / 2)
    return slice(start, start + extent)
