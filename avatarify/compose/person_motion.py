"""Separates a person's motion from that of the background in a generator's motion field, which has both in one."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from avatarify.compose.extrapolation import extrapolated
from avatarify.compose.fields import fade, inner_sides, places, shift_of
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
        import cv2

        self.square = CropBox(crop.x, crop.y, crop.size * WIDER, crop.angle)
        self._sides = inner_sides(alpha, self.square)
        self._cut_edges = cut_edges(alpha, crop)
        soft = self.square.cut(alpha, round(_COARSE * WIDER))
        person = smoothstep(np.asarray(soft, np.float32), 100, 200)
        self._maps = cv2.merge([inside_map(soft), person, head_map(soft), face_map(soft)])
        self._limits: dict[int, list[tuple[int, slice, F32]]] = {}

    def of(self, generated: Generated) -> tuple[F32, F32 | None]:
        """Separate the person's motion.

        Args:
            generated: With a motion field of (n, n, 2).

        Returns:
            Shifts (x, y) in crop coordinates for the crop and its margin, (2, m, m) float32 with m = 1.5 n: each cell
            shows what the portrait has at the cell's place plus the shift. And where the crop shows the inside of the
            moved person, (c, c) float32 in [0, 1]; None where the generator's matte says so.
        """
        import cv2

        shift = shift_of(generated.deformation)
        side = min(_COARSE, shift.shape[1])
        margin = side // MARGIN
        # Everything is decided on a coarse grid; the fine motion only replaces the coarse one where it counts.
        own = np.stack([_coarse(plane, side, margin) for plane in shift])
        seen = smoothstep(_coarse(generated.visible, side, margin), *_SEEN)
        known, person, head, face = self._sampled(own)
        known *= seen if generated.head is None else self._plausible(own, seen, generated.head, head, face)
        wide = extrapolated(own, known)
        # Near the outline a motion is not trusted by itself, but it is used where it agrees with the extrapolation.
        away = own - wide
        known = np.maximum(known, (1 - smoothstep(_length(away), *_NEAR)) * person * seen)
        center = slice(margin, margin + side)
        inside = None
        if generated.matte is None:
            inside = cv2.extractChannel(self._remapped(wide + known * away), 0)[center, center]
        wide *= fade(*wide.shape[1:], self._sides, margin / wide.shape[1])
        whole = _refined(wide, shift, known[center, center])
        self._hold_cut_edges(whole)
        return whole, inside

    def _hold_cut_edges(self, shift: F32) -> None:
        """Keep a person who is cut by the picture's edge attached to it, in place.

        The picture has nothing beyond the edge, so what would move away from it is stretched instead.

        Args:
            shift: (2, m, m) float32 in crop coordinates.
        """
        count = shift.shape[1]
        if count not in self._limits:
            self._limits[count] = list(_limits(self._cut_edges, count))
        for sign, rows, limit in self._limits[count]:
            (np.minimum if sign > 0 else np.maximum)(shift[1, rows], limit, out=shift[1, rows])

    def _plausible(self, shift: F32, seen: F32, head: F32, head_here: F32, face_here: F32) -> F32:
        """Return how far each shift counts if the head moves nearly rigidly.

        Where the head moves to, and where a generator shows it, a motion far from the rigid one is a ghost of the
        unmoved head, or hair left behind. The center of the face is an exception: lids and jaws move far, and what they
        uncover is generated, but the portrait's pixels beside and below have to move all the same.

        Args:
            shift: (2, c, c) float32 in crop coordinates.
            seen: (c, c) float32 in [0, 1], visibility of the portrait.
            head: (2, 3) float32, the rigid motion (see ``Generated.head``).
            head_here: (c, c) float32 in [0, 1]: where the shifts lead into the head.
            face_here: The same for the face.

        Returns:
            (c, c) float32 in [0, 1].
        """
        here = places(*seen.shape) * np.float32(WIDER)
        turned = (head[:, :2] - np.eye(2, dtype=np.float32)) @ here.reshape(2, -1)
        rigid = turned.reshape(here.shape) + head[:, 2, None, None]
        _, _, head_there, face_there = self._sampled(rigid)
        distance = _length(shift - rigid)
        in_head, in_face = np.maximum(head_there, head_here), np.minimum(face_there, face_here)
        plausible = (1 - in_head * smoothstep(distance, *_FAR)) * seen
        face = in_face * (1 - smoothstep(distance, *_FAR_IN_FACE))
        return np.asarray(np.maximum(plausible, face), np.float32)

    def _sampled(self, shift: F32) -> Sequence[F32]:
        """Return the maps of the portrait as a motion (2, c, c) moves them: inside, person, head, and face, (c, c)."""
        import cv2

        planes: Sequence[F32] = cv2.split(self._remapped(shift))
        return planes

    def _remapped(self, shift: F32) -> Any:
        """Return the maps, (c, c, 4) float32: for each cell, the values at its source."""
        import cv2

        cells = self._maps.shape[0]
        x, y = _indices(cells, shift.shape[1]) + shift * np.float32(cells / 2 / WIDER)
        return cv2.remap(self._maps, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


@functools.lru_cache(maxsize=8)
def _indices(cells: int, count: int) -> F32:
    """Return where the centers of count x count cells are among cells x cells, (2, count, count) float32."""
    return np.asarray((places(count, count) + 1) * (cells / 2) - 0.5, np.float32)


def _limits(edges: list[tuple[int, np.float32, tuple[float, float]]], count: int) -> Iterator[tuple[int, slice, F32]]:
    """Yield how far each row of cells may move away from an edge of the picture.

    Args:
        edges: See ``cut_edges``.
        count: Rows of cells in the crop with its margin.

    Yields:
        1 for a greatest y, -1 for a least one; the rows; and the limit of each, (rows, 1) float32.
    """
    y = places(count, count)[1, :, 0] * np.float32(WIDER)
    for sign, edge, transition in edges:
        limit = np.maximum(edge - sign * y, 0) / 2 + _UNLIMITED * (1 - smoothstep(sign * y, *transition))
        limited = np.flatnonzero(limit < _UNLIMITED)
        if limited.size:
            rows = slice(int(limited[0]), int(limited[-1]) + 1)
            yield sign, rows, np.asarray(sign * limit[rows, None], np.float32)


def _coarse(cells: F32, side: int, margin: int) -> F32:
    """Return (n, n) float32 on a grid of side x side cells, with a margin of zeros."""
    import cv2

    small = cv2.resize(cells, (side, side), interpolation=cv2.INTER_AREA)
    padded = cv2.copyMakeBorder(small, margin, margin, margin, margin, cv2.BORDER_CONSTANT, value=0.0)
    return np.asarray(padded, np.float32)


def _refined(wide: F32, shift: F32, known: F32) -> F32:
    """Upsample the coarse motion and replace it by the fine one in the crop, as far as that counts.

    Args:
        wide: (2, c, c) float32, the coarse motion of crop and margin.
        shift: (2, n, n) float32, the fine motion of the crop.
        known: (k, k) float32 in [0, 1] over the crop, how far the fine motion counts.

    Returns:
        (2, m, m) float32, the fine motion of crop and margin.
    """
    import cv2

    side = shift.shape[1]
    margin = side // MARGIN
    whole = side + 2 * margin
    fine = np.empty((2, whole, whole), np.float32)
    weight = cv2.resize(known, (side, side), interpolation=cv2.INTER_LINEAR)
    for smooth, exact, into in zip(wide, shift, fine, strict=True):
        cv2.resize(smooth, (whole, whole), dst=into, interpolation=cv2.INTER_LINEAR)
        center = into[margin : margin + side, margin : margin + side]
        cv2.add(center, cv2.multiply(weight, cv2.subtract(exact, center)), dst=center)
    return fine


def _length(vectors: F32) -> F32:
    """Return the lengths (h, w) of vectors (2, h, w), float32."""
    import cv2

    return np.asarray(cv2.magnitude(*vectors), np.float32)
