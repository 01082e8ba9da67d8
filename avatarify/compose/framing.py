"""Which part of a portrait the output shows: head and shoulders as a webcam would, or a part that the user chose."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from avatarify.compose.extension import FramedView, extend
from avatarify.face.box import CropBox
from avatarify.frames import U8, Size

# Lengths are in sides of the animated square, in which brow to chin is 0.36, unless they are fractions of the output.
_CHIN = 0.20  # below the center of the square
_HAIR = 0.34, 0.75  # above the center, the least and the most: where the matte does not say it, and for high hats
_MIDDLE = 0.25  # columns around the center in which the top of the head is searched
_HEAD = 0.47  # of the output's height
_ABOVE = 0.10, 0.26  # of the output's height, above the head: wanted, and the most where the picture ends at the chest
_HIDDEN = 127  # of 255: where the matte is larger, there is the person


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
    """Cut out what the output shows; where a wide output shows more than the portrait, the portrait is extended.

    Args:
        image: (H, W, 3) uint8 RGB, the whole portrait.
        matte: (H, W) uint8, the fraction of each pixel that belongs to the person, or None.
        box: The animated square in it.
        size: Size of the output; None for the size and the part of the portrait itself.
        zoom: At least 1: at 1 the default framing is shown, at 2 everything is twice as large.
        pan: (x, y) from -1 to 1: at -1 the part touches the left or top edge of that framing, at 1 the right or bottom.

    Returns:
        The part. In a wide output it has the output's shape and is not larger; the head takes 40 to 55 % of the height
        unless the picture is cut too closely for that. A tall output shows the whole portrait.
    """
    height, width = image.shape[:2]
    if size is None or size.height > size.width:
        return _cut(image, matte, box, size or Size(width, height), zoom, pan)
    view = webcam_view(matte, box, Size(width, height), size).zoomed(zoom, pan)
    return _shown(image, matte, box, view, size)


def webcam_view(matte: U8 | None, box: CropBox, picture: Size, output: Size) -> FramedView:
    """Return the part of a portrait that shows head and shoulders; it may extend beyond the sides and the top.

    Args:
        matte: (H, W) uint8, or None.
        box: The animated square.
        picture: Size of the portrait.
        output: Size of the output, as wide as high or wider.
    """
    top = _head_top(matte, box)
    head = box.y + _CHIN * box.size - top
    wanted, most = _ABOVE
    height = min(head / _HEAD, (picture.height - top) / (1 - most))
    y = top - wanted * height
    if matte is not None and matte[0].max() > _HIDDEN:  # hair cannot be continued
        height, y = min(height, float(picture.height)), max(y, 0.0)
    y = min(y, picture.height - height)
    width = height * output.width / output.height
    return FramedView(box.x - width / 2, y, width, height)


def _head_top(matte: U8 | None, box: CropBox) -> float:
    """Return the row of the top of the head."""
    least, most = (box.y - reach * box.size for reach in _HAIR)
    if matte is None:
        return least
    x, reach = round(box.x), max(1, round(_MIDDLE * box.size))
    rows = np.flatnonzero((matte[:, max(0, x - reach) : x + reach] > _HIDDEN).any(axis=1))
    return float(np.clip(rows[0], most, least)) if rows.size else least


def _shown(image: U8, matte: U8 | None, box: CropBox, view: FramedView, size: Size) -> FramedPortrait:
    """Cut out a view, first reduced to the scale of the output: nothing is extended at a higher resolution."""
    import cv2

    scale = size.height / view.height
    if scale < 1:
        shape = max(2, round(image.shape[1] * scale)), max(2, round(image.shape[0] * scale))
        image = np.asarray(cv2.resize(image, shape, interpolation=cv2.INTER_AREA), np.uint8)
        if matte is not None:
            matte = np.asarray(cv2.resize(matte, shape, interpolation=cv2.INTER_AREA), np.uint8)
        view = view.scaled(scale)
        box = replace(box, x=box.x * scale, y=box.y * scale, size=box.size * scale)
    extended = extend(image, matte, box, view)
    moved = replace(box, x=box.x - round(view.x), y=box.y - round(view.y))
    return FramedPortrait(*extended, moved)


def _cut(
    image: U8, matte: U8 | None, box: CropBox, shape: Size, zoom: float, pan: tuple[float, float]
) -> FramedPortrait:
    """Cut out a part of the whole portrait, fitted into the output."""
    height, width = image.shape[:2]
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
