"""Upsamples small maps over a square in a picture to the pixels of the picture."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from avatarify.compose.regions import Region, clipped, intersection, is_empty
from avatarify.face.box import CropBox
from avatarify.frames import U8

Shape = tuple[int, ...]  # rows and columns of a map
Indices = tuple[NDArray[np.intp], ...]  # rows and columns


def upsampler(picture: U8, crop: CropBox) -> Upsampler:
    """Return an upsampler from a square to the pixels of a picture.

    Args:
        picture: (H, W) or (H, W, C); only its size matters.
        crop: The square in it, pixels; may extend beyond it. One that is not rotated is rounded to whole pixels.
    """
    return _UprightUpsampler(picture, _whole_pixels(crop)) if crop.angle == 0 else Upsampler(picture, crop)


class Upsampler:
    """Upsamples maps over one square; outside of it, in the upright region, its border is repeated.

    Args:
        picture: (H, W) or (H, W, C); only its size matters.
        crop: The square in it, pixels; may extend beyond it.

    Attributes:
        region: The part of the picture that the square covers; may be empty.
    """

    def __init__(self, picture: U8, crop: CropBox) -> None:
        half = crop.size / 2 * (abs(math.cos(crop.angle)) + abs(math.sin(crop.angle)))
        extent = math.ceil(2 * half)
        height, width = picture.shape[:2]
        self.region: Region = (
            clipped(math.floor(crop.y - half), extent, height),
            clipped(math.floor(crop.x - half), extent, width),
        )
        self._crop = crop
        self._matrices: dict[Shape, list[list[float]]] = {}

    def __call__(self, cells: NDArray[Any], part: Region | None = None) -> Any:
        """Upsample a map linearly.

        Args:
            cells: (h, w) or (h, w, C) uint8 or float32; covers the square.
            part: The part of the picture to return, inside ``region`` and not empty; None for all of ``region``.

        Returns:
            (height, width) or (height, width, C) of the part, of the same dtype.
        """
        shape = cells.shape[:2]
        return self.enlarged(cells, _whole(shape), shape, part or self.region)

    def enlarged(self, cells: NDArray[Any], block: Region, shape: Shape, part: Region) -> Any:
        """Upsample some cells of a map linearly.

        Args:
            cells: (h, w) or (h, w, C) of the block.
            block: Which cells these are: at least those that ``block`` returns for the part.
            shape: Shape of the whole map.
            part: The part of the picture to return, inside ``region`` and not empty.

        Returns:
            (height, width) or (height, width, C) of the part, of the same dtype.
        """
        import cv2

        rows, columns = part
        (a, b, x), (c, d, y) = self._matrix(shape)
        x += a * columns.start + b * rows.start - block[1].start
        y += c * columns.start + d * rows.start - block[0].start
        matrix = np.array([[a, b, x], [c, d, y]])
        flags = cv2.WARP_INVERSE_MAP | cv2.INTER_LINEAR
        size = columns.stop - columns.start, rows.stop - rows.start
        return cv2.warpAffine(cells, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)

    def block(self, shape: Shape, part: Region) -> Region:
        """Return the cells of a map of this shape, (rows, columns), that a part of the picture needs."""
        return _whole(shape)

    def pixels_in(self, where: U8, part: Region) -> tuple[Indices, Indices]:
        """Return the pixels of a part whose center is in one of some cells, and the cell of each.

        Args:
            where: (h, w) uint8, not 0 in these cells; covers the square.
            part: Of the picture, inside ``region`` and not empty.

        Returns:
            Rows and columns of the n pixels in the part, and rows and columns of their cells, each (n,).
        """
        rows, columns = part
        y, x = np.mgrid[rows, columns]
        matrix = np.array(self._matrix(where.shape))
        at = np.rint(np.stack([x, y], -1) @ matrix[:, :2].T + matrix[:, 2]).astype(np.intp)
        cell_x, cell_y = (np.clip(at[..., axis], 0, where.shape[1 - axis] - 1) for axis in (0, 1))
        seen = np.nonzero(where[cell_y, cell_x])
        return seen, (cell_y[seen], cell_x[seen])

    def covered(self, where: U8) -> Region:
        """Return the part of the picture that the nonzero cells affect.

        Args:
            where: (h, w) uint8; covers the square.
        """
        return self.region

    def _matrix(self, shape: Shape) -> list[list[float]]:
        if shape not in self._matrices:
            self._matrices[shape] = _pixels_to_cells(self._crop, shape).tolist()
        return self._matrices[shape]


class _UprightUpsampler(Upsampler):
    """For a square of whole pixels that is not rotated: each pixel is in one row and one column of cells."""

    def __init__(self, picture: U8, crop: CropBox) -> None:
        super().__init__(picture, crop)
        self._side = round(crop.size)
        self._corner = round(crop.y - crop.size / 2), round(crop.x - crop.size / 2)

    def block(self, shape: Shape, part: Region) -> Region:
        rows, columns = (
            slice(max(0, start * count // self._side - 1), min(count, -(-stop * count // self._side) + 1))
            for start, stop, count in zip(*self._in_square(part), shape, strict=True)
        )
        return rows, columns

    def pixels_in(self, where: U8, part: Region) -> tuple[Indices, Indices]:
        block = self.block(where.shape, part)
        near = intersection(part, self._pixels_of(_bounds(where, block), where.shape))
        if is_empty(near):
            none = np.empty(0, np.intp)
            return (none, none), (none, none)
        rows, columns = (
            (2 * np.arange(start, stop) + 1) * count // (2 * self._side)
            for start, stop, count in zip(*self._in_square(near), where.shape, strict=True)
        )
        y, x = np.nonzero(where[rows][:, columns])
        return (y + near[0].start - part[0].start, x + near[1].start - part[1].start), (rows[y], columns[x])

    def covered(self, where: U8) -> Region:
        return self._pixels_of(_bounds(where, _whole(where.shape)), where.shape)

    def _pixels_of(self, cells: Region, shape: Shape) -> Region:
        """Return the part of the picture that some cells affect."""
        if is_empty(cells):
            return cells
        rows, columns = (
            slice((side.start - 1) * self._side // count + corner, -(-(side.stop + 1) * self._side // count) + corner)
            for side, count, corner in zip(cells, shape, self._corner, strict=True)
        )
        return intersection(self.region, (rows, columns))

    def _in_square(self, part: Region) -> tuple[list[int], list[int]]:
        """Return the first pixel of rows and columns, and the first after them, from the corner of the square."""
        sides = list(zip(part, self._corner, strict=True))
        return [side.start - corner for side, corner in sides], [side.stop - corner for side, corner in sides]


def _whole_pixels(crop: CropBox) -> CropBox:
    """Return the square of whole pixels nearest to one that is not rotated."""
    side = max(1, round(crop.size))
    left, top = round(crop.x - crop.size / 2), round(crop.y - crop.size / 2)
    return CropBox(left + side / 2, top + side / 2, float(side))


def _bounds(where: U8, block: Region) -> Region:
    """Return the smallest region with all cells of a block that are not 0; may be empty."""
    import cv2

    x, y, width, height = cv2.boundingRect(where[block])
    top, left = block[0].start + y, block[1].start + x
    return slice(top, top + height), slice(left, left + width)


def _whole(shape: Shape) -> Region:
    return slice(0, shape[0]), slice(0, shape[1])


def _pixels_to_cells(crop: CropBox, shape: Shape) -> NDArray[np.float64]:
    """Return the (2, 3) affine map from pixel indices to the cell indices of an array of this shape over the crop."""
    cos, sin, half = math.cos(crop.angle), math.sin(crop.angle), crop.size / 2
    to_pixels = np.array([[half * cos, -half * sin, crop.x], [half * sin, half * cos, crop.y], [0, 0, 1]])
    half_rows, half_columns = shape[0] / 2, shape[1] / 2
    to_cells = np.array([[half_columns, 0, half_columns - 0.5], [0, half_rows, half_rows - 0.5], [0, 0, 1]])
    center = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1]])
    return np.asarray((to_cells @ np.linalg.inv(to_pixels) @ center)[:2], np.float64)
