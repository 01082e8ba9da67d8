"""When to look for the face's landmarks again: seldom while the head rests, at once when it has moved."""

from __future__ import annotations

import numpy as np

from avatarify.face.box import CropBox
from avatarify.frames import F32

# RMS motion of the key points since the last look, in sides of the animated crop, after which the next look is due.
MOVED = 0.015


class Cadence:
    """Measures the head's motion since the last look by the key points, which are detected in every frame anyway.

    Not thread-safe.
    """

    def __init__(self) -> None:
        self._look = -1
        self._at_look: F32 | None = None

    def due(self, look: int, points: F32, box: CropBox) -> bool:
        """Take the key points of a frame; return whether the head has moved since the last look, once for each look.

        Args:
            look: Number of the frame in which the face was looked for last (``Face.frame_index``).
            points: (K, 2) float32, key points of a later frame in the coordinates of ``box``.
            box: The animated crop.
        """
        now = box.to_pixels(points) / box.size
        if look != self._look:
            self._look, self._at_look = look, now
        if self._at_look is None or np.square(now - self._at_look).sum(1).mean() < MOVED**2:
            return False
        self._at_look = None  # the look is on its way
        return True
