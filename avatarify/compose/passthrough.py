"""The user's own picture, clearly marked; only for a user who asked for it."""

from __future__ import annotations

import numpy as np

from avatarify.compose.badge import Badge
from avatarify.compose.canvas import fit
from avatarify.frames import U8, Size

TEXT = "Camera, no avatar"


class Passthrough:
    """Shows camera frames in output pictures.

    Args:
        size: Size of the output.
        mirror: Flip the camera left to right.
    """

    def __init__(self, size: Size, mirror: bool) -> None:
        self._size = size
        self._mirror = mirror
        self._badge = Badge(size, "top-left", TEXT)

    def render(self, image: U8) -> U8:
        """Fit a camera frame (H, W, 3) uint8 RGB into an output picture, with the mark; the caller's own."""
        shown = np.ascontiguousarray(image[:, ::-1]) if self._mirror else image
        picture = fit(shown, self._size, fill=(0, 0, 0))[0]
        self._badge.stamp(picture)
        return picture
