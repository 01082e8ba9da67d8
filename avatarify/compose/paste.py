"""Warps a square of a picture by a generator's motion field, at the full resolution of the picture."""

from __future__ import annotations

import numpy as np

from avatarify.compose.fields import fade, identity, inner_sides
from avatarify.compose.regions import is_empty
from avatarify.compose.upsampling import upsampler
from avatarify.face.box import CropBox
from avatarify.frames import F32, U8, Generated

RAMP = 0.08  # fraction of the crop's side over which the motion fades out toward the unchanged picture
_TEAR = 2.0  # cells: neighbors whose sources differ by more are on the two sides of a tear


class Paste:
    """Draws generated crops into one picture.

    The motion field and the occlusion map are upsampled, not the generated picture: wherever the portrait shows what is
    needed, pixels come from the picture itself. Toward sides of the crop that are inside the picture, all motion fades
    out, so that these sides are not visible.

    Args:
        picture: (H, W, 3) uint8 RGB, the picture to warp.
        crop: The generator's square in it, pixels; may extend beyond it, where its border is repeated.
    """

    def __init__(self, picture: U8, crop: CropBox) -> None:
        self._picture = np.ascontiguousarray(picture)
        self._linear = crop.matrix[:, :2]
        self._upsample = upsampler(picture, crop)
        self.region = self._upsample.region
        self._origin = np.array([self.region[1].start, self.region[0].start], np.float32)
        self._fades = inner_sides(picture, crop)

    def into(self, target: U8, generated: Generated) -> None:
        """Draw the warped crop in place.

        Args:
            target: (H, W, 3) uint8 RGB of the size of the picture; only ``region`` is written to.
            generated: The generator's result for the crop.
        """
        import cv2

        if is_empty(self.region):
            return
        warped = self._warped(generated.deformation)
        keep, add = self._weights(generated)
        part = target[self.region]
        cv2.multiply(warped, self._upsample(keep), dst=warped, scale=1 / 255)
        cv2.add(warped, self._upsample(add), dst=part)

    def _warped(self, deformation: F32) -> U8:
        """Return the picture sampled where the motion field points to, (h, w, 3) uint8 RGB of the region.

        Args:
            deformation: (n, n, 2) float32, backward flow (see ``Generated``).
        """
        import cv2

        shape = deformation.shape[:2]
        unmoved, weights = identity(*shape), fade(*shape, self._fades, RAMP)
        shift = (deformation - unmoved) * weights[..., None]
        pixels = shift @ self._linear.T + self._origin
        whole = self._upsample(pixels)
        self._upsample.put(pixels, tears(shift, cell=2 / shape[0]), whole)
        flags = cv2.INTER_LINEAR | cv2.WARP_RELATIVE_MAP
        return np.asarray(cv2.remap(self._picture, whole, None, flags, borderMode=cv2.BORDER_REPLICATE))

    def _weights(self, generated: Generated) -> tuple[U8, U8]:
        """Return the weight of the picture, and the generated picture times its own weight; both (S, S, 3) uint8.

        They are multiplied at the generator's resolution: upsampling the product costs less than blending upsampled
        pictures, and gives the same result because upsampling is linear.
        """
        import cv2

        side = generated.image.shape[0]
        visible = cv2.resize(generated.visible, (side, side), interpolation=cv2.INTER_LINEAR)
        drawn = np.rint((1 - visible) * fade(side, side, self._fades, RAMP) * 255).astype(np.uint8)
        three = cv2.merge([drawn, drawn, drawn])
        return cv2.bitwise_not(three), cv2.multiply(generated.image, three, scale=1 / 255)


def tears(shift: F32, cell: float) -> U8:
    """Mark the cells along tears of the motion, where a lid closes over the eye.

    Interpolating the motion across a tear would sweep over what is between its two sides: a white line on a closed eye.

    Args:
        shift: (h, w, 2) float32, offset from each cell to its source.
        cell: Distance of neighboring cells in the same units.

    Returns:
        (h, w) uint8: 255 in the cells along a tear, else 0.
    """
    torn = np.zeros(shift.shape[:2], np.uint8)
    jump = np.abs(np.diff(shift[..., 1], axis=0) + cell) > _TEAR * cell
    torn[:-1][jump] = 255
    torn[1:][jump] = 255
    return torn
