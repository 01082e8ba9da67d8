"""Lets the user's reference crop follow the head slowly: a turn or nod moves the portrait, a shifted chair does not."""

from __future__ import annotations

import math

from avatarify.face.box import CropBox
from avatarify.face.face import Face

SECONDS = 1.5  # time constant: motion that is quicker than this still moves the portrait


class Drift:
    """Follows the crop around the user's face with a first-order low-pass filter.

    Args:
        box: The reference crop of the neutral frame.
        face: The face of the neutral frame.
    """

    def __init__(self, box: CropBox, face: Face) -> None:
        self._box = box
        self._started = face.portrait_box()
        self._now = self._started
        self._at_s: float | None = None

    def follow(self, face: Face, at_s: float) -> CropBox:
        """Return the reference crop for a frame.

        Args:
            face: The face in this frame.
            at_s: Time of the frame in seconds; must not go back.
        """
        seen = face.portrait_box()
        elapsed = 0.0 if self._at_s is None else max(0.0, at_s - self._at_s)
        self._at_s = at_s
        weight = 1 - math.exp(-elapsed / SECONDS)
        self._now = CropBox(
            self._now.x + weight * (seen.x - self._now.x),
            self._now.y + weight * (seen.y - self._now.y),
            self._now.size + weight * (seen.size - self._now.size),
        )
        return self._moved()

    def _moved(self) -> CropBox:
        """Place the reference crop relative to the followed head as it was in the neutral frame."""
        scale = self._now.size / self._started.size
        x = self._now.x + scale * (self._box.x - self._started.x)
        y = self._now.y + scale * (self._box.y - self._started.y)
        return CropBox(x, y, self._box.size * scale, self._box.angle)
