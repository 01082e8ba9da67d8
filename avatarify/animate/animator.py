"""Stage 3 in one object: the portrait encoded once, then a frame and its face in, the moved portrait out."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import numpy as np

from avatarify.animate.drift import Drift
from avatarify.animate.eye_range import EyeRange
from avatarify.animate.model import LEARNED, MIXED, REFINED, AnimationModel, Encoded, FrameMotion, MeshShare
from avatarify.animate.neutral import turned_away
from avatarify.animate.options import ABSOLUTE_REMOTE, RELATIVE_INSTEAD, MotionOptions
from avatarify.animate.portrait import Portrait
from avatarify.choices import KeypointSource
from avatarify.compose.closeups.kept import kept
from avatarify.errors import MotionError
from avatarify.face.box import CropBox
from avatarify.face.face import Face
from avatarify.frames import F32, Frame, Generated, Keypoints, Performance
from avatarify.motion import first_order
from avatarify.motion.expression import load_basis
from avatarify.motion.head import head_motion
from avatarify.motion.layout import COUNT
from avatarify.motion.lids import eye_range
from avatarify.motion.one_euro import OneEuroFilter, time_of
from avatarify.motion.strength import WHOLE, by_region
from avatarify.motion.transfer import transfer

_ANY_LIDS = np.zeros((2, 2), np.float32)  # for models without lids
PATIENCE_S = 2.0  # after that, the head may well stay turned: the camera stands beside the screen


@dataclass(frozen=True)
class _Neutral:
    box: CropBox  # the user's reference crop: movements inside it move the portrait
    keypoints: Keypoints
    drift: Drift


@dataclass(frozen=True)
class FrameKeypoints:
    """The key points behind one animated frame.

    Attributes:
        source: The portrait's, in its crop.
        driving: The user's, in ``box``; filtered if smoothing is on.
        moved: The portrait's as it was drawn, in its crop.
        box: The user's reference crop in the camera frame.
    """

    source: Keypoints
    driving: Keypoints
    moved: Keypoints
    box: CropBox


@dataclass(frozen=True)
class DetectedPose:
    """What one frame says about the motion: what ``Animator.detect`` hands to ``Animator.draw``.

    Attributes:
        frame: The user.
        face: Where the user's face is.
        box: The user's reference crop in the frame.
        neutral: The user's neutral key points in it.
        source: The portrait.
        keypoints: Of the frame; None where one graph does it all.
        detect_ms: How long this took, milliseconds.
    """

    frame: Frame
    face: Face
    box: CropBox
    neutral: Keypoints
    source: Encoded
    keypoints: FrameKeypoints | None
    detect_ms: float


class Animator:
    """Moves a portrait as a user moves.

    One thread calls it. If ``parallel``, another may call ``draw`` for one frame while ``detect`` runs for the next.

    Args:
        model: Detects key points and generates.
        portrait: Encoded at once.
        options: How motion is transferred.
        exact_faces: Each face is found in its frame itself, not in an earlier one.

    Attributes:
        options: As given; may be replaced between frames.
        timings: Milliseconds of the last drawn frame, ``keypoints`` and ``generate``. Where a whole frame is one graph,
            ``generate`` holds all of it.
        frame_keypoints: Key points of the last drawn frame; None before the first.

    Raises:
        MotionError: the portrait's key points cannot be animated.
    """

    def __init__(
        self,
        model: AnimationModel,
        portrait: Portrait,
        options: MotionOptions | None = None,
        *,
        exact_faces: bool = True,
    ) -> None:
        self.model = model
        self.options = options or MotionOptions()
        self._mesh_share = _mesh_share(self.options.keypoints, exact_faces)
        self.timings: dict[str, float] = {}
        self.frame_keypoints: FrameKeypoints | None = None
        self._neutral: _Neutral | None = None
        self._movement_scale: float | None = None
        self._waiting_since: float | None = None  # for a first neutral frame, seconds
        self._filter = OneEuroFilter()
        self._eyes: EyeRange | None = None  # None for a model whose key points have no names
        self.set_portrait(portrait)

    @property
    def parallel(self) -> bool:
        """Whether two frames may be in progress at once."""
        return self.model.parallel

    def set_portrait(self, portrait: Portrait) -> None:
        """Encode another portrait; the user's neutral frame stays.

        Raises:
            MotionError: its key points cannot be animated; the old portrait stays.
        """
        # A portrait is measured once, and its lids and lips affect every later frame: worth the refined key points.
        shares = MIXED if self._mesh_share == MIXED else REFINED
        keypoints = self.model.keypoints(portrait.image, portrait.face, portrait.box, shares)
        crop, matte = portrait.crops(self.model.portrait_size)
        self._source = self.model.encode(crop, matte, first_order.checked(keypoints))
        self._face = portrait.face
        self._movement_scale = None

    def recalibrate(self) -> None:
        """Take the next usable face as neutral."""
        self._neutral = None

    def set_neutral(self, frame: Frame, face: Face) -> None:
        """Take this face as the user's neutral one.

        Args:
            frame: Shows the user at rest.
            face: The face in this frame.

        Raises:
            MotionError: no motion can be computed from its key points; the old neutral frame stays.
        """
        self._take_neutral(frame, face)

    def animate(self, frame: Frame, face: Face) -> Generated:
        """Animate the portrait with one frame; the first usable one becomes neutral if none was set.

        For the first two seconds, a face that is turned away is not usable (see ``neutral.turned_away``).

        Args:
            frame: The user.
            face: Where the user's face is; found in this frame if ``exact_faces``, or one or two frames earlier.

        Returns:
            The generated crop of the portrait, with the motion of the head.

        Raises:
            MotionError: no motion can be computed from this frame.
        """
        return self.draw(self.detect(frame, face))

    def detect(self, frame: Frame, face: Face) -> DetectedPose:
        """Do the first part of ``animate``.

        Raises:
            MotionError: no motion can be computed from this frame.
        """
        started = time.perf_counter()
        neutral = self._neutral or self._first_neutral(frame, face)
        box = neutral.drift.follow(face, time_of(frame)) if self.options.follow else neutral.box
        keypoints = None
        if not self.model.whole_frames:
            keypoints = self._move(frame, face, box, neutral.keypoints)
        detect_ms = (time.perf_counter() - started) * 1000
        return DetectedPose(frame, face, box, neutral.keypoints, self._source, keypoints, detect_ms)

    def perform(self, frame: Frame, performance: Performance) -> DetectedPose:
        """Do the first part of ``animate`` for a face that no image shows; relative to a face at rest.

        Args:
            frame: Whose moment this is.
            performance: What the face does.

        Raises:
            MotionError: the model's key points have no names, or the runtime detects them itself in each frame.
        """
        started = time.perf_counter()
        self._check_performs()
        neutral, driving = (load_basis().keypoints(moment) for moment in (Performance(), performance))
        driving = by_region(
            neutral, first_order.stronger(neutral, driving, self.options.strength), self.options.regions
        )
        source = self._source.keypoints
        scale = first_order.movement_scale(source, neutral) if self.options.adapt_scale else 1.0
        moved = first_order.checked(transfer(source, neutral, driving, scale, eye_range(neutral.points)))
        box = _whole(frame)
        keypoints = FrameKeypoints(source, driving, moved, box)
        detect_ms = (time.perf_counter() - started) * 1000
        return DetectedPose(frame, self._face, box, neutral, self._source, keypoints, detect_ms)

    def draw(self, pose: DetectedPose) -> Generated:
        """Do the second part of ``animate``.

        Raises:
            MotionError: no motion can be computed from the frame, where one graph does it all.
        """
        started = time.perf_counter()
        if pose.keypoints is None:
            generated, keypoints = self._in_one_graph(pose)
        else:
            keypoints = pose.keypoints
            generated = self.model.generate(pose.source, keypoints.moved)
        generated = _described(generated, keypoints)
        self.frame_keypoints = keypoints
        self.timings = {"keypoints": pose.detect_ms, "generate": (time.perf_counter() - started) * 1000}
        return generated

    def _check_performs(self) -> None:
        if len(self._source.keypoints.points) != COUNT:
            raise MotionError("This model moves with a camera only.", "Use the model built-in.")
        if self.model.whole_frames:
            raise MotionError("This runtime moves a portrait with a camera only.", "Use the runtime openvino.")

    def _first_neutral(self, frame: Frame, face: Face) -> _Neutral:
        """Take a face as neutral, but wait a moment for one that is not turned away."""
        at_s = time_of(frame)
        self._waiting_since = at_s if self._waiting_since is None else self._waiting_since
        if turned_away(face, self._face) and at_s - self._waiting_since < PATIENCE_S:
            raise MotionError("The head is turned too far to begin with.", "Look at the camera.")
        return self._take_neutral(frame, face)

    def _take_neutral(self, frame: Frame, face: Face) -> _Neutral:
        box = face.portrait_box()
        keypoints = self._detect(frame, face, box)
        # Read-only arrays are uploaded to a GPU once, not with every frame.
        keypoints.points.flags.writeable = keypoints.jacobians.flags.writeable = False
        self._neutral = neutral = _Neutral(box, keypoints, Drift(box, face))
        self._waiting_since = None
        self._eyes = EyeRange(keypoints.points) if len(keypoints.points) == COUNT else None
        self._movement_scale = None
        self._filter.reset()  # its past is in other coordinates
        return neutral

    def _move(self, frame: Frame, face: Face, box: CropBox, neutral: Keypoints) -> FrameKeypoints:
        """Return the user's key points in a frame, and the portrait's for it."""
        source = self._source.keypoints
        shown = driving = self._detect(frame, face, box)
        if self.options.smoothing:
            shown = driving = self._filter.update(driving, time_of(frame))
        if self.options.strength != 1:
            driving = first_order.stronger(neutral, driving, self.options.strength)
        if self.options.regions != WHOLE:
            driving = by_region(neutral, driving, self.options.regions)
        if self.options.motion == "absolute":
            if self.model.remote:
                raise MotionError(ABSOLUTE_REMOTE, RELATIVE_INSTEAD)
            return FrameKeypoints(source, shown, first_order.absolute(driving), box)
        moved = first_order.checked(transfer(source, neutral, driving, self._scale(neutral), self._lids()))
        self._follow_eyes(frame, shown, face)
        return FrameKeypoints(source, shown, moved, box)

    def _in_one_graph(self, pose: DetectedPose) -> tuple[Generated, FrameKeypoints]:
        """Do what ``_move`` and ``generate`` do in one call; the numbers can be checked only afterwards."""
        frame, box, neutral = pose.frame, pose.box, pose.neutral
        past, seconds = self._filter.since(neutral, time_of(frame))
        relative, options = self.options.motion == "relative", self.options
        scale = self._scale(neutral) if relative else 1.0
        elapsed = seconds if options.smoothing else 0.0
        how = FrameMotion(box, neutral, past, elapsed, options.strength, scale, relative, self._lids(), options.regions)
        result = self.model.frame(frame.image, pose.face, self._mesh_share, pose.source, how)
        first_order.checked(result.found)
        if options.smoothing:
            self._filter.keep(result.past)
        driving = result.past.steadied if options.smoothing else result.found
        moved = first_order.checked(result.moved)
        self._follow_eyes(frame, driving, pose.face)
        return result.generated, FrameKeypoints(pose.source.keypoints, driving, moved, box)

    def _lids(self) -> F32:
        return _ANY_LIDS if self._eyes is None else self._eyes.lids

    def _follow_eyes(self, frame: Frame, driving: Keypoints, face: Face) -> None:
        if self._eyes is not None:
            self._eyes.follow(frame.index, driving.points, face)

    def _scale(self, neutral: Keypoints) -> float:
        if not self.options.adapt_scale:
            return 1.0
        # Two convex hulls: the same for every frame until the portrait or the neutral frame changes.
        if self._movement_scale is None:
            self._movement_scale = first_order.movement_scale(self._source.keypoints, neutral)
        return self._movement_scale

    def _detect(self, frame: Frame, face: Face, box: CropBox) -> Keypoints:
        return first_order.checked(self.model.keypoints(frame.image, face, box, self._mesh_share))


def _whole(frame: Frame) -> CropBox:
    """Return the largest square in the middle of a frame."""
    height, width = frame.image.shape[:2]
    return CropBox(width / 2, height / 2, float(min(width, height)))


def _mesh_share(keypoints: KeypointSource, exact_faces: bool) -> MeshShare:
    """Return the weight of the face mesh in the user's key points; that of an earlier frame would lag behind."""
    if keypoints == "mixed":
        return MIXED
    return REFINED if keypoints == "auto" and exact_faces else LEARNED


def _described(generated: Generated, keypoints: FrameKeypoints) -> Generated:
    """Return the result with the motion it was made with; eyes and mouth show the portrait's own pixels."""
    source, moved = keypoints.source, keypoints.moved
    points = np.stack([source.points, moved.points])
    visible = generated.visible
    if points.shape[1] == COUNT:
        visible = kept(visible, *points)
    return replace(generated, visible=visible, head=head_motion(source, moved), points=points)
