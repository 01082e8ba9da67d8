"""Samples a picture where a motion points to, at the full resolution of the picture."""

from __future__ import annotations

import numpy as np

from avatarify.compose.regions import Region
from avatarify.compose.upsampling import upsampler
from avatarify.face.box import CropBox
from avatarify.frames import F32, U8

_TEAR = 2.0  # cells: neighbors whose sources differ by more are on the two sides of a tear


class Warp:
    """Warps parts of one picture.

    Args:
        picture: (H, W, C) uint8.
        square: Where the motion is given, pixels; may extend beyond the picture, where its border is repeated.
        crop: The square in whose coordinates the motion is given.

    Attributes:
        region: The part of the picture that the square covers; may be empty.
        block: See ``Upsampler.block``.
    """

    def __init__(self, picture: U8, square: CropBox, crop: CropBox) -> None:
        self._picture = picture
        self._upsample = upsampler(picture, square)
        self._linear = crop.matrix[:, :2]
        self.region = self._upsample.region
        self.block = self._upsample.block

    def __call__(self, shift: F32, torn: U8, part: Region) -> U8:
        """Return a part of the warped picture, (h, w, C) uint8.

        Args:
            shift: (2, m, m) float32, the x and y from each cell of the square to its source.
            torn: (m, m) uint8: where the motion is not interpolated (see ``tears``).
            part: Of the picture, inside ``region`` and not empty.
        """
        import cv2

        shape = torn.shape
        block = self._upsample.block(shape, part)
        # remap takes offsets relative to the pixels of its output, so the offset of the part is added.
        origin = np.array([part[1].start, part[0].start], np.float32)
        cells = self._pixels(shift[:, *block]) + origin[:, None, None]
        x, y = (self._upsample.enlarged(plane, block, shape, part) for plane in cells)
        if cv2.hasNonZero(torn[block]):
            pixels, (rows, columns) = self._upsample.pixels_in(torn, part)
            for offset, values in zip((x, y), self._pixels(shift[:, rows, columns]) + origin[:, None], strict=True):
                offset[pixels] = values
        flags = cv2.INTER_LINEAR | cv2.WARP_RELATIVE_MAP
        return np.asarray(cv2.remap(self._picture, x, y, flags, borderMode=cv2.BORDER_REPLICATE))

    def _pixels(self, shift: F32) -> F32:
        """Convert shifts, (2, ...), from crop coordinates to pixels."""
        (a, b), (c, d) = self._linear
        if b == 0 and c == 0:
            return np.asarray(shift * a, np.float32)
        x, y = shift
        return np.stack([a * x + b * y, c * x + d * y])


def tears(shift: F32, cell: float) -> U8:
    """Mark the cells along tears of the motion, where a lid closes over the eye.

    Interpolating the motion across a tear would sweep over what is between its two sides: a white line on a closed eye.

    Args:
        shift: (2, h, w) float32, offset (x, y) from each cell to its source.
        cell: Distance of neighboring cells in the same units.

    Returns:
        (h, w) uint8: 255 in the cells along a tear, else 0.
    """
    import cv2

    step = cv2.subtract(shift[1, 1:], shift[1, :-1])
    far = cv2.bitwise_not(cv2.inRange(step, -(_TEAR + 1) * cell, (_TEAR - 1) * cell))
    torn = cv2.copyMakeBorder(far, 0, 1, 0, 0, cv2.BORDER_CONSTANT)
    cv2.bitwise_or(torn[1:], far, dst=torn[1:])
    return np.asarray(torn)
