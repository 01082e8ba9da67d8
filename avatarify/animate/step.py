"""One frame through stages 2 to 4, in three parts that three threads may do: frame and face in, picture out."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from avatarify.animate.between import halfway
from avatarify.animate.neutral_chooser import NeutralChooser
from avatarify.animate.protocols import FrameAnimator, FrameCompositor
from avatarify.errors import MotionError
from avatarify.face.face import Face
from avatarify.frames import U8, Frame, Generated, Performance
from avatarify.messages import Message
from avatarify.motion.arrays import smoothstep

if TYPE_CHECKING:
    from avatarify.animate.animator import DetectedPose

HOLD_S = 0.4  # a face that the detector misses for this long must not show
EASE_S = 0.6  # after that, the last expression fades to the idle frame in this time


@dataclass(frozen=True)
class OutputPicture:
    """The result of one frame.

    Attributes:
        image: (H, W, 3) uint8 RGB; must not be written to.
        frame: The frame it was made from.
        face: Whether the frame's face was known and usable.
        idle: True once the face has been away long enough for the idle frame to show.
        stages_ms: Milliseconds of each stage that ran.
        stand_in: Whether the portrait moves although nobody is in view (see ``AnimationStep.stand_in``).
        due_at: When to show it, on the clock of ``time.perf_counter``; earlier times mean at once.
    """

    image: U8
    frame: Frame
    face: bool
    idle: bool
    stages_ms: dict[str, float] = field(default_factory=dict)
    stand_in: bool = False
    due_at: float = 0.0

    @property
    def animated(self) -> bool:
        """Whether the portrait was drawn for this frame."""
        return "generate" in self.stages_ms


@dataclass(frozen=True)
class DetectedFrame:
    """A frame on its way from ``AnimationStep.detect`` to ``AnimationStep.generate``.

    Attributes:
        frame: The user.
        face: Whether a face is in it.
        pose: What is to be drawn; None if it is not usable, or not needed now.
        stand_in: The pose is not that of a face in view.
    """

    frame: Frame
    face: bool
    pose: DetectedPose | None
    stand_in: bool = False


@dataclass(frozen=True)
class GeneratedFrame:
    """A frame on its way from ``AnimationStep.generate`` to ``AnimationStep.compose``.

    Attributes:
        seen: What was detected in it.
        generated: The moved portrait; None if it was not drawn.
        timings: Milliseconds of each stage so far.
    """

    seen: DetectedFrame
    generated: Generated | None
    timings: dict[str, float]


class AnimationStep:
    """Animates frame by frame; without a usable face it holds the last picture, then fades to the idle frame.

    Args:
        animator: Moves the portrait.
        compositor: Puts the moved portrait into the output picture.
        clock: Time of a frame in seconds, for holding and fading.
        neutral: Which frame is neutral (see ``NeutralChooser``).
        portrait: The portrait's face, whose pose the neutral frame should have.

    Attributes:
        passthrough: Turns a camera image into an output picture that shows it; None shows the portrait. Only the user
            turns it on.
        stand_in: Says for each time of a frame what the portrait does while nobody is in view; None shows the idle
            frame.
        explain: Called with each animated frame and what was generated for it; None for nobody.
    """

    def __init__(
        self,
        animator: FrameAnimator,
        compositor: FrameCompositor,
        *,
        clock: Callable[[Frame], float] = lambda frame: frame.captured_at,
        neutral: str = "first",
        portrait: Face | None = None,
    ) -> None:
        self._animator = animator
        self._compositor = compositor
        self._clock = clock
        self._neutral = NeutralChooser(animator, neutral, portrait)
        self.passthrough: Callable[[U8], U8] | None = None
        self.stand_in: Callable[[float], Performance] | None = None
        self.explain: Callable[[Frame, Generated], None] | None = None
        self._frozen: U8 | None = None  # sent instead of anything new
        self._shown: U8 | None = None  # the last picture of any kind
        self._last: U8 | None = None  # the last picture with a face, of this portrait
        self._before: tuple[Frame, Generated] | None = None  # what it was made of; None unless the last frame had one
        self._seen_at: float | None = None  # when a face was last seen; before the first: when waiting for it began
        self._rejected = 0
        self._reason = Message("")

    @property
    def warnings(self) -> list[Message]:
        """How many frames with a face could not be animated, and why the first could not; empty if all could."""
        if not self._rejected:
            return []
        template = "{count} frames could not be animated: {reason}"
        return [Message(template, count=self._rejected, reason=self._reason)]

    @property
    def match(self) -> float | None:
        """How well the neutral frame matches the portrait at rest, 0 to 1; None until there is one."""
        return self._neutral.match

    @property
    def choosing(self) -> bool:
        """Whether frames are being compared for the neutral one, which needs expressions that are not old."""
        return self._neutral.choosing

    def idle_frame(self) -> U8:
        """Return the idle frame, (H, W, 3) uint8 RGB."""
        return self._compositor.idle_frame()

    def recalibrate(self) -> None:
        """Choose the neutral frame again."""
        self._animator.recalibrate()
        self._neutral.restart()

    def search(self, on: bool) -> None:
        """Keep looking for a better neutral frame until it is turned off."""
        self._neutral.search(on)

    def freeze(self, on: bool) -> None:
        """Hold the picture that is shown now until it is turned off."""
        self._frozen = (self.idle_frame() if self._shown is None else self._shown) if on else None

    def change_portrait(self, compositor: FrameCompositor, portrait: Face | None = None) -> None:
        """Continue with another portrait, which the animator already has, or another look of the same one.

        Args:
            compositor: Made for it.
            portrait: The face of another portrait; None keeps the portrait.
        """
        self._compositor = compositor
        self._neutral.portrait = portrait or self._neutral.portrait
        self._last = self._before = None

    def run(self, frame: Frame, face: Face | None) -> OutputPicture:
        """Turn one frame into an output picture.

        Args:
            frame: The user.
            face: The face known for this frame; None when there is none in view.
        """
        return self.draw(self.detect(frame, face))

    def detect(self, frame: Frame, face: Face | None) -> DetectedFrame:
        """Do the first part of ``run``; may run for one frame while ``generate`` runs for the previous one."""
        known = face is not None or frame.performance is not None
        if self._frozen is not None or self.passthrough is not None or not (known or self.stand_in):
            return DetectedFrame(frame, known, None)
        try:
            return DetectedFrame(frame, known, self._pose(frame, face), stand_in=not known)
        except MotionError as error:
            self._reject(error)
            return DetectedFrame(frame, False, None)

    def _pose(self, frame: Frame, face: Face | None) -> DetectedPose | None:
        """Return what moves the portrait: a performance that came with the frame, the face in it, or the stand-in."""
        if frame.performance is not None:
            return self._animator.perform(frame, frame.performance)
        if face is not None:
            self._neutral.look(frame, face)
            return self._animator.detect(frame, face)
        stand_in = self.stand_in
        return None if stand_in is None else self._animator.perform(frame, stand_in(self._clock(frame)))

    def draw(self, seen: DetectedFrame) -> OutputPicture:
        """Do the rest of ``run``."""
        return next(self.compose(self.generate(seen)))

    def generate(self, seen: DetectedFrame) -> GeneratedFrame:
        """Do the second part of ``run``; may run for one frame while ``compose`` runs for the previous one."""
        generated = None if seen.pose is None else self._generate(seen.pose)
        if generated is None:
            return GeneratedFrame(seen, None, {})
        if self.explain is not None:
            self.explain(seen.frame, generated)
        return GeneratedFrame(seen, generated, self._animator.timings)

    def compose(self, made: GeneratedFrame, *, between: bool = False) -> Iterator[OutputPicture]:
        """Do the third part of ``run``.

        Args:
            made: From ``generate``.
            between: Before the frame's own picture, yield one that is halfway from the last frame's.
        """
        seen = made.seen
        if self._frozen is not None:
            yield OutputPicture(self._frozen, seen.frame, face=seen.face, idle=False)
            return
        for picture in self._drawn(made, between) if self.passthrough is None else [self._pass(self.passthrough, seen)]:
            self._shown = picture.image
            yield picture

    def _pass(self, show: Callable[[U8], U8], seen: DetectedFrame) -> OutputPicture:
        started = time.perf_counter()
        image = show(seen.frame.image)
        stages = {"compose": (time.perf_counter() - started) * 1000}
        return OutputPicture(image, seen.frame, face=seen.face, idle=False, stages_ms=stages)

    def _drawn(self, made: GeneratedFrame, between: bool) -> Iterator[OutputPicture]:
        frame, before, self._before = made.seen.frame, self._before, None
        if made.generated is None:
            image, idle = self._without_face(self._clock(frame))
            yield OutputPicture(image, frame, face=False, idle=idle)
            return
        if made.seen.stand_in:
            yield self._stood_in(frame, made.generated, made.timings)
            return
        self._before = now = frame, made.generated
        middle = halfway(before, now) if between and before is not None else None
        if middle is not None:
            yield self._composed(*middle, {})
        yield self._composed(frame, made.generated, made.timings)

    def _composed(self, frame: Frame, generated: Generated, timings: dict[str, float]) -> OutputPicture:
        composing = time.perf_counter()
        self._last, self._seen_at = self._compositor.render(generated), self._clock(frame)
        stages = {**timings, "compose": (time.perf_counter() - composing) * 1000}
        return OutputPicture(self._last, frame, face=True, idle=False, stages_ms=stages)

    def _stood_in(self, frame: Frame, generated: Generated, timings: dict[str, float]) -> OutputPicture:
        composing = time.perf_counter()
        image = self._compositor.render(generated)
        away = math.inf if self._seen_at is None else self._clock(frame) - self._seen_at
        if self._last is not None and away < HOLD_S + EASE_S:
            image = _blend(self._last, image, max(0.0, away - HOLD_S) / EASE_S)
        stages = {**timings, "compose": (time.perf_counter() - composing) * 1000}
        return OutputPicture(image, frame, face=False, idle=True, stages_ms=stages, stand_in=True)

    def _generate(self, pose: DetectedPose) -> Generated | None:
        try:
            return self._animator.draw(pose)
        except MotionError as error:
            self._reject(error)
            return None

    def _reject(self, error: MotionError) -> None:
        self._rejected += 1
        self._reason = self._reason or error.whole

    def _without_face(self, now: float) -> tuple[U8, bool]:
        """Return the picture for a frame without a face, and whether it is the idle frame for good."""
        if self._seen_at is None:
            self._seen_at = now
        away = max(0.0, now - self._seen_at)
        idle = away >= HOLD_S + EASE_S
        if self._last is None or idle:
            return self.idle_frame(), idle
        if away < HOLD_S:
            return self._last, False
        return _blend(self._last, self.idle_frame(), (away - HOLD_S) / EASE_S), False


def _blend(first: U8, second: U8, progress: float) -> U8:
    """Fade from one picture to another; ``progress`` 0 to 1 is eased at both ends."""
    import cv2

    weight = smoothstep(progress)
    return np.asarray(cv2.addWeighted(first, 1 - weight, second, weight, 0.0))
