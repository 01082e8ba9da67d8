"""What the animation needs of the classes that animate and compose; tests put simpler ones in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from avatarify.face.face import Face
from avatarify.frames import U8, Frame, Generated, Performance

if TYPE_CHECKING:
    from avatarify.animate.animator import DetectedPose, FrameKeypoints
    from avatarify.animate.options import MotionOptions
    from avatarify.animate.portrait import Portrait


class FrameAnimator(Protocol):
    """Stage 3: what the step needs of ``animate.animator.Animator``.

    Attributes:
        timings: Milliseconds of the last drawn frame: ``keypoints``, ``generate``.
    """

    timings: dict[str, float]

    def detect(self, frame: Frame, face: Face) -> DetectedPose:
        """Measure the motion in one frame; raises MotionError for a frame that cannot be used."""
        ...

    def perform(self, frame: Frame, performance: Performance) -> DetectedPose:
        """Take the motion from a performance instead; raises MotionError as ``detect``."""
        ...

    def draw(self, pose: DetectedPose) -> Generated:
        """Draw the portrait for it; raises MotionError as ``detect``."""
        ...

    def recalibrate(self) -> None:
        """Take the next usable face as neutral."""
        ...

    def set_neutral(self, frame: Frame, face: Face) -> None:
        """Take this face as neutral; raises MotionError if it cannot be used."""
        ...


class FrameCompositor(Protocol):
    """Stage 4: what the step needs of ``compose.compositor.Compositor``."""

    def render(self, generated: Generated) -> U8:
        """Return the output picture, (H, W, 3) uint8 RGB."""
        ...

    def idle_frame(self) -> U8:
        """Return the idle frame, (H, W, 3) uint8 RGB: the portrait as it is."""
        ...


class PortraitAnimator(FrameAnimator, Protocol):
    """Stage 3 with what changes while it runs; see ``animate.animator.Animator``."""

    options: MotionOptions
    frame_keypoints: FrameKeypoints | None

    @property
    def parallel(self) -> bool:
        """Whether a thread may draw one frame while another detects in the next."""
        ...

    def set_portrait(self, portrait: Portrait) -> None:
        """Encode another portrait; raises MotionError and keeps the old one if it cannot be animated."""
        ...
