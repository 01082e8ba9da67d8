"""Shows more than a picture has: the background and cut shoulders are continued beyond its sides.

The picture is split into its broad colors, which stay as they are at the edge, and its texture, which is mirrored. Both
are continuous, so that no seam shows; a vignette does not turn bright again, as it would in a mirrored picture.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from avatarify.compose.clean_plate import clean_plate
from avatarify.compose.layers import over, person_layer
from avatarify.face.box import CropBox
from avatarify.frames import F32, U8

_BROAD = 0.05  # standard deviation of the blur that separates colors and texture, of the picture's shorter side
_EDGE = 0.06  # width of the strip whose texture is mirrored into a shoulder, of the picture's width
_SHOULDER = 0.70  # from the middle of the face to the outside of the upper arm, in sides of the animated square
_ROUND = 0.30  # how far the outline drops from the edge to there, in sides of the animated square
_STEEPEST = 0.8  # of the outline where the picture ends
_PERSON = 127  # of 255


@dataclass(frozen=True)
class FramedView:
    """A rectangle of a picture, which may extend beyond it.

    Attributes:
        x: Left edge, pixels.
        y: Top edge, pixels.
        width: Pixels.
        height: Pixels.
    """

    x: float
    y: float
    width: float
    height: float

    def zoomed(self, zoom: float, pan: tuple[float, float]) -> Self:
        """Return the part that is shown at a zoom of at least 1; ``pan`` is from -1 to 1 in x and y."""
        width, height = self.width / zoom, self.height / zoom
        x = self.x + (self.width - width) * (pan[0] + 1) / 2
        y = self.y + (self.height - height) * (pan[1] + 1) / 2
        return type(self)(x, y, width, height)

    def scaled(self, scale: float) -> Self:
        """Return the same part of a resized picture."""
        return type(self)(self.x * scale, self.y * scale, self.width * scale, self.height * scale)


def extend(image: U8, matte: U8 | None, box: CropBox, view: FramedView) -> tuple[U8, U8 | None]:
    """Return a view of a picture that is continued where the view extends beyond it.

    Args:
        image: (H, W, 3) uint8 RGB.
        matte: (H, W) uint8, the fraction of each pixel that belongs to the person, or None.
        box: The animated square.
        view: What to show.

    Returns:
        Picture and matte, (h, w, 3) and (h, w) uint8. Inside of the picture they are the given ones.
    """
    height, width = image.shape[:2]
    rows = np.arange(round(view.height)) + round(view.y)
    columns = np.arange(round(view.width)) + round(view.x)
    if rows[0] >= 0 and columns[0] >= 0 and rows[-1] < height and columns[-1] < width:
        part = slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1)
        return np.ascontiguousarray(image[part]), None if matte is None else np.ascontiguousarray(matte[part])
    if matte is None:
        return _keep(image, _continued(image, rows, columns), rows, columns), None
    plate = clean_plate(image, matte)
    person, alpha = _wider_person(person_layer(image, matte, plate), matte, box, columns)
    inside = _mirrored(rows, height)
    shown = over(np.ascontiguousarray(person[inside]), _continued(plate, rows, columns))
    above = (rows < 0)[:, None]
    alpha = np.where(above, 0, alpha[inside]).astype(np.uint8)
    shown = np.where(above[..., None], _continued(plate, rows, columns), shown)
    return _keep(image, np.asarray(shown, np.uint8), rows, columns), alpha


def _keep(image: U8, canvas: U8, rows: NDArray[np.int_], columns: NDArray[np.int_]) -> U8:
    """Return the canvas with the picture itself where it is."""
    height, width = image.shape[:2]
    down, across = ((at >= 0) & (at < limit) for at, limit in ((rows, height), (columns, width)))
    canvas[np.ix_(down, across)] = image[np.ix_(rows[down], columns[across])]
    return np.ascontiguousarray(canvas)


def _continued(picture: U8, rows: NDArray[np.int_], columns: NDArray[np.int_]) -> U8:
    """Return rows and columns of a picture, also beyond its edges, (h, w, 3) uint8."""
    import cv2

    height, width = picture.shape[:2]
    broad = cv2.GaussianBlur(np.asarray(picture, np.float32), (0, 0), _BROAD * min(height, width))
    texture = picture - broad
    near = np.ix_(np.clip(rows, 0, height - 1), np.clip(columns, 0, width - 1))
    far = np.ix_(_mirrored(rows, height), _mirrored(columns, width))
    return np.asarray(np.clip(np.rint(broad[near] + texture[far]), 0, 255), np.uint8)


def _mirrored(places: NDArray[np.int_], length: int, period: int | None = None) -> NDArray[np.int_]:
    """Return the places inside a picture that a mirror at each edge shows.

    Args:
        places: Rows or columns, also outside of the picture.
        length: Of the picture in this direction.
        period: Beyond the edge only a strip of this width is repeated, again and again; None for the whole picture.
    """
    deep = period or length
    beyond = np.where(places < 0, -1 - places, places - length) % (2 * deep)
    back = np.minimum(beyond, 2 * deep - 1 - beyond)
    return np.where(places < 0, back, np.where(places >= length, length - 1 - back, places))


def _wider_person(person: U8, matte: U8, box: CropBox, columns: NDArray[np.int_]) -> tuple[U8, U8]:
    """Return the layer of the person and its matte for these columns: shoulders cut by a side are continued.

    Args:
        person: (H, W, 4) uint8 RGBA, premultiplied.
        matte: (H, W) uint8.
        box: The animated square.
        columns: Of the result, also outside of the picture.
    """
    width = matte.shape[1]
    source = np.clip(columns, 0, width - 1)
    wide, alpha = person[:, source].copy(), matte[:, source].copy()
    for beyond, side in ((columns < 0, 1), (columns >= width, -1)):
        outside = np.flatnonzero(beyond)[::-1] if side == 1 else np.flatnonzero(beyond)
        if outside.size == 0:
            continue
        layer, cover = person[:, ::side], matte[:, ::side]
        reach = _SHOULDER * box.size - (box.x if side == 1 else width - box.x)
        wide[:, outside], alpha[:, outside] = _shoulder(layer, cover, box, reach, outside.size)
    return wide, alpha


def _shoulder(person: U8, matte: U8, box: CropBox, reach: float, count: int) -> tuple[U8, U8]:
    """Continue a shoulder beyond the left edge.

    Args:
        person: (H, W, 4) uint8 RGBA, premultiplied.
        matte: (H, W) uint8.
        box: The animated square, of which only the size matters.
        reach: Distance from the edge to the outside of the arm, pixels.
        count: Columns to add.

    Returns:
        (H, count, 4) and (H, count) uint8, column by column away from the picture.
    """
    height, width = matte.shape
    tops = _tops(matte, max(3, round(_EDGE * width)))
    away = np.arange(1, count + 1, dtype=np.float32)
    if tops is None:
        return np.zeros((height, count, 4), np.uint8), np.zeros((height, count), np.uint8)
    slope = float(np.clip(np.polyfit(np.arange(len(tops)), tops, 1)[0], -_STEEPEST, 0.0))
    share = np.clip(away / max(reach, 0.05 * box.size), 0, 1)
    drop = -slope * away + _ROUND * box.size * (1 - np.sqrt(1 - share**2)) + np.where(share < 1, 0, height)
    at = _mirrored(-1 - np.arange(count), width, len(tops))
    # Each column continues one near the edge, moved down by as much as the outline is lower there.
    rows = np.arange(height, dtype=np.float32)[:, None] - (tops[0] + drop - tops[at])[None]
    return _sampled(person, at, rows), _sampled(matte, at, rows)


def _tops(matte: U8, strip: int) -> F32 | None:
    """Return the first row of the person in each column at the left edge; None where the edge does not cut it."""
    import cv2

    cut = matte[:, :strip] > _PERSON
    if not cut[-1, 0] or not cut.any(axis=0).all():
        return None
    tops = np.asarray(cut.argmax(axis=0), np.float32)
    return np.asarray(cv2.GaussianBlur(tops[None], (0, 0), 2.0)[0], np.float32)


def _sampled(layer: U8, columns: NDArray[np.int_], rows: F32) -> U8:
    """Return a layer (H, W, …) at columns (n,) and rows (H, n); above it is empty, below the last row is repeated."""
    import cv2

    height, count = rows.shape
    x = np.broadcast_to(np.asarray(columns, np.float32), (height, count))
    y = np.minimum(rows, height - 1)
    padded = cv2.copyMakeBorder(layer, 1, 0, 0, 0, cv2.BORDER_CONSTANT, value=(0, 0, 0, 0))
    maps = np.ascontiguousarray(x, np.float32), np.asarray(np.maximum(y + 1, 0), np.float32)
    return np.asarray(cv2.remap(padded, *maps, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.uint8)
