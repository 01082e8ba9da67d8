"""Warps a person cut out of a picture over the clean plate, at the full resolution of the picture."""

from __future__ import annotations

import math

import numpy as np

from avatarify.compose.fields import fade, inner_sides
from avatarify.compose.layers import Layers, over
from avatarify.compose.paste import RAMP, tears
from avatarify.compose.person_motion import PersonMotion
from avatarify.compose.person_regions import WIDER
from avatarify.compose.regions import Region, intersection, is_empty, relative_to
from avatarify.compose.upsampling import upsampler
from avatarify.face.box import CropBox
from avatarify.frames import F32, U8, Generated

_SMALLEST_WEIGHT = 4  # of 255: generated pixels of less weight are skipped to save time


class Overlay:
    """Draws generated crops of one person over a background that does not change.

    Only the person is warped (see ``PersonMotion``), so hair and outline move as a whole. Generated pixels are used
    where the generator's matte says that they belong to the person; without a matte, only inside the warped person.

    Args:
        layers: The picture, split into person and background.
        crop: The generator's square in it, pixels; may extend beyond it, where its border is repeated.
    """

    def __init__(self, layers: Layers, crop: CropBox) -> None:
        self._layers = layers
        alpha = np.ascontiguousarray(layers.person[..., 3])
        self._motion = PersonMotion(alpha, crop)
        self._upsample = upsampler(alpha, self._motion.square)
        self._upsample_crop = upsampler(alpha, crop)
        self.region = self._upsample.region
        self._linear = crop.matrix[:, :2]
        self._fades = inner_sides(alpha, crop)
        self._extent = _extent(alpha)

    def into(self, target: U8, generated: Generated) -> None:
        """Draw person and background in place.

        Args:
            target: (H, W, 3) uint8 RGB of the size of the picture; only ``region`` is written to. Where the person
                cannot be in this frame, it must show the background already.
            generated: The generator's result for the crop.
        """
        shift, inside = self._motion.of(generated)
        part = self._affected_part(shift)
        if is_empty(part):
            return
        person = self._warped_person(shift, part)
        self._blend_generated(person, part, generated, inside)
        over(person, self._layers.background[part], target[part])

    def _affected_part(self, shift: F32) -> Region:
        """Return the part of the picture in which the person is or was.

        Args:
            shift: (m, m, 2) float32 in crop coordinates, as from ``PersonMotion.of``.
        """
        # The largest shift, converted to pixels by the larger row sum of the crop's matrix, bounds every movement.
        reach = math.ceil(float(np.abs(shift).max()) * float(np.abs(self._linear).sum(axis=1).max())) + 1
        wider = tuple(slice(side.start - reach, side.stop + reach) for side in self._extent)
        return intersection(self.region, (wider[0], wider[1]))

    def _warped_person(self, shift: F32, part: Region) -> U8:
        """Return the person layer sampled where the motion points to, (h, w, 4) uint8 of the part."""
        import cv2

        # remap takes offsets relative to the pixels of its output, so the offset of the part within the layer is added.
        origin = np.array([[part[1].start], [part[0].start]], np.float32)
        pixels = cv2.transform(shift, np.hstack([self._linear, origin]))
        offsets = self._upsample(pixels, part)
        # Along tears the offsets must not be interpolated.
        self._upsample.put(pixels, tears(shift, cell=2 * WIDER / shift.shape[0]), offsets, part)
        flags = cv2.INTER_LINEAR | cv2.WARP_RELATIVE_MAP
        return np.asarray(cv2.remap(self._layers.person, offsets, None, flags, borderMode=cv2.BORDER_REPLICATE))

    def _blend_generated(self, person: U8, part: Region, generated: Generated, inside: F32) -> None:
        """Blend the generated pixels into the warped person (h, w, 4) of the part, in place."""
        import cv2

        weight, color = self._generated_layer(generated, inside)
        affected = intersection(part, self._upsample_crop.covered(weight))
        if is_empty(affected):
            return
        under = person[relative_to(part, affected)]
        keep = self._upsample_crop(cv2.bitwise_not(cv2.merge([weight] * 4)), affected)
        cv2.add(cv2.multiply(under, keep, scale=1 / 255), self._upsample_crop(color, affected), dst=under)

    def _generated_layer(self, generated: Generated, inside: F32) -> tuple[U8, U8]:
        """Return how much of the warped person is replaced, and by what.

        Args:
            generated: The generator's result.
            inside: (c, c) float32 in [0, 1]: 1 where the crop shows the inside of the person.

        Returns:
            The weight, (S, S) uint8, and the replacement, (S, S, 4) uint8 RGBA, premultiplied by alpha and weight.
        """
        import cv2

        side = generated.image.shape[0]
        has_matte = generated.matte is not None
        visible, matte = (
            cv2.resize(cells, (side, side), interpolation=cv2.INTER_LINEAR)
            for cells in (generated.visible, generated.matte if generated.matte is not None else inside)
        )
        weight = (1 - visible) * fade(side, side, self._fades, RAMP) * 255
        # With a matte, the replacement may be transparent, so a generator can move the outline inward. Without one, it
        # is opaque and limited to the inside of the person.
        weight, matte = (weight, matte) if has_matte else (weight * matte, np.ones_like(matte))
        weight = np.where(weight < _SMALLEST_WEIGHT, 0, weight)
        alpha = np.rint(weight * matte).astype(np.uint8)
        image = cv2.merge([generated.image, np.full_like(alpha, 255)])
        color = cv2.multiply(image, cv2.merge([alpha] * 4), scale=1 / 255)
        return np.rint(weight).astype(np.uint8), np.asarray(color, np.uint8)


def _extent(alpha: U8) -> Region:
    """Return the smallest region of (H, W) uint8 that contains the whole person."""
    import cv2

    left, top, width, height = cv2.boundingRect(alpha)
    return slice(top, top + height), slice(left, left + width)
