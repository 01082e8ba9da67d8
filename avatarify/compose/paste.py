"""Bends a square of a picture as a generator says, at the picture's full resolution."""

from __future__ import annotations

import functools
import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from avatarify.face.box import CropBox
from avatarify.frames import F32, U8, Generated

_RAMP = 0.08  # share of the crop's side in which the motion dies out towards the untouched picture


_TEAR = 2.0  # cells by which neighbours' sources must differ to count as a tear


class Paste:
    """Puts generated crops into one picture.

    The motion field and the mask are enlarged, not the generated picture: pixels come from the picture itself wherever
    the generator says that it shows what is needed. Towards sides of the crop that lie inside the picture all motion
    fades out, so that nothing can be seen of them.

    Args:
        picture: (H, W, 3) uint8 RGB, what is bent.
        crop: The generator's square in it, pixels of ``picture``; may reach outside, where the border is repeated.
    """

    def __init__(self, picture: U8, crop: CropBox) -> None:
        self._picture = np.ascontiguousarray(picture)
        self._linear = crop.matrix[:, :2]
        self._spread = _Upright(picture, crop) if crop.angle == 0 else _Turned(picture, crop)
        self.region = self._spread.region
        self._origin = np.array([self.region[1].start, self.region[0].start], np.float32)
        self._fades = _inner_sides(picture, crop)

    def into(self, target: U8, generated: Generated) -> None:
        """Draw the bent crop into its ``region`` of a picture of the same size, (H, W, 3) uint8 RGB, in place."""
        import cv2

        if self.region[0].start >= self.region[0].stop or self.region[1].start >= self.region[1].stop:
            return
        warped = self._warped(generated.deformation)
        keep, add = self._shares(generated)
        part = target[self.region]
        cv2.multiply(warped, self._spread(keep), dst=warped, scale=1 / 255)
        cv2.add(warped, self._spread(add), dst=part)

    def _warped(self, deformation: F32) -> U8:
        """Take the picture's pixels from where the motion field says, (h, w, 3) of the region."""
        import cv2

        still, fade = _identity(*deformation.shape[:2]), _fade(*deformation.shape[:2], self._fades)
        shift = ((deformation - still) * fade[..., None]) @ self._linear.T + self._origin
        whole = self._spread(shift)
        tears = _tears(deformation)
        if tears.any():
            cv2.copyTo(self._spread(shift, cv2.INTER_NEAREST), self._spread(tears, cv2.INTER_NEAREST), whole)
        flags = cv2.INTER_LINEAR | cv2.WARP_RELATIVE_MAP
        return np.asarray(cv2.remap(self._picture, whole, None, flags, borderMode=cv2.BORDER_REPLICATE))

    def _shares(self, generated: Generated) -> tuple[U8, U8]:
        """Return the share of the picture, and the generated picture times its own share; both (S, S, 3).

        Multiplied while small: enlarging the product is cheaper than blending enlarged pictures, and as right.
        """
        import cv2

        side = generated.image.shape[0]
        visible = cv2.resize(generated.visible, (side, side), interpolation=cv2.INTER_LINEAR)
        drawn = np.rint((1 - visible) * _fade(side, side, self._fades) * 255).astype(np.uint8)
        three = cv2.merge([drawn, drawn, drawn])
        return cv2.bitwise_not(three), cv2.multiply(generated.image, three, scale=1 / 255)


class _Upright:
    """Enlarges what covers an unturned crop to the part of it that lies in the picture."""

    def __init__(self, picture: U8, crop: CropBox) -> None:
        self._side = max(1, round(crop.size))
        left, top = round(crop.x - crop.size / 2), round(crop.y - crop.size / 2)
        height, width = picture.shape[:2]
        rows, columns = _overlap(top, self._side, height), _overlap(left, self._side, width)
        self.region = rows, columns
        self._part = _moved(rows, -top), _moved(columns, -left)

    def __call__(self, cells: NDArray[Any], how: int = 1) -> Any:
        import cv2

        whole = cv2.resize(cells, (self._side, self._side), interpolation=how)
        return whole[self._part]


class _Turned:
    """The same for a turned crop; around it, in its upright frame, the border is repeated."""

    def __init__(self, picture: U8, crop: CropBox) -> None:
        half = crop.size / 2 * (abs(math.cos(crop.angle)) + abs(math.sin(crop.angle)))
        extent = math.ceil(2 * half)
        height, width = picture.shape[:2]
        rows = _overlap(math.floor(crop.y - half), extent, height)
        columns = _overlap(math.floor(crop.x - half), extent, width)
        self.region = rows, columns
        self._crop = CropBox(crop.x - columns.start, crop.y - rows.start, crop.size, crop.angle)

    def __call__(self, cells: NDArray[Any], how: int = 1) -> Any:
        import cv2

        rows, columns = self.region
        size = columns.stop - columns.start, rows.stop - rows.start
        flags = how | cv2.WARP_INVERSE_MAP
        matrix = _pixels_to_cells(self._crop, cells.shape)
        return cv2.warpAffine(cells, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)


def _tears(deformation: F32) -> U8:
    """Return (h, w) 255 in the cells along tears of the motion, where a lid shuts over the eye; 0 elsewhere.

    Enlarging smoothly across a tear would sweep over what lies between its lips: a white line on a shut eye.
    """
    height = deformation.shape[0]
    torn = np.zeros(deformation.shape[:2], np.uint8)
    jump = np.abs(np.diff(deformation[..., 1], axis=0)) > _TEAR * 2 / height
    torn[:-1][jump] = 255
    torn[1:][jump] = 255
    return torn


def _pixels_to_cells(crop: CropBox, shape: tuple[int, ...]) -> NDArray[np.float64]:
    """Return the (2, 3) map from the index of a pixel to the index of a cell of an array that covers the crop."""
    to_pixels = np.vstack([crop.matrix.astype(np.float64), [0, 0, 1]])
    half = np.array([shape[1], shape[0]]) / 2
    to_cells = np.array([[half[0], 0, half[0] - 0.5], [0, half[1], half[1] - 0.5], [0, 0, 1]])
    centre = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1]])
    return np.asarray((to_cells @ np.linalg.inv(to_pixels) @ centre)[:2], np.float64)


def _overlap(start: int, extent: int, limit: int) -> slice:
    first = min(limit, max(0, start))
    return slice(first, max(first, min(limit, start + extent)))


def _moved(part: slice, by: int) -> slice:
    return slice(part.start + by, part.stop + by)


def _inner_sides(picture: U8, crop: CropBox) -> tuple[bool, bool, bool, bool]:
    """Tell which sides of the crop (left, right, top, bottom) have untouched picture beyond them."""
    if crop.angle != 0:
        return True, True, True, True
    height, width = picture.shape[:2]
    half = crop.size / 2
    return crop.x - half > 1, crop.x + half < width - 1, crop.y - half > 1, crop.y + half < height - 1


@functools.lru_cache(maxsize=8)
def _identity(height: int, width: int) -> F32:
    """Return the motion field (h, w, 2) that moves nothing."""
    x, y = (2 * np.arange(n, dtype=np.float32) + 1 for n in (width, height))
    return np.stack(np.meshgrid(x / width - 1, y / height - 1), axis=-1)


@functools.lru_cache(maxsize=8)
def _fade(height: int, width: int, sides: tuple[bool, bool, bool, bool]) -> F32:
    """Return (h, w) weights: 0 in the outermost cells of the named sides, smoothly rising to 1 inside."""
    left, right, top, bottom = sides
    return np.asarray(np.outer(_rise(height, top, bottom), _rise(width, left, right)), np.float32)


def _rise(count: int, first: bool, last: bool) -> F32:
    steps = np.arange(count, dtype=np.float32) / max(1.0, _RAMP * count)
    smooth = np.clip(steps, 0, 1) ** 2 * (3 - 2 * np.clip(steps, 0, 1))
    flat = np.ones_like(smooth)
    return np.asarray(np.minimum(smooth if first else flat, smooth[::-1] if last else flat), np.float32)
