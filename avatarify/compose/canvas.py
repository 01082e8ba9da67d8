"""Fits a portrait of any shape into a picture of fixed size."""

from __future__ import annotations

import numpy as np

from avatarify.frames import U8, Size

LONGEST_SIDE = 1080
_SLIVER = 1.01  # if the aspect ratios differ by less, cut off a little of the portrait instead of adding thin bars
_BACKDROP_BRIGHTNESS = 0.4
_BLUR_CELLS = 48


def fit(image: U8, size: Size, fill: tuple[int, int, int] | None = None) -> tuple[U8, float, tuple[int, int]]:
    """Show a whole picture in the middle of a canvas.

    Args:
        image: (H, W, 3) uint8 RGB.
        size: Size of the canvas.
        fill: RGB color of the bars; None for a dark, blurred enlargement of the picture.

    Returns:
        The canvas, (size.height, size.width, 3) uint8 RGB; the scale; and the offset (x, y) in pixels, so that a point
        of the picture is at ``scale * point + offset`` on the canvas. If the aspect ratios differ by less than 1 %,
        there are no bars but a little of the picture is cut off, and the offset is negative.
    """
    shown, scale, offset = shown_part(image, size)
    canvas = _blurred_backdrop(image, size) if fill is None else np.full((size.height, size.width, 3), fill, np.uint8)
    left, top = max(0, offset[0]), max(0, offset[1])
    canvas[top : top + shown.shape[0], left : left + shown.shape[1]] = shown
    return canvas, scale, offset


def shown_part(image: U8, size: Size) -> tuple[U8, float, tuple[int, int]]:
    """Return what ``fit`` shows of a picture.

    Args:
        image: (H, W) or (H, W, C) uint8.
        size: Size of the canvas.

    Returns:
        The visible part at the resolution of the canvas, (h, w) or (h, w, C) uint8; scale and offset as for ``fit``.
    """
    height, width = image.shape[:2]
    scales = size.width / width, size.height / height
    scale = max(scales) if max(scales) / min(scales) < _SLIVER else min(scales)
    inner = max(1, round(width * scale)), max(1, round(height * scale))
    offset = (size.width - inner[0]) // 2, (size.height - inner[1]) // 2
    cut = max(0, -offset[1]), max(0, -offset[0])
    return _resized(image, *inner)[cut[0] :, cut[1] :][: size.height, : size.width], scale, offset


def own_size(image: U8, longest_side: int = LONGEST_SIDE) -> Size:
    """Return the output size for a picture without another requirement: long side limited, both sides even.

    Args:
        image: (H, W, 3).
        longest_side: Limit for the long side, pixels.
    """
    height, width = image.shape[:2]
    scale = min(1.0, longest_side / max(height, width))
    return Size(max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2))


def _blurred_backdrop(image: U8, size: Size) -> U8:
    """Return a canvas covered by the picture, strongly blurred and darkened, (H, W, 3) uint8 RGB."""
    import cv2

    height, width = image.shape[:2]
    cover = max(size.width / width, size.height / height)
    part = round(size.width / cover), round(size.height / cover)
    left, top = (width - part[0]) // 2, (height - part[1]) // 2
    middle = image[top : top + part[1], left : left + part[0]]
    cells = _BLUR_CELLS, max(2, round(_BLUR_CELLS * size.height / size.width))
    few = cv2.GaussianBlur(cv2.resize(middle, cells, interpolation=cv2.INTER_AREA), (0, 0), 2.5)
    # Enlarged as float: rounded to bytes, so smooth a picture would show bands.
    smooth = cv2.resize(few.astype(np.float32), (size.width, size.height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(np.clip(smooth * _BACKDROP_BRIGHTNESS, 0, 255), np.uint8)


def _resized(image: U8, width: int, height: int) -> U8:
    """Resize (H, W) or (H, W, C) uint8: averaging areas when shrinking, bicubic when enlarging."""
    import cv2

    interpolation = cv2.INTER_AREA if width < image.shape[1] else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(image, (width, height), interpolation=interpolation))
