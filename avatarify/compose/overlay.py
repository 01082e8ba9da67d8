"""Warps a person cut out of a picture over the clean plate, at the full resolution of the picture."""

from __future__ import annotations

import numpy as np

from avatarify.compose.fields import drawn_weight, inner_sides, resized
from avatarify.compose.layers import Layers, over
from avatarify.compose.person_motion import PersonMotion
from avatarify.compose.person_regions import WIDER
from avatarify.compose.reach import Reach, beside
from avatarify.compose.regions import Region, Regions, intersection, is_empty, relative_to
from avatarify.compose.upsampling import upsampler
from avatarify.compose.warp import Warp, tears
from avatarify.face.box import CropBox
from avatarify.frames import F32, U8, Generated

_SMALLEST_WEIGHT = 4  # of 255: generated pixels of no more weight are skipped to save time


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
        self._warp = Warp(layers.person, self._motion.square, crop)
        self._upsample = upsampler(alpha, crop)
        self.region = self._warp.region
        self._reach = Reach(alpha, self.region, crop.matrix[:, :2], self._warp.block)
        self._fades = inner_sides(alpha, crop)

    def into(self, target: U8, generated: Generated, before: Regions | None = None) -> Regions:
        """Draw person and background in place.

        Args:
            target: (H, W, 3) uint8 RGB of the size of the picture; only ``region`` is written to.
            generated: The generator's result for the crop.
            before: What ``into`` returned for the frame that the target shows; None if it shows something else.

        Returns:
            The parts of ``region`` that were drawn: elsewhere the person cannot be, and there is the background.
        """
        if is_empty(self.region):
            return ()
        shift, inside = self._motion.of(generated)
        torn = tears(shift, cell=2 * WIDER / shift.shape[1])
        weight, color = self._generated_layer(generated, inside)
        affected = self._upsample.covered(weight)
        drawn = self._reach.of(shift, affected)
        self._erase(target, before, drawn)
        for part in drawn:
            if not is_empty(part):
                person = self._warp(shift, torn, part)
                self._blend_generated(person, part, intersection(part, affected), weight, color)
                over(person, self._layers.background[part], target[part])
        return drawn

    def _erase(self, target: U8, before: Regions | None, drawn: Regions) -> None:
        """Show the background where the person was before and cannot be now."""
        if before is None:
            target[self.region] = self._layers.background[self.region]
            return
        for old, new in zip(before, drawn, strict=False):
            for part in beside(old, new):
                target[part] = self._layers.background[part]

    def _blend_generated(self, person: U8, part: Region, affected: Region, weight: U8, color: U8) -> None:
        """Blend the generated pixels into the warped person (h, w, 4) of the part, in place."""
        import cv2

        if is_empty(affected):
            return
        under = person[relative_to(part, affected)]
        keep = cv2.merge([cv2.bitwise_not(self._upsample(weight, affected))] * 4)
        cv2.add(cv2.multiply(under, keep, scale=1 / 255), self._upsample(color, affected), dst=under)

    def _generated_layer(self, generated: Generated, inside: F32 | None) -> tuple[U8, U8]:
        """Return how much of the warped person is replaced, and by what.

        Args:
            generated: The generator's result.
            inside: (c, c) float32 in [0, 1]: 1 where the crop shows the inside of the person; needed without a matte.

        Returns:
            The weight, (S, S) uint8, and the replacement, (S, S, 4) uint8 RGBA, premultiplied by alpha and weight.
        """
        import cv2

        side = generated.image.shape[0]
        weight = drawn_weight(generated.visible, side, self._fades)
        # With a matte, the replacement may be transparent, so a generator can move the outline inward. Without one, it
        # is opaque and limited to the inside of the person.
        matte = None if generated.matte is None else resized(generated.matte, side)
        if inside is not None:
            weight = cv2.multiply(weight, resized(inside, side))
        _, weight = cv2.threshold(weight, _SMALLEST_WEIGHT, 0, cv2.THRESH_TOZERO)
        rounded = cv2.convertScaleAbs(weight)
        x, y, width, height = cv2.boundingRect(rounded)
        near = slice(y, y + height), slice(x, x + width)
        color = np.zeros((side, side, 4), np.uint8)
        if width:
            alpha = cv2.convertScaleAbs(weight[near] if matte is None else cv2.multiply(weight[near], matte[near]))
            image = cv2.cvtColor(generated.image[near], cv2.COLOR_RGB2RGBA)
            cv2.multiply(image, cv2.merge([alpha] * 4), dst=color[near], scale=1 / 255)
        return np.asarray(rounded, np.uint8), color
