"""Reports how each frame was animated."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from avatarify.animate.insight import SIDE, Insight
from avatarify.animate.portrait import Portrait
from avatarify.frames import U8, Frame, Generated

if TYPE_CHECKING:
    from avatarify.animate.animation import Animation


class Explainer:
    """Pairs each animated frame with the portrait it was made from.

    Args:
        animation: Has just animated a frame when this is called.
        listener: Gets the insights.
    """

    def __init__(self, animation: Animation, listener: Callable[[Insight], None]) -> None:
        self._animation = animation
        self._listener = listener
        self._portrait: Portrait | None = None
        self._square: U8 | None = None

    def __call__(self, frame: Frame, generated: Generated) -> None:
        """Report one frame."""
        portrait, keypoints = self._animation.portrait, self._animation.animator.frame_keypoints
        if self._square is None or portrait is not self._portrait:
            self._portrait, self._square = portrait, portrait.box.cut(portrait.image, SIDE)
        if keypoints is not None:
            self._listener(Insight(frame, keypoints, generated, self._square))
