"""The picture of the camera, clearly marked; shown only when the user asks for it."""

from __future__ import annotations

import numpy as np

from avatarify.compose.badge import Badge
from avatarify.compose.canvas import fit
from avatarify.frames import U8, Size

TEXT = "Camera, no avatar"


class Passthrough:
    """Renders output pictures from camera frames.

    Args:
        size: Size of the output.
        mirror: Flip the camera left to right.
    """

    def __init__(self, size: Size, mirror: bool) -> None:
        self._size = size
        self._mirror = mirror
        self._badge = Badge(size, "top-left", TEXT)

    def render(self, image: U8) -> U8:
        """Render the output picture of one camera frame.

        Args:
            image: (H, W, 3) uint8 RGB.

        Returns:
            (size.height, size.width, 3) uint8 RGB with a mark, a new array.
        """
        shown = np.ascontiguousarray(image[:, ::-1]) if self._mirror else image
        picture = fit(shown, self._size, fill=(0, 0, 0))[0]
        self._badge.stamp(picture)
        return picture
