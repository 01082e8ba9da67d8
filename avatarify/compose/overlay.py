"""Bends a person cut out of a picture and lays it over the clean background, at the picture's full resolution."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from avatarify.compose.fill import fill
from avatarify.compose.layers import Layers, over
from avatarify.compose.paste import tears
from avatarify.compose.spread import Region, empty, fade, identity, inner_sides, spread
from avatarify.face.box import CropBox
from avatarify.frames import F32, U8, Generated

_MARGIN = 4  # the motion is continued beyond the crop by its side divided by this
_COARSE = 64  # cells a side in which the motion is continued
_EDGE = 2  # cells inside the matte's edge where a motion is not trusted: it may be mixed with the background's
_T = TypeVar("_T", np.float32, np.uint8)
_SEEN = 0.4, 0.8  # share of visible portrait from which on, and at which fully, a motion is the person's


class Overlay:
    """Puts generated crops of one person over a background that stays as it is.

    A generator's motion field describes head, shoulders and background in one, and mixes them along the outline. Here
    it counts where it moves the inside of the person; outwards, from the last cell that counts, it is continued beyond
    the outline and the crop, so that hair and outline move as a whole. Drawn pixels are used inside the person only.

    Args:
        layers: The picture, taken apart.
        crop: The generator's square in it, pixels; may reach outside, where the border is repeated.
    """

    def __init__(self, layers: Layers, crop: CropBox) -> None:
        self._layers = layers
        self._linear = crop.matrix[:, :2]
        wide = CropBox(crop.x, crop.y, crop.size * (1 + 2 / _MARGIN), crop.angle)
        self._spread, self._spread_drawn = spread(layers.plate, wide), spread(layers.plate, crop)
        self.region = self._spread.region
        self._drawn_part = _within(self.region, self._spread_drawn.region)
        self._origin = np.array([self.region[1].start, self.region[0].start], np.float32)
        self._fades, self._wide_fades = inner_sides(layers.plate, crop), inner_sides(layers.plate, wide)
        self._inside = _inside(layers.person, wide)

    def into(self, target: U8, generated: Generated) -> None:
        """Draw person and background into ``region`` of a picture of the same size, (H, W, 3) uint8 RGB, in place."""
        if empty(self.region):
            return
        shift, inside = self._motion(generated)
        person = self._bent(shift, tears(generated.deformation))
        if not empty(self._drawn_part):
            self._draw(person[self._drawn_part], generated, inside)
        target[self.region] = over(person, self._layers.plate[self.region])

    def _motion(self, generated: Generated) -> tuple[F32, F32]:
        """Return the person's motion as shifts of crop coordinates, for the crop and its margin, and the person.

        The latter is (c, c) in [0, 1]: 1 where the crop shows the inside of the moved person.
        """
        import cv2

        shift = generated.deformation - identity(*generated.deformation.shape[:2])
        side = min(_COARSE, shift.shape[0])
        coarse = cv2.resize(shift, (side, side), interpolation=cv2.INTER_AREA)
        seen = cv2.resize(generated.visible, (side, side), interpolation=cv2.INTER_AREA)
        known = self._taken_from_inside(coarse) * _smooth(seen, *_SEEN)
        margin = side // _MARGIN
        wide = fill(_framed(coarse, margin), _framed(known, margin))
        middle = slice(margin, margin + side)
        inner = wide[middle, middle]
        inside = self._taken_from_inside(inner + known[..., None] * (coarse - inner))
        return _replaced(wide, shift, known), inside

    def _taken_from_inside(self, shift: F32) -> F32:
        """Return (c, c): how far inside the person that lies which shifts (c, c, 2) bring to each cell of the crop."""
        import cv2

        share = 1 / (1 + 2 / _MARGIN)
        cells = self._inside.shape[0] / 2
        places = ((identity(*shift.shape[:2]) + shift) * share + 1) * cells - 0.5
        found = cv2.remap(
            self._inside, places.astype(np.float32), None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )
        return np.asarray(found, np.float32)

    def _bent(self, shift: F32, torn: U8) -> U8:
        """Take the person's pixels from where the motion says, (h, w, 4) of the region."""
        import cv2

        weights = fade(*shift.shape[:2], self._wide_fades, 1 / (_MARGIN + 2))
        pixels = (shift * weights[..., None]) @ self._linear.T + self._origin
        whole = self._spread(pixels)
        if torn.any():
            torn = _framed(torn, (shift.shape[0] - torn.shape[0]) // 2)
            cv2.copyTo(self._spread(pixels, cv2.INTER_NEAREST), self._spread(torn, cv2.INTER_NEAREST), whole)
        flags = cv2.INTER_LINEAR | cv2.WARP_RELATIVE_MAP
        return np.asarray(cv2.remap(self._layers.person, whole, None, flags, borderMode=cv2.BORDER_REPLICATE))

    def _draw(self, person: U8, generated: Generated, inside: F32) -> None:
        """Put the generated pixels into the bent person (h, w, 4) of the crop, in place."""
        import cv2

        side = generated.image.shape[0]
        visible, inside = (
            cv2.resize(x, (side, side), interpolation=cv2.INTER_LINEAR) for x in (generated.visible, inside)
        )
        drawn = np.rint((1 - visible) * inside * fade(side, side, self._fades, 0.08) * 255).astype(np.uint8)
        if not drawn.any():
            return
        four = cv2.merge([drawn] * 4)
        image = cv2.merge([generated.image, np.full_like(drawn, 255)])
        add = cv2.multiply(image, four, scale=1 / 255)
        kept = cv2.multiply(person, self._spread_drawn(cv2.bitwise_not(four)), scale=1 / 255)
        cv2.add(kept, self._spread_drawn(add), dst=person)


def _inside(person: U8, wide: CropBox) -> F32:
    """Return (n, n) in [0, 1]: 1 well inside the person, 0 along the outline and beyond."""
    import cv2

    side = _COARSE + 2 * (_COARSE // _MARGIN)
    alpha = wide.cut(np.ascontiguousarray(person[..., 3]), side)
    shape = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * _EDGE + 1, 2 * _EDGE + 1))
    core = cv2.erode(alpha, shape, borderType=cv2.BORDER_REPLICATE)
    return np.asarray(_smooth(cv2.GaussianBlur(core, (0, 0), 0.7).astype(np.float32) / 255, 0.6, 0.98), np.float32)


def _framed(cells: NDArray[_T], margin: int) -> NDArray[_T]:
    """Put zeros around (n, n) or (n, n, C)."""
    import cv2

    framed = cv2.copyMakeBorder(cells, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=0.0)
    return np.asarray(framed, cells.dtype)


def _replaced(wide: F32, shift: F32, known: F32) -> F32:
    """Enlarge ``wide`` to the cells of ``shift`` and put that in its middle as far as it is known."""
    import cv2

    side = shift.shape[0]
    margin = side // _MARGIN
    fine = cv2.resize(wide, (side + 2 * margin,) * 2, interpolation=cv2.INTER_LINEAR)
    middle = fine[margin : margin + side, margin : margin + side]
    middle += cv2.resize(known, (side, side), interpolation=cv2.INTER_LINEAR)[..., None] * (shift - middle)
    return np.asarray(fine, np.float32)


def _smooth(values: F32, low: float, high: float) -> F32:
    share = np.clip((values - low) / (high - low), 0, 1)
    return np.asarray(share * share * (3 - 2 * share), np.float32)


def _within(outer: Region, inner: Region) -> Region:
    """Express a region relative to one that contains it."""
    rows, columns = (slice(i.start - o.start, i.stop - o.start) for o, i in zip(outer, inner, strict=True))
    return rows, columns
