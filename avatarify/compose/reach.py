"""Where a warped person can be in a frame: bands of rows, each with the columns that the motion in it can reach."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable

import numpy as np

from avatarify.compose.regions import Region, intersection
from avatarify.frames import F32, U8

_BANDS = 6  # more bands follow the outline more closely, but each costs some calls
_STEP = 8  # rows for which the person's columns are known
_Range = tuple[int, int]


class Reach:
    """Bounds where a person is, so that nothing else is drawn.

    Args:
        alpha: (H, W) uint8, the fraction of each pixel that belongs to the person.
        region: The part of the picture in which the person moves.
        linear: (2, 2), from shifts in crop coordinates to pixels.
        block: Returns the cells (rows, columns) of a map of some shape that a part of the picture needs.
    """

    def __init__(
        self, alpha: U8, region: Region, linear: F32, block: Callable[[tuple[int, ...], Region], Region]
    ) -> None:
        self._size = alpha.shape
        self._columns = region[1]
        self._linear = linear.tolist()
        self._block = block
        edges = np.linspace(region[0].start, region[0].stop, _BANDS + 1).round().astype(int).tolist()
        self._bands = [slice(a, b) for a, b in itertools.pairwise(edges)]
        self._extents = [_extent(alpha[top : top + _STEP]) for top in range(0, alpha.shape[0], _STEP)]

    def of(self, shift: F32, also: Region) -> tuple[Region, ...]:
        """Return the part of each band in which the person can be, always as many; some may be empty.

        Args:
            shift: (2, m, m) float32 in crop coordinates: each cell shows what the picture has at its place plus this.
            also: A part of the picture that is to be covered too; may be empty.
        """
        return tuple((band, self._with(also, band, self._reached(shift, band))) for band in self._bands)

    def _reached(self, shift: F32, band: slice) -> slice:
        import cv2

        rows, _ = self._block(shift.shape[1:], (band, self._columns))
        (x_from, x_to), (y_from, y_to) = self._pixels([cv2.minMaxLoc(plane[rows])[:2] for plane in shift])
        height, width = self._size
        # Beyond the picture its border is repeated, so at least one of its rows is seen.
        top, bottom = min(max(band.start + y_from, 0), height - 1), max(min(band.stop + y_to, height), 1)
        extents = self._extents[top // _STEP : (bottom - 1) // _STEP + 1]
        left, right = min(first for first, _ in extents), max(last for _, last in extents)
        if left >= right:
            return slice(0, 0)
        first = left - x_to if left else 0
        last = right - x_from if right < width else width
        return slice(max(first, self._columns.start), min(last, self._columns.stop))

    def _pixels(self, ranges: list[tuple[float, float]]) -> list[_Range]:
        """Convert the ranges of x and y from crop coordinates to pixels, one pixel wider for the interpolation."""
        products = [[a * x + b * y for x in ranges[0] for y in ranges[1]] for a, b in self._linear]
        return [(math.floor(min(values)) - 1, math.ceil(max(values)) + 1) for values in products]

    def _with(self, also: Region, band: slice, reached: slice) -> slice:
        (rows, columns) = intersection(also, (band, self._columns))
        if rows.start >= rows.stop or columns.start >= columns.stop:
            return reached
        if reached.start >= reached.stop:
            return columns
        return slice(min(columns.start, reached.start), max(columns.stop, reached.stop))


def _extent(alpha: U8) -> _Range:
    """Return the first column of (H, W) with a person and the first after them; without one, (W, 0)."""
    import cv2

    left, _, width, _ = cv2.boundingRect(np.ascontiguousarray(alpha))
    return (left, left + width) if width else (alpha.shape[1], 0)


def beside(old: Region, new: Region) -> list[Region]:
    """Return what a region had on the left and on the right of another one of the same rows."""
    rows, columns = old
    if new[1].start >= new[1].stop:
        return [old]
    left = slice(columns.start, min(columns.stop, new[1].start))
    right = slice(max(columns.start, new[1].stop), columns.stop)
    return [(rows, part) for part in (left, right) if part.start < part.stop]
