"""Stage 3 in one object: the portrait encoded once, then a frame and its face in, the moved portrait out."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

from avatarify.animate.drift import Drift
from avatarify.animate.model import LEARNED, MIXED, REFINED, AnimationModel, FrameMotion, MeshShare
from avatarify.animate.portrait import Portrait
from avatarify.errors import UsageError
from avatarify.face.box import CropBox
from avatarify.face.face import Face
from avatarify.frames import Frame, Generated, Keypoints
from avatarify.motion import first_order
from avatarify.motion.head import head_motion
from avatarify.motion.one_euro import Steady, moment
from avatarify.motion.transfer import transfer
from avatarify.runtimes.base import Arrays


@dataclass(frozen=True)
class MotionOptions:
    """How the user's motion is put onto the portrait.

    Attributes:
        motion: ``relative`` (Eq. 13-14) or ``absolute`` (the user's own shape).
        adapt_scale: Scale movements by the sizes of the two faces.
        neutral: ``first``, ``best`` or a frame number; whoever feeds the frames chooses it with ``set_neutral``.
        smoothing: Steady the key points of a resting face (see ``steady.Steady``).
        keypoints: ``learned`` (the network's own) or ``mixed`` (the face mesh's where it has them; the face has to be
            found in each frame itself then).
        strength: Share of the user's motion that is transferred; above 1 exaggerates.
        follow: Let the user's coordinates follow the head slowly (see ``drift``).
    """

    motion: str = "relative"
    adapt_scale: bool = True
    neutral: str | int = "first"
    smoothing: bool = True
    keypoints: str = "learned"
    strength: float = 1.0
    follow: bool = False

    def __post_init__(self) -> None:
        if self.motion not in ("relative", "absolute"):
            raise UsageError(f"There is no motion '{self.motion}'.", "Use --motion relative or absolute.")
        if self.keypoints not in ("learned", "mixed"):
            raise UsageError(f"There are no key points '{self.keypoints}'.", "Use --keypoints learned or mixed.")


@dataclass(frozen=True)
class _Source:
    keypoints: Keypoints
    encoded: Arrays


@dataclass(frozen=True)
class _Neutral:
    box: CropBox  # the user's coordinates for the whole session: movements inside it move the portrait
    keypoints: Keypoints
    drift: Drift


@dataclass(frozen=True)
class FrameKeypoints:
    """What one frame was animated with, to be looked at.

    Attributes:
        source: Key points of the portrait, in its square.
        driving: The user's, in ``box``.
        moved: The portrait's as it was drawn.
        box: The square of the user's coordinates in the frame.
    """

    source: Keypoints
    driving: Keypoints
    moved: Keypoints
    box: CropBox


class Animator:
    """Moves a portrait as a user moves.

    Not thread-safe: one thread calls it.

    Attributes:
        options: How motion is transferred; may be replaced between frames.
        timings: Milliseconds of the last call, ``keypoints`` and ``generate``; where a whole frame is one graph, all is
            in ``generate``.
        frame_keypoints: What the last frame was animated with; None before the first.
    """

    def __init__(self, model: AnimationModel, portrait: Portrait, options: MotionOptions | None = None) -> None:
        self.model = model
        self.options = options or MotionOptions()
        self.timings: dict[str, float] = {}
        self.frame_keypoints: FrameKeypoints | None = None
        self._neutral: _Neutral | None = None
        self._steady = Steady()
        self.set_portrait(portrait)

    def set_portrait(self, portrait: Portrait) -> None:
        """Encode another portrait; the user's neutral frame stays."""
        # It is measured once, and its lids and lips decide how good every later frame looks.
        shares = MIXED if self.options.keypoints == "mixed" else REFINED
        keypoints = self.model.keypoints(portrait.image, portrait.face, portrait.box, shares)
        crop, matte = portrait.crops(self.model.portrait_size)
        self._source = _Source(first_order.checked(keypoints), self.model.encode(crop, matte, keypoints))

    def recalibrate(self) -> None:
        """Take the next usable face as neutral."""
        self._neutral = None

    def set_neutral(self, frame: Frame, face: Face) -> None:
        """Take this face as the user's neutral one.

        Raises:
            MotionError: no motion can be computed from its key points.
        """
        box = face.portrait_box()
        found = self._measure(frame, face, box)
        found.points.flags.writeable = found.jacobians.flags.writeable = False  # a GPU is given them once
        self._neutral = _Neutral(box, found, Drift(box, face))
        self._steady.reset()  # it knows other coordinates

    def animate(self, frame: Frame, face: Face) -> Generated:
        """Animate the portrait with one frame; the first usable one becomes neutral if none was set.

        Args:
            frame: The user.
            face: Where the user's face is; a frame or two old is good enough.

        Raises:
            MotionError: no motion can be computed from this frame.
        """
        started = time.perf_counter()
        if self._neutral is None:
            self.set_neutral(frame, face)
        assert self._neutral is not None  # for the type checker
        neutral = self._neutral
        box = neutral.drift.follow(face, moment(frame)) if self.options.follow else neutral.box
        if self.model.whole_frames:
            generated, driving, moved = self._in_one(frame, face, box, neutral.keypoints)
            found = started  # nobody can tell when
        else:
            driving, moved = self._moved(frame, face, box, neutral.keypoints)
            found = time.perf_counter()
            generated = self.model.generate(self._source.encoded, moved)
        generated = replace(generated, head=head_motion(self._source.keypoints, moved))
        self.frame_keypoints = FrameKeypoints(self._source.keypoints, driving, moved, box)
        done = time.perf_counter()
        self.timings = {"keypoints": (found - started) * 1000, "generate": (done - found) * 1000}
        return generated

    def _moved(self, frame: Frame, face: Face, box: CropBox, neutral: Keypoints) -> tuple[Keypoints, Keypoints]:
        """Return the user's key points in a frame, and the portrait's for it."""
        seen = driving = self._measure(frame, face, box)
        if self.options.smoothing:
            seen = driving = self._steady.update(driving, moment(frame))
        if self.options.strength != 1:
            driving = first_order.stronger(neutral, driving, self.options.strength)
        if self.options.motion == "absolute":
            return seen, first_order.absolute(driving)
        return seen, first_order.checked(transfer(self._source.keypoints, neutral, driving, self._scale(neutral)))

    def _in_one(
        self, frame: Frame, face: Face, box: CropBox, neutral: Keypoints
    ) -> tuple[Generated, Keypoints, Keypoints]:
        """Do the same and draw in one call; only afterwards can be told whether the numbers were any good."""
        past, seconds = self._steady.since(neutral, moment(frame))
        relative, options = self.options.motion == "relative", self.options
        scale = self._scale(neutral) if relative else 1.0
        passed = seconds if options.smoothing else 0.0
        how = FrameMotion(box, neutral, past, passed, options.strength, scale, relative)
        result = self.model.frame(frame.image, face, self._shares(), self._source.encoded, how)
        first_order.checked(result.found)
        if options.smoothing:
            self._steady.keep(result.past)
        seen = result.past.steadied if options.smoothing else result.found
        return result.generated, seen, first_order.checked(result.moved)

    def _scale(self, neutral: Keypoints) -> float:
        return first_order.movement_scale(self._source.keypoints, neutral) if self.options.adapt_scale else 1.0

    def _shares(self) -> MeshShare:
        return MIXED if self.options.keypoints == "mixed" else LEARNED

    def _measure(self, frame: Frame, face: Face, box: CropBox) -> Keypoints:
        return first_order.checked(self.model.keypoints(frame.image, face, box, self._shares()))
