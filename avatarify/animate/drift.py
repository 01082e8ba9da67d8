"""Lets the user's coordinates follow the head slowly: a turn or a nod moves the portrait, a shifted chair does not."""

from __future__ import annotations

import math

from avatarify.face.box import CropBox
from avatarify.face.face import Face

SECONDS = 1.5  # the time constant: what is quicker than this still moves the portrait


class Drift:
    """Follows the square around the user's face.

    Args:
        box: The square of the neutral frame.
        face: The face of the neutral frame.
    """

    def __init__(self, box: CropBox, face: Face) -> None:
        self._box = box
        self._started = face.portrait_box()
        self._now = self._started
        self._at_s: float | None = None

    def follow(self, face: Face, at_s: float) -> CropBox:
        """Take where the face is at a moment in seconds; return the square of the user's coordinates for it."""
        seen = face.portrait_box()
        passed = 0.0 if self._at_s is None else max(0.0, at_s - self._at_s)
        self._at_s = at_s
        share = 1 - math.exp(-passed / SECONDS)
        self._now = CropBox(
            self._now.x + share * (seen.x - self._now.x),
            self._now.y + share * (seen.y - self._now.y),
            self._now.size + share * (seen.size - self._now.size),
        )
        return self._moved()

    def _moved(self) -> CropBox:
        """Put the neutral square to the head now as it stood to the head of the neutral frame."""
        grown = self._now.size / self._started.size
        x = self._now.x + grown * (self._box.x - self._started.x)
        y = self._now.y + grown * (self._box.y - self._started.y)
        return CropBox(x, y, self._box.size * grown, self._box.angle)
