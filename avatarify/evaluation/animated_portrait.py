"""A portrait and everything needed to animate it, as ``avatarify animate`` does."""

from __future__ import annotations

import math

from avatarify.animate.animator import Animator
from avatarify.animate.model import AnimationModel
from avatarify.animate.options import MotionOptions
from avatarify.animate.portrait import Portrait
from avatarify.compose.compositor import Compositor
from avatarify.errors import MotionError
from avatarify.evaluation.bars import stretch
from avatarify.face.box import CropBox
from avatarify.face.face import Face
from avatarify.frames import U8, Frame


class AnimatedPortrait:
    """Renders at the portrait's own size, without a badge.

    Args:
        portrait: The portrait.
        model: The model on its runtime.
        options: How motion is transferred.
    """

    def __init__(self, portrait: Portrait, model: AnimationModel, options: MotionOptions | None = None) -> None:
        self.portrait = portrait
        self.animator = Animator(model, portrait, options)
        self._compositor = Compositor(portrait.image, portrait.box, None, badge=False, matte=portrait.matte)

    def render(self, frame: Frame, face: Face) -> U8 | None:
        """Animate one frame, (H, W, 3) uint8 RGB; None if no motion can be computed from it."""
        try:
            return self._compositor.render(self.animator.animate(frame, face))
        except MotionError:
            return None

    def stretch(self) -> float:
        """Return the largest stretch of a local map in the last rendered frame (see ``bars.stretch``)."""
        shown = self.animator.frame_keypoints
        return math.nan if shown is None else stretch(shown.source, shown.moved)

    def square(self, result: U8, side: int | None = None) -> U8:
        """Cut the animated square out of a result; ``side`` pixels, or as large as it is."""
        scale, box = result.shape[1] / self.portrait.image.shape[1], self.portrait.box
        own = CropBox(box.x * scale, box.y * scale, box.size * scale)
        return own.cut(result, side or round(own.size))
