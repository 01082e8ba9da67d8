"""Enlarges small maps of a square in a picture to the pixels of the picture that it covers."""

from __future__ import annotations

import functools
import math
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from avatarify.face.box import CropBox
from avatarify.frames import F32, U8

Region = tuple[slice, slice]


class Spread(Protocol):
    """Enlarges maps of one square.

    Attributes:
        region: Rows and columns of the picture that the square covers; may be empty.
    """

    region: Region

    def __call__(self, cells: NDArray[Any], part: Region | None = None) -> Any:
        """Enlarge (h, w) or (h, w, C) that covers the square, linearly, to the region or to a part of it."""
        ...

    def put(self, cells: NDArray[Any], where: U8, into: NDArray[Any], part: Region | None = None) -> None:
        """Write cells, enlarged without smoothing, into an array that shows the region or a part of it.

        Args:
            cells: (h, w, C) that covers the square.
            where: (h, w), not 0 in the cells to write.
            into: (part's height, width, C).
            part: What ``into`` shows; None for the region.
        """
        ...

    def covered(self, where: U8) -> Region:
        """Return a part of the picture outside of which nothing is seen of the cells of (h, w) that are not 0."""
        ...


def spread(picture: U8, crop: CropBox) -> Spread:
    """Return what enlarges maps of a square to the pixels of a picture (H, W, ...) that it covers."""
    return _Upright(picture, crop) if crop.angle == 0 else _Turned(picture, crop)


def empty(region: Region) -> bool:
    """Tell whether a region has no pixels."""
    return any(part.start >= part.stop for part in region)


def common(one: Region, other: Region) -> Region:
    """Return what two regions have in common; may be empty."""
    rows, columns = (slice(max(a.start, b.start), min(a.stop, b.stop)) for a, b in zip(one, other, strict=True))
    return rows, columns


def seen_from(outer: Region, inner: Region) -> Region:
    """Express a region relative to one that contains it."""
    rows, columns = (slice(i.start - o.start, i.stop - o.start) for o, i in zip(outer, inner, strict=True))
    return rows, columns


class _Upright:
    """For an unturned square."""

    def __init__(self, picture: U8, crop: CropBox) -> None:
        self._side = max(1, round(crop.size))
        left, top = round(crop.x - crop.size / 2), round(crop.y - crop.size / 2)
        height, width = picture.shape[:2]
        self._corner = top, left
        self.region = _overlap(top, self._side, height), _overlap(left, self._side, width)

    def __call__(self, cells: NDArray[Any], part: Region | None = None) -> Any:
        import cv2

        sides = self._in_square(part)
        blocks = [_block(side, count, self._side) for side, count in zip(sides, cells.shape, strict=False)]
        (rows, height, top), (columns, width, left) = blocks
        whole = cv2.resize(cells[rows, columns], (width, height), interpolation=cv2.INTER_LINEAR)
        return whole[top : top + _extent(sides[0]), left : left + _extent(sides[1])]

    def put(self, cells: NDArray[Any], where: U8, into: NDArray[Any], part: Region | None = None) -> None:
        y, x = np.nonzero(where)
        (rows, seen_rows), (columns, seen_columns) = (
            self._pixels(chosen, count, side)
            for chosen, count, side in zip((y, x), where.shape, self._in_square(part), strict=True)
        )
        cell, row, column = np.nonzero(seen_rows[:, :, None] & seen_columns[:, None, :])
        into[rows[cell, row], columns[cell, column]] = cells[y[cell], x[cell]]

    def covered(self, where: U8) -> Region:
        import cv2

        x, y, width, height = cv2.boundingRect(where)
        rows, columns = (
            slice((first - 1) * self._side // count + corner, -(-(first + extent + 1) * self._side // count) + corner)
            for first, extent, count, corner in zip((y, x), (height, width), where.shape, self._corner, strict=True)
        )
        return common(self.region, (rows, columns)) if width else (slice(0, 0), slice(0, 0))

    def _in_square(self, part: Region | None) -> Region:
        rows, columns = part or self.region
        return _moved(rows, -self._corner[0]), _moved(columns, -self._corner[1])

    def _pixels(self, chosen: NDArray[np.intp], count: int, part: slice) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
        """Return the pixels (n, b) of each chosen row (column) of ``count``, counted from the part's, and which are."""
        starts = np.ceil(np.arange(count + 1) * (self._side / count) - 0.5).astype(np.intp)
        pixels = starts[chosen, None] + np.arange(math.ceil(self._side / count))
        seen = (pixels < starts[chosen + 1, None]) & (pixels >= part.start) & (pixels < part.stop)
        return pixels - part.start, seen


class _Turned:
    """For a turned square; around it, in its upright frame, the border is repeated."""

    def __init__(self, picture: U8, crop: CropBox) -> None:
        half = crop.size / 2 * (abs(math.cos(crop.angle)) + abs(math.sin(crop.angle)))
        extent = math.ceil(2 * half)
        height, width = picture.shape[:2]
        rows = _overlap(math.floor(crop.y - half), extent, height)
        columns = _overlap(math.floor(crop.x - half), extent, width)
        self.region = rows, columns
        self._crop = CropBox(crop.x - columns.start, crop.y - rows.start, crop.size, crop.angle)

    def __call__(self, cells: NDArray[Any], part: Region | None = None) -> Any:
        import cv2

        return self._enlarged(cells, cv2.INTER_LINEAR)[seen_from(self.region, part or self.region)]

    def put(self, cells: NDArray[Any], where: U8, into: NDArray[Any], part: Region | None = None) -> None:
        import cv2

        seen = seen_from(self.region, part or self.region)
        taken, chosen = (self._enlarged(x, cv2.INTER_NEAREST)[seen] for x in (cells, where))
        cv2.copyTo(taken, chosen, into)

    def covered(self, where: U8) -> Region:
        return self.region

    def _enlarged(self, cells: NDArray[Any], how: int) -> Any:
        import cv2

        rows, columns = self.region
        size = columns.stop - columns.start, rows.stop - rows.start
        flags = how | cv2.WARP_INVERSE_MAP
        matrix = _pixels_to_cells(self._crop, cells.shape)
        return cv2.warpAffine(cells, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)


def inner_sides(picture: U8, crop: CropBox) -> tuple[bool, bool, bool, bool]:
    """Tell which sides of the crop (left, right, top, bottom) have untouched picture beyond them."""
    if crop.angle != 0:
        return True, True, True, True
    height, width = picture.shape[:2]
    half = crop.size / 2
    return crop.x - half > 1, crop.x + half < width - 1, crop.y - half > 1, crop.y + half < height - 1


@functools.lru_cache(maxsize=8)
def identity(height: int, width: int) -> F32:
    """Return the motion field (h, w, 2) that moves nothing; not to be written to."""
    x, y = (2 * np.arange(n, dtype=np.float32) + 1 for n in (width, height))
    return np.stack(np.meshgrid(x / width - 1, y / height - 1), axis=-1)


@functools.lru_cache(maxsize=8)
def fade(height: int, width: int, sides: tuple[bool, bool, bool, bool], ramp: float) -> F32:
    """Return (h, w) weights: 0 in the outermost cells of the named sides, smoothly rising to 1 inside.

    Args:
        height: Of the map, cells.
        width: Of the map, cells.
        sides: Left, right, top, bottom.
        ramp: Share of the side's length in which the weights rise.
    """
    left, right, top, bottom = sides
    return np.asarray(np.outer(_rise(height, top, bottom, ramp), _rise(width, left, right, ramp)), np.float32)


def _rise(count: int, first: bool, last: bool, ramp: float) -> F32:
    steps = np.arange(count, dtype=np.float32) / max(1.0, ramp * count)
    smooth = np.clip(steps, 0, 1) ** 2 * (3 - 2 * np.clip(steps, 0, 1))
    flat = np.ones_like(smooth)
    return np.asarray(np.minimum(smooth if first else flat, smooth[::-1] if last else flat), np.float32)


def _pixels_to_cells(crop: CropBox, shape: tuple[int, ...]) -> NDArray[np.float64]:
    """Return the (2, 3) map from the index of a pixel to the index of a cell of an array that covers the crop."""
    to_pixels = np.vstack([crop.matrix.astype(np.float64), [0, 0, 1]])
    half = np.array([shape[1], shape[0]]) / 2
    to_cells = np.array([[half[0], 0, half[0] - 0.5], [0, half[1], half[1] - 0.5], [0, 0, 1]])
    center = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1]])
    return np.asarray((to_cells @ np.linalg.inv(to_pixels) @ center)[:2], np.float64)


def _block(part: slice, count: int, side: int) -> tuple[slice, int, int]:
    """Tell which cells a part of the enlarged square needs.

    Args:
        part: Pixels of the square.
        count: Cells along the square.
        side: Pixels along the square.

    Returns:
        The cells, one more at each end; how many pixels they become; and the number of the part's first among those.
    """
    first = max(0, part.start * count // side - 1)
    last = min(count, -(-part.stop * count // side) + 1)
    start, stop = round(first * side / count), round(last * side / count)
    return slice(first, last), stop - start, part.start - start


def _extent(part: slice) -> int:
    return int(part.stop - part.start)


def _overlap(start: int, extent: int, limit: int) -> slice:
    first = min(limit, max(0, start))
    return slice(first, max(first, min(limit, start + extent)))


def _moved(part: slice, by: int) -> slice:
    return slice(part.start + by, part.stop + by)
