"""Rectangular parts of a picture, as slices of its rows and columns."""

from __future__ import annotations

Region = tuple[slice, slice]
"""Rows and columns."""

Regions = tuple[Region, ...]


def is_empty(region: Region) -> bool:
    """Return whether a region has no pixels."""
    return any(part.start >= part.stop for part in region)


def intersection(one: Region, other: Region) -> Region:
    """Return what two regions have in common; may be empty."""
    rows, columns = (slice(max(a.start, b.start), min(a.stop, b.stop)) for a, b in zip(one, other, strict=True))
    return rows, columns


def relative_to(outer: Region, inner: Region) -> Region:
    """Return a region in the coordinates of one that contains it."""
    rows, columns = (slice(i.start - o.start, i.stop - o.start) for o, i in zip(outer, inner, strict=True))
    return rows, columns


def clipped(start: int, extent: int, limit: int) -> slice:
    """Return the part of a range, from ``start`` for ``extent`` pixels, that is in a picture of ``limit`` pixels."""
    first = min(limit, max(0, start))
    return slice(first, max(first, min(limit, start + extent)))
