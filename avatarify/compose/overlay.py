"""Bends a person cut out of a picture and lays it over the clean background, at the picture's full resolution."""

from __future__ import annotations

import math

import numpy as np

from avatarify.compose.layers import Layers, over
from avatarify.compose.paste import RAMP, tears
from avatarify.compose.person_motion import WIDER, PersonMotion
from avatarify.compose.upsampling import Region, common, empty, fade, inner_sides, seen_from, spread
from avatarify.face.box import CropBox
from avatarify.frames import F32, U8, Generated

_FEWEST = 4  # of 255: less of a drawn pixel than this is not worth its time


class Overlay:
    """Puts generated crops of one person over a background that stays as it is.

    Only the person is bent (see ``PersonMotion``), so hair and outline move as a whole. Drawn pixels are used where a
    generator tells that they are the person, or else only inside the bent person.

    Args:
        layers: The picture, taken apart.
        crop: The generator's square in it, pixels; may reach outside, where the border is repeated.
    """

    def __init__(self, layers: Layers, crop: CropBox) -> None:
        self._layers = layers
        alpha = np.ascontiguousarray(layers.person[..., 3])
        self._motion = PersonMotion(alpha, crop)
        self._spread, self._spread_drawn = spread(alpha, self._motion.square), spread(alpha, crop)
        self.region = self._spread.region
        self._linear = crop.matrix[:, :2]
        self._fades = inner_sides(alpha, crop)
        self._extent = _extent(alpha)

    def into(self, target: U8, generated: Generated) -> None:
        """Draw person and background into ``region`` of a picture of the same size, (H, W, 3) uint8 RGB, in place.

        Outside of where the person may be now, ``target`` must show the background already.
        """
        shift, inside = self._motion.of(generated)
        part = self._touched(shift)
        if empty(part):
            return
        person = self._bent(shift, part)
        self._draw(person, part, generated, inside)
        over(person, self._layers.plate[part], target[part])

    def _touched(self, shift: F32) -> Region:
        """Return the part of the picture in which the person is or was."""
        reach = math.ceil(float(np.abs(shift).max()) * float(np.abs(self._linear).sum(axis=1).max())) + 1
        wider = tuple(slice(side.start - reach, side.stop + reach) for side in self._extent)
        return common(self.region, (wider[0], wider[1]))

    def _bent(self, shift: F32, part: Region) -> U8:
        """Take the person's pixels from where the motion says, (h, w, 4) of the part."""
        import cv2

        origin = np.array([[part[1].start], [part[0].start]], np.float32)
        pixels = cv2.transform(shift, np.hstack([self._linear, origin]))
        there = self._spread(pixels, part)
        self._spread.put(pixels, tears(shift, cell=2 * WIDER / shift.shape[0]), there, part)
        flags = cv2.INTER_LINEAR | cv2.WARP_RELATIVE_MAP
        return np.asarray(cv2.remap(self._layers.person, there, None, flags, borderMode=cv2.BORDER_REPLICATE))

    def _draw(self, person: U8, part: Region, generated: Generated, inside: F32) -> None:
        """Put the generated pixels into the bent person (h, w, 4) of the part, in place."""
        import cv2

        share, colour = self._drawn(generated, inside)
        drawn_in = common(part, self._spread_drawn.covered(share))
        if empty(drawn_in):
            return
        under = person[seen_from(part, drawn_in)]
        keep = self._spread_drawn(cv2.bitwise_not(cv2.merge([share] * 4)), drawn_in)
        cv2.add(cv2.multiply(under, keep, scale=1 / 255), self._spread_drawn(colour, drawn_in), dst=under)

    def _drawn(self, generated: Generated, inside: F32) -> tuple[U8, U8]:
        """Return how much of the bent person is replaced, (S, S), and by what, (S, S, 4) as in ``Layers.person``."""
        import cv2

        side = generated.image.shape[0]
        known = generated.matte is not None
        visible, own = (
            cv2.resize(cells, (side, side), interpolation=cv2.INTER_LINEAR)
            for cells in (generated.visible, generated.matte if generated.matte is not None else inside)
        )
        share = (1 - visible) * fade(side, side, self._fades, RAMP) * 255
        replaced, own = (share, own) if known else (share * own, np.ones_like(own))
        replaced = np.where(replaced < _FEWEST, 0, replaced)
        alpha = np.rint(replaced * own).astype(np.uint8)
        image = cv2.merge([generated.image, np.full_like(alpha, 255)])
        colour = cv2.multiply(image, cv2.merge([alpha] * 4), scale=1 / 255)
        return np.rint(replaced).astype(np.uint8), np.asarray(colour, np.uint8)


def _extent(alpha: U8) -> Region:
    """Return the smallest part of a picture that has all of the person."""
    import cv2

    left, top, width, height = cv2.boundingRect(alpha)
    return slice(top, top + height), slice(left, left + width)
