"""Small maps over a square: the identity motion field, and weights that fade out toward its sides."""

from __future__ import annotations

import functools

import numpy as np

from avatarify.face.box import CropBox
from avatarify.frames import F32, U8
from avatarify.motion.arrays import smoothstep

RAMP = 0.08  # fraction of the crop's side over which the motion fades out toward the unchanged picture


def inner_sides(picture: U8, crop: CropBox) -> tuple[bool, bool, bool, bool]:
    """Return which sides of the crop are inside the picture, so that the unchanged picture continues beyond them.

    Args:
        picture: (H, W) or (H, W, C).
        crop: A square in it, pixels.

    Returns:
        Left, right, top, bottom; all of them for a rotated crop.
    """
    if crop.angle != 0:
        return True, True, True, True
    height, width = picture.shape[:2]
    half = crop.size / 2
    return crop.x - half > 1, crop.x + half < width - 1, crop.y - half > 1, crop.y + half < height - 1


@functools.lru_cache(maxsize=8)
def identity(height: int, width: int) -> F32:
    """Return the motion field that moves nothing; must not be written to.

    Args:
        height: Of the field, cells.
        width: Of the field, cells.

    Returns:
        (height, width, 2) float32: (x, y) of the center of each cell, -1 and 1 being the outer edges of the field.
    """
    x, y = (2 * np.arange(n, dtype=np.float32) + 1 for n in (width, height))
    return np.stack(np.meshgrid(x / width - 1, y / height - 1), axis=-1)


@functools.lru_cache(maxsize=8)
def places(height: int, width: int) -> F32:
    """Return ``identity`` as planes, (2, height, width) float32; must not be written to."""
    return np.ascontiguousarray(np.moveaxis(identity(height, width), -1, 0))


def shift_of(deformation: F32) -> F32:
    """Return how far each cell's source is from the cell, (2, h, w) float32: a plane of x and one of y.

    Args:
        deformation: (h, w, 2) float32, backward flow (see ``Generated``).
    """
    height, width = deformation.shape[:2]
    return np.subtract(np.moveaxis(deformation, -1, 0), places(height, width), dtype=np.float32, order="C")


@functools.lru_cache(maxsize=8)
def fade(height: int, width: int, sides: tuple[bool, bool, bool, bool], ramp: float) -> F32:
    """Return weights that are 0 in the outermost cells of the given sides and rise smoothly to 1 inside.

    Args:
        height: Of the map, cells.
        width: Of the map, cells.
        sides: Whether to fade at left, right, top, bottom.
        ramp: Fraction of the side length over which the weights rise.

    Returns:
        (height, width) float32 in [0, 1]; must not be written to.
    """
    left, right, top, bottom = sides
    return np.asarray(np.outer(_rise(height, top, bottom, ramp), _rise(width, left, right, ramp)), np.float32)


def _rise(count: int, first: bool, last: bool, ramp: float) -> F32:
    steps = np.arange(count, dtype=np.float32) / max(1.0, ramp * count)
    smooth = smoothstep(np.asarray(steps, np.float32))
    flat = np.ones_like(smooth)
    return np.asarray(np.minimum(smooth if first else flat, smooth[::-1] if last else flat), np.float32)


def resized(cells: F32, side: int) -> F32:
    """Return a map (h, w) float32 with as many cells along each side, interpolated linearly."""
    import cv2

    return cells if cells.shape == (side, side) else cv2.resize(cells, (side, side), interpolation=cv2.INTER_LINEAR)


def drawn_weight(visible: F32, side: int, sides: tuple[bool, bool, bool, bool]) -> F32:
    """Return the weight of a generated picture: the rest of an occlusion map, fading out toward the unchanged picture.

    Args:
        visible: (v, v) float32 in [0, 1] (see ``Generated``).
        side: Of the generated picture, pixels.
        sides: See ``fade``.

    Returns:
        (side, side) float32, 0 to 255.
    """
    import cv2

    hidden = cv2.subtract(1.0, resized(visible, side))
    return np.asarray(cv2.multiply(hidden, fade(side, side, sides, RAMP), scale=255), np.float32)
