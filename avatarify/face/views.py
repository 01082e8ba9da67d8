"""Where to search again when the detector finds no face in the whole picture."""

from __future__ import annotations

from collections.abc import Iterator

from avatarify.face.box import CropBox
from avatarify.frames import U8

VIEW_PIXELS = 384
_MARGIN = 1.6
_GRIDS = ((0.6, 3), (0.35, 5))  # side of a window as a fraction of the picture's shorter side; windows along each side
_FINE_GRIDS = ((0.22, 9), (0.13, 15))  # for the small faces of a large photograph
_SMALLEST = 200.0  # pixels; in smaller windows, enlarged, the detector mistakes teeth and arrows for faces


def with_margin(image: U8) -> CropBox:
    """Return a box around the whole picture, (H, W, 3), with a wide margin: for a face that fills it."""
    height, width = image.shape[:2]
    return CropBox(width / 2, height / 2, _MARGIN * max(height, width))


def fine_windows(image: U8) -> Iterator[list[CropBox]]:
    """Yield finer grids of windows than ``windows``, for a photograph at its full size.

    Args:
        image: (H, W, 3); only its size matters.
    """
    height, width = image.shape[:2]
    for fraction, count in _FINE_GRIDS:
        if fraction * min(height, width) >= _SMALLEST:
            yield _grid(width, height, fraction * min(height, width), count)


def windows(image: U8) -> Iterator[list[CropBox]]:
    """Yield sets of square windows of a picture, the likely and fast ones first.

    First the squares along the longer side (for a tall or wide picture), then finer and finer grids (for a small face),
    each from the center outward.

    Args:
        image: (H, W, 3); only its size matters.
    """
    height, width = image.shape[:2]
    short, long = sorted((height, width))
    if long > 1.2 * short:
        yield _grid(width, height, float(short), 3)
    for fraction, count in _GRIDS:
        if fraction * short < _SMALLEST:
            return
        yield _grid(width, height, fraction * short, count)


def _grid(width: int, height: int, side: float, count: int) -> list[CropBox]:
    xs, ys = _centers(width, side, count), _centers(height, side, count)
    boxes = [CropBox(x, y, side) for y in ys for x in xs]
    return sorted(boxes, key=lambda box: (box.x - width / 2) ** 2 + (box.y - height / 2) ** 2)


def _centers(length: int, side: float, count: int) -> list[float]:
    room = length - side
    if room < 1:
        return [length / 2]
    return [side / 2 + room * i / (count - 1) for i in range(count)]
