"""What a live session's animation saw and did in one frame, to be looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from avatarify.frames import F32, U8, Frame, Generated

if TYPE_CHECKING:
    from avatarify.animate.animator import FrameKeypoints

SIDE = 224


@dataclass(frozen=True)
class Insight:
    """One frame; nothing is computed before ``pictures``.

    Attributes:
        frame: The user.
        keypoints: Key points before and after the transfer.
        generated: What the model gave back.
        portrait: (S, S, 3) uint8 RGB, the portrait's square.
    """

    frame: Frame
    keypoints: FrameKeypoints
    generated: Generated
    portrait: U8

    def pictures(self, side: int = SIDE) -> dict[str, U8]:
        """Draw it, some milliseconds; for any thread.

        Returns:
            (side, side, 3) uint8 RGB each: ``driving`` (the user's square with key points), ``moved`` (the portrait
            bent, with its key points as they were drawn), ``flow`` (from where each pixel is taken, by colour) and
            ``kept`` (white where the bent portrait is shown, black where pixels are painted).
        """
        from avatarify.animate import drawing

        places = _at_most(self.generated.deformation, side)
        bent = drawing.deformed(_sized(self.portrait, side), places)
        shift = places - drawing.still_places(places.shape[0])
        return {
            "driving": drawing.marked(self.keypoints.box.cut(self.frame.image, side), self.keypoints.driving.points),
            "moved": drawing.marked(bent, self.keypoints.moved.points),
            "flow": _sized(drawing.flow_colours(shift), side),
            "kept": drawing.grey(self.generated.visible, side),
        }


def _at_most(places: F32, side: int) -> F32:
    """Thin out a flow that is finer than the picture."""
    import cv2
    import numpy as np

    if places.shape[0] <= side:
        return places
    return np.asarray(cv2.resize(places, (side, side), interpolation=cv2.INTER_AREA), np.float32)


def _sized(image: U8, side: int) -> U8:
    import cv2
    import numpy as np

    return np.asarray(cv2.resize(image, (side, side), interpolation=cv2.INTER_AREA))
