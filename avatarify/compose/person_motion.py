"""Separates a person's motion from that of the background in a generator's motion field, which has both in one."""

from __future__ import annotations

import numpy as np

from avatarify.compose.extrapolation import extrapolated
from avatarify.compose.fields import fade, identity, inner_sides
from avatarify.compose.person_regions import MARGIN, WIDER, cut_edges, face_map, head_map, inside_map
from avatarify.face.box import CropBox
from avatarify.frames import F32, U8, Generated
from avatarify.motion.arrays import smoothstep

# Lengths are in crop coordinates, in which the crop's side is 2, unless they are in cells.
_COARSE = 64  # cells along the crop in which the motion is extrapolated

# Pairs are the start and the end of a smooth transition.
_NEAR = 0.08, 0.16  # distance from the extrapolated motion up to which a motion is accepted, and from which it is not
_FAR = 0.12, 0.25  # distance from the head's rigid motion: up to the first perhaps parallax, from the second on wrong
_FAR_IN_FACE = 0.24, 0.34  # the same in the face, where lids close and jaws drop
_SEEN = 0.4, 0.8  # fraction of visible portrait from which on, and at which fully, a motion is the person's
_UNLIMITED = np.float32(4)  # larger than any shift


class PersonMotion:
    """Extrapolates a person's motion beyond the outline.

    A generator mixes the motions of head and background along the outline, which would tear the hair. So its motion
    counts only where its source is inside the person, the portrait is visible, and, in the head, the motion is near the
    rigid motion of the head. From the outermost cells that count it is extrapolated, beyond outline and crop, and fades
    out toward sides that are inside the picture.

    Args:
        alpha: (H, W) uint8, the fraction of each pixel that belongs to the person.
        crop: The generator's square in the picture, pixels.

    Attributes:
        square: The crop with its margin, in which the motion is known.
    """

    def __init__(self, alpha: U8, crop: CropBox) -> None:
        self.square = CropBox(crop.x, crop.y, crop.size * WIDER, crop.angle)
        self._sides = inner_sides(alpha, self.square)
        self._cut_edges = cut_edges(alpha, crop)
        soft = self.square.cut(alpha, round(_COARSE * WIDER))
        self._person = smoothstep(np.asarray(soft, np.float32), 100, 200)
        self._inside, self._head, self._face = inside_map(soft), head_map(soft), face_map(soft)

    def of(self, generated: Generated) -> tuple[F32, F32]:
        """Separate the person's motion.

        Args:
            generated: With a motion field of (n, n, 2).

        Returns:
            Shifts in crop coordinates for the crop and its margin, (m, m, 2) float32 with m = 1.5 n: each cell shows
            what the portrait has at the cell's place plus the shift. And where the crop shows the inside of the moved
            person, (c, c) float32 in [0, 1].
        """
        import cv2

        shift = generated.deformation - identity(*generated.deformation.shape[:2])
        side = min(_COARSE, shift.shape[0])
        margin = side // MARGIN
        # Everything is decided on a coarse grid; the fine motion only replaces the coarse one where it counts.
        own = _padded(cv2.resize(shift, (side, side), interpolation=cv2.INTER_AREA), margin)
        seen = _padded(cv2.resize(generated.visible, (side, side), interpolation=cv2.INTER_AREA), margin)
        seen = smoothstep(seen, *_SEEN)
        known = self._sampled(self._inside, own)
        known *= seen if generated.head is None else self._plausible(own, seen, generated.head)
        wide = extrapolated(own, known)
        # Near the outline a motion is not trusted by itself, but it is used where it agrees with the extrapolation.
        known = np.maximum(known, self._agreeing(own, wide) * seen)
        inside = self._sampled(self._inside, wide + known[..., None] * (own - wide))
        wide *= fade(*wide.shape[:2], self._sides, margin / wide.shape[0])[..., None]
        center = slice(margin, margin + side)
        whole = _refined(wide, shift, known[center, center])
        self._hold_cut_edges(whole)
        return whole, inside[center, center]

    def _hold_cut_edges(self, shift: F32) -> None:
        """Keep a person who is cut by the picture's edge attached to it, in place.

        The picture has nothing beyond the edge, so what would move away from it is stretched instead.

        Args:
            shift: (m, m, 2) float32 in crop coordinates.
        """
        y = identity(*shift.shape[:2])[:, 0, 1] * np.float32(WIDER)
        for sign, edge, transition in self._cut_edges:
            limit = np.maximum(edge - sign * y, 0) / 2 + _UNLIMITED * (1 - smoothstep(sign * y, *transition))
            rows = limit < (sign * shift[..., 1]).max()
            shift[rows, :, 1] = sign * np.minimum(sign * shift[rows, :, 1], limit[rows, None])

    def _plausible(self, shift: F32, seen: F32, head: F32) -> F32:
        """Return how far each shift counts if the head moves nearly rigidly.

        Where the head moves to, and where a generator shows it, a motion far from the rigid one is a ghost of the
        unmoved head, or hair left behind. The center of the face is an exception: lids and jaws move far, and what they
        uncover is generated, but the portrait's pixels beside and below have to move all the same.

        Args:
            shift: (c, c, 2) float32 in crop coordinates.
            seen: (c, c) float32 in [0, 1], visibility of the portrait.
            head: (2, 3) float32, the rigid motion (see ``Generated.head``).

        Returns:
            (c, c) float32 in [0, 1].
        """
        places = identity(*shift.shape[:2]) * WIDER
        rigid = np.asarray(places @ head[:, :2].T + head[:, 2] - places, np.float32)
        in_head = np.maximum(self._sampled(self._head, rigid), self._sampled(self._head, shift))
        distance = _length(shift - rigid)
        plausible = (1 - in_head * smoothstep(distance, *_FAR)) * seen
        in_face = np.minimum(self._sampled(self._face, rigid), self._sampled(self._face, shift))
        face = in_face * (1 - smoothstep(distance, *_FAR_IN_FACE))
        return np.asarray(np.maximum(plausible, face), np.float32)

    def _agreeing(self, shift: F32, wide: F32) -> F32:
        """Return where a motion (c, c, 2) of the person is near the extrapolated one, (c, c) float32 in [0, 1]."""
        near = 1 - smoothstep(_length(shift - wide), *_NEAR)
        return np.asarray(near * self._sampled(self._person, shift), np.float32)

    def _sampled(self, cells: F32, shift: F32) -> F32:
        """Return a map of the portrait as the motion moves it.

        Args:
            cells: (c, c) float32 over the square.
            shift: (c, c, 2) float32 in crop coordinates.

        Returns:
            (c, c) float32: for each cell, the value at its source.
        """
        import cv2

        places = identity(*shift.shape[:2]) + shift / WIDER
        indices = np.asarray((places + 1) * (cells.shape[0] / 2) - 0.5, np.float32)
        return np.asarray(
            cv2.remap(cells, indices, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32
        )


def _padded(cells: F32, margin: int) -> F32:
    """Return (n, n) or (n, n, C) float32 with a margin of zeros on each side."""
    import cv2

    padded = cv2.copyMakeBorder(cells, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=0.0)
    return np.asarray(padded, np.float32)


def _refined(wide: F32, shift: F32, known: F32) -> F32:
    """Upsample the coarse motion and replace it by the fine one in the crop, as far as that counts.

    Args:
        wide: (c, c, 2) float32, the coarse motion of crop and margin.
        shift: (n, n, 2) float32, the fine motion of the crop.
        known: (k, k) float32 in [0, 1] over the crop, how far the fine motion counts.

    Returns:
        (m, m, 2) float32, the fine motion of crop and margin.
    """
    import cv2

    side = shift.shape[0]
    margin = side // MARGIN
    fine = cv2.resize(wide, (side + 2 * margin,) * 2, interpolation=cv2.INTER_LINEAR)
    center = fine[margin : margin + side, margin : margin + side]
    weight = cv2.resize(cv2.merge([known, known]), (side, side), interpolation=cv2.INTER_LINEAR)
    cv2.add(center, cv2.multiply(weight, cv2.subtract(shift, center)), dst=center)
    return np.asarray(fine, np.float32)


def _length(vectors: F32) -> F32:
    """Return the lengths (h, w) of vectors (h, w, 2), float32."""
    import cv2

    x, y = cv2.split(vectors)
    return np.asarray(cv2.magnitude(x, y), np.float32)
