"""How one frame was animated, for the page that explains it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from avatarify.frames import F32, U8, Frame, Generated

if TYPE_CHECKING:
    from avatarify.animate.animator import FrameKeypoints

SIDE = 224  # of the pictures, in pixels


@dataclass(frozen=True)
class Insight:
    """One frame; nothing is computed before ``pictures``.

    Attributes:
        frame: The user.
        keypoints: Key points before and after the transfer.
        generated: What the model returned.
        portrait: (S, S, 3) uint8 RGB, the portrait's crop.
    """

    frame: Frame
    keypoints: FrameKeypoints
    generated: Generated
    portrait: U8

    def pictures(self, side: int = SIDE) -> dict[str, U8]:
        """Draw the frame; takes some milliseconds, on any thread.

        Args:
            side: Of the pictures, in pixels.

        Returns:
            (side, side, 3) uint8 RGB each: ``driving`` (the user's crop with key points), ``moved`` (the warped
            portrait with its key points), ``flow`` (where each pixel is taken from, as a color), and ``kept`` (white
            where the warped portrait is shown, black where pixels are generated).
        """
        from avatarify.animate import drawing

        places = _at_most(self.generated.deformation, side)
        bent = drawing.warp_image(_sized(self.portrait, side), places)
        shift = places - drawing.identity_grid(places.shape[0])
        return {
            "driving": drawing.draw_keypoints(
                self.keypoints.box.cut(self.frame.image, side), self.keypoints.driving.points
            ),
            "moved": drawing.draw_keypoints(bent, self.keypoints.moved.points),
            "flow": _sized(drawing.flow_colors(shift), side),
            "kept": drawing.draw_map(self.generated.visible, side),
        }


def _at_most(places: F32, side: int) -> F32:
    """Shrink a flow that is finer than the picture."""
    import cv2
    import numpy as np

    if places.shape[0] <= side:
        return places
    return np.asarray(cv2.resize(places, (side, side), interpolation=cv2.INTER_AREA), np.float32)


def _sized(image: U8, side: int) -> U8:
    import cv2
    import numpy as np

    return np.asarray(cv2.resize(image, (side, side), interpolation=cv2.INTER_AREA))
