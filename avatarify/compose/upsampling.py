"""Upsamples small maps over a square in a picture to the pixels of the picture."""

from __future__ import annotations

import math
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from avatarify.compose.regions import Region, clipped, intersection, relative_to
from avatarify.face.box import CropBox
from avatarify.frames import U8


class Upsampler(Protocol):
    """Upsamples maps over one square.

    Attributes:
        region: The part of the picture that the square covers; may be empty.
    """

    region: Region

    def __call__(self, cells: NDArray[Any], part: Region | None = None) -> Any:
        """Upsample a map linearly.

        Args:
            cells: (h, w) or (h, w, C), of any dtype that OpenCV resizes; covers the square.
            part: The part of the picture to return, inside ``region``; None for all of ``region``.

        Returns:
            (height, width) or (height, width, C) of the part, of the same dtype.
        """
        ...

    def put(self, cells: NDArray[Any], where: U8, into: NDArray[Any], part: Region | None = None) -> None:
        """Write some cells, upsampled without interpolation, into an array in place.

        Args:
            cells: (h, w, C); covers the square.
            where: (h, w) uint8, not 0 in the cells to write.
            into: (height, width, C) of the part.
            part: The part of the picture that ``into`` covers; None for all of ``region``.
        """
        ...

    def covered(self, where: U8) -> Region:
        """Return the part of the picture that the nonzero cells affect.

        Args:
            where: (h, w) uint8; covers the square.
        """
        ...


def upsampler(picture: U8, crop: CropBox) -> Upsampler:
    """Return an upsampler from a square to the pixels of a picture.

    Args:
        picture: (H, W) or (H, W, C); only its size matters.
        crop: The square in it, pixels; may extend beyond it.
    """
    return _UprightUpsampler(picture, crop) if crop.angle == 0 else _RotatedUpsampler(picture, crop)


class _UprightUpsampler:
    """For a square that is not rotated: only the cells that a part needs are resized."""

    def __init__(self, picture: U8, crop: CropBox) -> None:
        self._side = max(1, round(crop.size))
        left, top = round(crop.x - crop.size / 2), round(crop.y - crop.size / 2)
        height, width = picture.shape[:2]
        self._corner = top, left
        self.region = clipped(top, self._side, height), clipped(left, self._side, width)

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
        return intersection(self.region, (rows, columns)) if width else (slice(0, 0), slice(0, 0))

    def _in_square(self, part: Region | None) -> Region:
        rows, columns = part or self.region
        return _moved(rows, -self._corner[0]), _moved(columns, -self._corner[1])

    def _pixels(self, chosen: NDArray[np.intp], count: int, part: slice) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
        """Return the pixels of some rows (or columns) of cells.

        Args:
            chosen: (n,) indices of the rows.
            count: Number of rows over the square.
            part: Pixels of the square to return.

        Returns:
            (n, b) pixels relative to the start of the part, and (n, b) whether each is in the row and in the part.
        """
        # A pixel belongs to the cell that contains its center. Cells may differ by one pixel in length, so take the
        # longest and mask what is too much.
        starts = np.ceil(np.arange(count + 1) * (self._side / count) - 0.5).astype(np.intp)
        pixels = starts[chosen, None] + np.arange(math.ceil(self._side / count))
        seen = (pixels < starts[chosen + 1, None]) & (pixels >= part.start) & (pixels < part.stop)
        return pixels - part.start, seen


class _RotatedUpsampler:
    """For a rotated square; outside of it, in the upright region, its border is repeated."""

    def __init__(self, picture: U8, crop: CropBox) -> None:
        half = crop.size / 2 * (abs(math.cos(crop.angle)) + abs(math.sin(crop.angle)))
        extent = math.ceil(2 * half)
        height, width = picture.shape[:2]
        rows = clipped(math.floor(crop.y - half), extent, height)
        columns = clipped(math.floor(crop.x - half), extent, width)
        self.region = rows, columns
        self._crop = CropBox(crop.x - columns.start, crop.y - rows.start, crop.size, crop.angle)

    def __call__(self, cells: NDArray[Any], part: Region | None = None) -> Any:
        import cv2

        return self._upsampled(cells, cv2.INTER_LINEAR)[relative_to(self.region, part or self.region)]

    def put(self, cells: NDArray[Any], where: U8, into: NDArray[Any], part: Region | None = None) -> None:
        import cv2

        seen = relative_to(self.region, part or self.region)
        taken, chosen = (self._upsampled(x, cv2.INTER_NEAREST)[seen] for x in (cells, where))
        cv2.copyTo(taken, chosen, into)

    def covered(self, where: U8) -> Region:
        return self.region

    def _upsampled(self, cells: NDArray[Any], interpolation: int) -> Any:
        """Return (h, w) or (h, w, C) over the square, warped to the whole region."""
        import cv2

        rows, columns = self.region
        size = columns.stop - columns.start, rows.stop - rows.start
        flags = interpolation | cv2.WARP_INVERSE_MAP
        matrix = _pixels_to_cells(self._crop, cells.shape)
        return cv2.warpAffine(cells, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)


def _pixels_to_cells(crop: CropBox, shape: tuple[int, ...]) -> NDArray[np.float64]:
    """Return the (2, 3) affine map from pixel indices to the cell indices of an array of this shape over the crop."""
    to_pixels = np.vstack([crop.matrix.astype(np.float64), [0, 0, 1]])
    half = np.array([shape[1], shape[0]]) / 2
    to_cells = np.array([[half[0], 0, half[0] - 0.5], [0, half[1], half[1] - 0.5], [0, 0, 1]])
    center = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1]])
    return np.asarray((to_cells @ np.linalg.inv(to_pixels) @ center)[:2], np.float64)


def _block(part: slice, count: int, side: int) -> tuple[slice, int, int]:
    """Return which cells a part of the upsampled square needs.

    Args:
        part: Pixels of the square.
        count: Cells along the square.
        side: Pixels along the square.

    Returns:
        The cells, with one more at each end for interpolation; how many pixels they become; and the index of the first
        pixel of the part among those.
    """
    first = max(0, part.start * count // side - 1)
    last = min(count, -(-part.stop * count // side) + 1)
    start, stop = round(first * side / count), round(last * side / count)
    return slice(first, last), stop - start, part.start - start


def _extent(part: slice) -> int:
    return int(part.stop - part.start)


def _moved(part: slice, by: int) -> slice:
    return slice(part.start + by, part.stop + by)
