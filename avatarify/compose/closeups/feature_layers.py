"""Draws eyes and mouth of a moved portrait at the output's resolution."""

from __future__ import annotations

import numpy as np

from avatarify.compose.closeups.lids import LidLayer
from avatarify.compose.closeups.mouth import MouthLayer
from avatarify.compose.closeups.places import whole
from avatarify.face.box import CropBox
from avatarify.frames import F32, U8, Generated
from avatarify.motion import layout


class FeatureLayers:
    """Eyes and mouth of one portrait.

    Args:
        picture: (H, W, 3) uint8 RGB; must not change.
        crop: The generator's square in it, pixels.
        blur: Standard deviation of the picture's own blur, pixels.
    """

    def __init__(self, picture: U8, crop: CropBox, blur: float = 0.0) -> None:
        self._picture, self._crop, self._blur = picture, crop, blur
        self._known: F32 | None = None  # key points of the portrait that the layers were made for
        self._lids: list[LidLayer] = []
        self._mouth: MouthLayer | None = None

    def into(self, target: U8, generated: Generated) -> None:
        """Draw in place what moved lids and lips show.

        Args:
            target: (H, W, 3) uint8 RGB of the size of the picture: the moved portrait.
            generated: What it was made of; without named key points, nothing is drawn.
        """
        points, head = generated.points, generated.head
        if points is None or head is None or points.shape[1] != layout.COUNT:
            return
        source, moved = (self._crop.to_pixels(some) for some in points)
        mouth = self._prepared(source)
        for lid in self._lids:
            lid.draw(target, moved)
        to = whole(self._crop.matrix)
        mouth.draw(target, moved, np.asarray((to @ whole(head) @ np.linalg.inv(to))[:2], np.float32))

    def _prepared(self, source: F32) -> MouthLayer:
        """Make the layers when the portrait's key points are known, which is after the portrait."""
        if self._mouth is None or self._known is None or not np.array_equal(self._known, source):
            self._lids = [LidLayer(self._picture, source, number, self._blur) for number in range(2)]
            self._mouth = MouthLayer(self._picture, source, self._blur)
            self._known = source
        return self._mouth


def mirrored(points: F32) -> F32:
    """Return (..., 81, 2) key points in the mirrored picture; others than 81 keep their order."""
    order = np.arange(points.shape[-2])
    for one, other in layout.MIRROR_PAIRS if len(order) == layout.COUNT else ():
        order[one], order[other] = other, one
    return np.asarray(points[..., order, :] * np.array([-1, 1]), np.float32)
