"""Bends a square of a picture as a generator says, at the picture's full resolution."""

from __future__ import annotations

import numpy as np

from avatarify.compose.upsampling import empty, fade, identity, inner_sides, spread
from avatarify.face.box import CropBox
from avatarify.frames import F32, U8, Generated

RAMP = 0.08  # share of the crop's side in which the motion dies out towards the untouched picture
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
        self._spread = spread(picture, crop)
        self.region = self._spread.region
        self._origin = np.array([self.region[1].start, self.region[0].start], np.float32)
        self._fades = inner_sides(picture, crop)

    def into(self, target: U8, generated: Generated) -> None:
        """Draw the bent crop into its ``region`` of a picture of the same size, (H, W, 3) uint8 RGB, in place."""
        import cv2

        if empty(self.region):
            return
        warped = self._warped(generated.deformation)
        keep, add = self._shares(generated)
        part = target[self.region]
        cv2.multiply(warped, self._spread(keep), dst=warped, scale=1 / 255)
        cv2.add(warped, self._spread(add), dst=part)

    def _warped(self, deformation: F32) -> U8:
        """Take the picture's pixels from where the motion field says, (h, w, 3) of the region."""
        import cv2

        shape = deformation.shape[:2]
        still, weights = identity(*shape), fade(*shape, self._fades, RAMP)
        shift = (deformation - still) * weights[..., None]
        pixels = shift @ self._linear.T + self._origin
        whole = self._spread(pixels)
        self._spread.put(pixels, tears(shift, cell=2 / shape[0]), whole)
        flags = cv2.INTER_LINEAR | cv2.WARP_RELATIVE_MAP
        return np.asarray(cv2.remap(self._picture, whole, None, flags, borderMode=cv2.BORDER_REPLICATE))

    def _shares(self, generated: Generated) -> tuple[U8, U8]:
        """Return the share of the picture, and the generated picture times its own share; both (S, S, 3).

        Multiplied while small: enlarging the product is cheaper than blending enlarged pictures, and as right.
        """
        import cv2

        side = generated.image.shape[0]
        visible = cv2.resize(generated.visible, (side, side), interpolation=cv2.INTER_LINEAR)
        drawn = np.rint((1 - visible) * fade(side, side, self._fades, RAMP) * 255).astype(np.uint8)
        three = cv2.merge([drawn, drawn, drawn])
        return cv2.bitwise_not(three), cv2.multiply(generated.image, three, scale=1 / 255)


def tears(shift: F32, cell: float) -> U8:
    """Return (h, w) 255 in the cells along tears of the motion, where a lid shuts over the eye; 0 elsewhere.

    Enlarging smoothly across a tear would sweep over what lies between its lips: a white line on a shut eye.

    Args:
        shift: (h, w, 2) from each cell to what it takes.
        cell: Distance of neighbouring cells in the same units.
    """
    torn = np.zeros(shift.shape[:2], np.uint8)
    jump = np.abs(np.diff(shift[..., 1], axis=0) + cell) > _TEAR * cell
    torn[:-1][jump] = 255
    torn[1:][jump] = 255
    return torn
