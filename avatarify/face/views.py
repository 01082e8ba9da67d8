"""Where to look again when a picture as a whole shows the detector no face."""

from __future__ import annotations

from collections.abc import Iterator

from avatarify.face.box import CropBox
from avatarify.frames import U8

VIEW_PIXELS = 384
_MARGIN = 1.6
_SHARES = ((0.6, 3), (0.35, 5))  # side of a window by the picture's shorter side, windows along it
_SMALLEST = 200.0  # pixels; in smaller windows, enlarged, the detector sees faces in teeth and arrows


def with_margin(image: U8) -> CropBox:
    """Return the whole picture (H, W, 3) in a wide margin, for a face that fills it."""
    height, width = image.shape[:2]
    return CropBox(width / 2, height / 2, _MARGIN * max(height, width))


def windows(image: U8) -> Iterator[list[CropBox]]:
    """Yield sets of square windows of a picture (H, W, 3), from the likely and cheap to the rest.

    First the squares along the longer side (a tall or wide picture), then finer and finer grids (a small face), each
    from its middle outwards.
    """
    height, width = image.shape[:2]
    short, long = sorted((height, width))
    if long > 1.2 * short:
        yield _grid(width, height, float(short), 3)
    for share, count in _SHARES:
        if share * short < _SMALLEST:
            return
        yield _grid(width, height, share * short, count)


def _grid(width: int, height: int, side: float, count: int) -> list[CropBox]:
    xs, ys = _centers(width, side, count), _centers(height, side, count)
    boxes = [CropBox(x, y, side) for y in ys for x in xs]
    return sorted(boxes, key=lambda box: (box.x - width / 2) ** 2 + (box.y - height / 2) ** 2)


def _centers(length: int, side: float, count: int) -> list[float]:
    room = length - side
    if room < 1:
        return [length / 2]
    return [side / 2 + room * i / (count - 1) for i in range(count)]
