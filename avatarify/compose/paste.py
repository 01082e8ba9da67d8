"""Warps a square of a picture by a generator's motion field, at the full resolution of the picture."""

from __future__ import annotations

from avatarify.compose.fields import RAMP, drawn_weight, fade, inner_sides, shift_of
from avatarify.compose.regions import Region, Regions, is_empty
from avatarify.compose.upsampling import upsampler
from avatarify.compose.warp import Warp, tears
from avatarify.face.box import CropBox
from avatarify.frames import U8, Generated

_BAND = 64  # pixels high: what is computed for so many rows stays in the processor's cache


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
        import cv2

        # Four bytes a pixel: OpenCV warps these twice as fast as three.
        self._warp = Warp(cv2.cvtColor(picture, cv2.COLOR_RGB2RGBA), crop, crop)
        self._upsample = upsampler(picture, crop)
        self.region = self._upsample.region
        self._fades = inner_sides(picture, crop)

    def into(self, target: U8, generated: Generated, before: Regions | None = None) -> Regions:
        """Draw the warped crop in place.

        Args:
            target: (H, W, 3) uint8 RGB of the size of the picture; only ``region`` is written to.
            generated: The generator's result for the crop.
            before: Ignored: each frame covers the same part.

        Returns:
            The part that was drawn.
        """
        import cv2

        if is_empty(self.region):
            return ()
        cells = generated.deformation.shape[:2]
        shift = shift_of(generated.deformation) * fade(*cells, self._fades, RAMP)
        torn = tears(shift, cell=2 / cells[0])
        keep, add = self._weights(generated)
        for part in self._bands():
            warped = cv2.cvtColor(self._warp(shift, torn, part), cv2.COLOR_RGBA2RGB)
            cv2.multiply(warped, self._upsample(keep, part), dst=warped, scale=1 / 255)
            cv2.add(warped, self._upsample(add, part), dst=target[part])
        return (self.region,)

    def _bands(self) -> list[Region]:
        rows, columns = self.region
        starts = range(rows.start, rows.stop, _BAND)
        return [(slice(start, min(start + _BAND, rows.stop)), columns) for start in starts]

    def _weights(self, generated: Generated) -> tuple[U8, U8]:
        """Return the weight of the picture, and the generated picture times its own weight; both (S, S, 3) uint8.

        They are multiplied at the generator's resolution: upsampling the product costs less than blending upsampled
        pictures, and gives the same result because upsampling is linear.
        """
        import cv2

        drawn = cv2.convertScaleAbs(drawn_weight(generated.visible, generated.image.shape[0], self._fades))
        three = cv2.merge([drawn, drawn, drawn])
        return cv2.bitwise_not(three), cv2.multiply(generated.image, three, scale=1 / 255)
