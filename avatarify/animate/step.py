"""One frame through stages 2 to 4, without threads: frame and face in, output picture out."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from avatarify.animate.neutral_chooser import NeutralChooser
from avatarify.errors import MotionError
from avatarify.face.face import Face
from avatarify.frames import U8, Frame, Generated

HOLD_S = 0.4  # a blink of the detector must not show
EASE_S = 0.6  # then the last expression melts into the idle frame


class FrameAnimator(Protocol):
    """Stage 3: what the step needs of ``animate.animator.Animator``.

    Attributes:
        timings: Milliseconds of the last call: ``keypoints``, ``generate``.
    """

    timings: dict[str, float]

    def animate(self, frame: Frame, face: Face) -> Generated:
        """Animate the portrait with one frame; raises MotionError for a frame that cannot be used."""
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
        """Return the output picture."""
        ...

    def idle_frame(self) -> U8:
        """Return the picture of the unmoved portrait."""
        ...


@dataclass(frozen=True)
class OutputPicture:
    """What became of one frame.

    Attributes:
        image: (H, W, 3) uint8 RGB output picture; not to be written to.
        frame: The frame it was made from.
        face: Whether the frame's face was known and could be used.
        idle: True once the face has been away long enough for the idle frame to show.
        stages_ms: Time of each stage that ran.
    """

    image: U8
    frame: Frame
    face: bool
    idle: bool
    stages_ms: dict[str, float] = field(default_factory=dict)


class AnimationStep:
    """Animates frame by frame; without a usable face it holds the last picture, then eases to the idle frame.

    Args:
        animator: Moves the portrait.
        compositor: Puts the moved portrait into the output picture.
        clock: Time of a frame in seconds, for holding and easing.
        neutral: Which frame is neutral (see ``NeutralChooser``).
        portrait: The portrait's face, whose pose the neutral frame should have.

    Attributes:
        passthrough: Turns a camera image into an output picture that shows it; None shows the portrait. Nobody but the
            user sets it.
        explain: Told each frame that was animated and what was generated; None while nobody wants to know.
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
        self._neutral = NeutralChooser(animator, neutral, portrait)
        self.passthrough: Callable[[U8], U8] | None = None
        self.explain: Callable[[Frame, Generated], None] | None = None
        self._frozen: U8 | None = None
        self._shown: U8 | None = None
        self._compositor = compositor
        self._clock = clock
        self._last: U8 | None = None
        self._seen_at: float | None = None  # until the first face: since when it is waited for
        self._refused = 0
        self._refusal = ""

    @property
    def warnings(self) -> list[str]:
        """How many frames with a face could not be animated and why the first could not; empty if all could."""
        return [f"{self._refused} frames could not be animated: {self._refusal}"] if self._refused else []

    @property
    def match(self) -> float | None:
        """How near the neutral frame is to the portrait at rest, 0 to 1; None until there is one."""
        return self._neutral.match

    def still(self) -> U8:
        """The idle portrait, (H, W, 3) uint8 RGB."""
        return self._compositor.idle_frame()

    def recalibrate(self) -> None:
        """Choose the neutral frame anew."""
        self._animator.recalibrate()
        self._neutral.restart()

    def search(self, on: bool) -> None:
        """Go on looking for a better neutral frame, until it is switched off."""
        self._neutral.search(on)

    def freeze(self, on: bool) -> None:
        """Hold the picture that is shown now, until it is switched off."""
        self._frozen = (self.still() if self._shown is None else self._shown) if on else None

    def change_portrait(self, compositor: FrameCompositor, portrait: Face | None = None) -> None:
        """Go on with another portrait, which the animator already has, or another look of the same one."""
        self._compositor = compositor
        self._neutral.portrait = portrait or self._neutral.portrait
        self._last = None

    def run(self, frame: Frame, face: Face | None) -> OutputPicture:
        """Turn one frame into an output picture; ``face`` is what is known about it, None for nobody in view."""
        if self._frozen is not None:
            return OutputPicture(self._frozen, frame, face=face is not None, idle=False)
        picture = self._run(frame, face) if self.passthrough is None else self._pass(self.passthrough, frame, face)
        self._shown = picture.image
        return picture

    def _pass(self, show: Callable[[U8], U8], frame: Frame, face: Face | None) -> OutputPicture:
        started = time.perf_counter()
        image = show(frame.image)
        return OutputPicture(image, frame, face is not None, False, {"compose": (time.perf_counter() - started) * 1000})

    def _run(self, frame: Frame, face: Face | None) -> OutputPicture:
        started = time.perf_counter()
        generated = None if face is None else self._animate(frame, face)
        if generated is None:
            image, idle = self._without_face(self._clock(frame))
            return OutputPicture(image, frame, face=False, idle=idle)
        composing = time.perf_counter()
        self._last, self._seen_at = self._compositor.render(generated), self._clock(frame)
        stages = {**self._animator.timings, "compose": (time.perf_counter() - composing) * 1000}
        stages.setdefault("generate", (composing - started) * 1000)
        if self.explain is not None:
            self.explain(frame, generated)
        return OutputPicture(self._last, frame, face=True, idle=False, stages_ms=stages)

    def _animate(self, frame: Frame, face: Face) -> Generated | None:
        try:
            self._neutral.look(frame, face)
            return self._animator.animate(frame, face)
        except MotionError as error:
            self._refused += 1
            self._refusal = self._refusal or str(error)
            return None

    def _without_face(self, now: float) -> tuple[U8, bool]:
        if self._seen_at is None:
            self._seen_at = now
        away = max(0.0, now - self._seen_at)
        idle = away >= HOLD_S + EASE_S
        if self._last is None or idle:
            return self.still(), idle
        if away < HOLD_S:
            return self._last, False
        return _mix(self._last, self.still(), (away - HOLD_S) / EASE_S), False


def _mix(first: U8, second: U8, share: float) -> U8:
    """Blend two pictures; ``share`` of the second, smoothly at both ends."""
    import cv2

    weight = share * share * (3 - 2 * share)
    return np.asarray(cv2.addWeighted(first, 1 - weight, second, weight, 0.0))
