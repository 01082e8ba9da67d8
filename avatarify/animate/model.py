"""A model on a runtime, in the field's terms: detect key points, encode the portrait, generate."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

import numpy as np

from avatarify.animate.options import REMOTE
from avatarify.face.box import CropBox
from avatarify.face.face import Face
from avatarify.frames import F32, U8, Generated, Keypoints
from avatarify.graphs.check import check_graphs
from avatarify.graphs.spec import (
    ENCODE,
    FRAME,
    GENERATE,
    KEYPOINTS,
    EncodeInputs,
    FrameInputs,
    FrameOutputs,
    GenerateInputs,
    GenerateOutputs,
    KeypointsInputs,
)
from avatarify.motion.one_euro import Past
from avatarify.motion.strength import WHOLE
from avatarify.runtimes.base import Arrays, Runtime, run_graph

# Weight of MediaPipe's landmarks: for the whole face, and for eyes, lips, and pupils.
MeshShare = tuple[float, float]
LEARNED: MeshShare = (0.0, 0.0)
REFINED: MeshShare = (0.0, 1.0)
MIXED: MeshShare = (1.0, 1.0)


@dataclass(frozen=True)
class Encoded:
    """A portrait, ready to be drawn in any pose.

    Attributes:
        features: What the model's graph ``encode`` returned.
        keypoints: Of the portrait, in its crop.
    """

    features: Arrays
    keypoints: Keypoints


@dataclass(frozen=True)
class FrameMotion:
    """How the graph ``frame`` moves the portrait.

    Attributes:
        reference: The square of the neutral frame, the coordinate system of the user's motion.
        neutral: The user's neutral key points in it.
        past: State of the One-Euro filter after the previous frame.
        seconds: Time since the previous frame; 0 restarts the filter.
        strength: Factor on the user's motion.
        scale: Size of the portrait's face over the user's.
        relative: Add the motion since the neutral frame; else take the user's own pose and shape.
        lids: (2, 2) float32 range of the user's eyes (see ``motion.lids.transfer_lids``).
        regions: Factors of head, eyes, mouth, and a fixed gaze (see ``motion.strength.by_region``).
    """

    reference: CropBox
    neutral: Keypoints
    past: Past
    seconds: float
    strength: float
    scale: float
    relative: bool
    lids: F32
    regions: tuple[float, float, float, float] = WHOLE


@dataclass(frozen=True)
class FrameResult:
    """What the graph ``frame`` computed.

    Attributes:
        generated: The image and its motion.
        found: The user's key points as detected, in the neutral frame's square.
        past: State of the filter, with the filtered key points.
        moved: The portrait's key points in this frame.
    """

    generated: Generated
    found: Keypoints
    past: Past
    moved: Keypoints


class AnimationModel:
    """A model's graphs as methods.

    Args:
        runtime: Has the model's graphs.
        tight_keypoints: The key-point detector takes the tight, upright crop; else it takes the portrait's crop.

    Raises:
        EngineError: A graph does not follow the contract (see ``graphs.check``).

    Attributes:
        whole_frames: The runtime draws with ``frame`` and not with ``generate``.
        parallel: Two threads may call different graphs at once.
        remote: What the model draws with leaves this computer.
        keypoint_size: Side of the key-point detector's crop, pixels.
        portrait_size: Side of the portrait's crop, pixels.
    """

    remote: bool = False

    def __init__(self, runtime: Runtime, *, tight_keypoints: bool = True) -> None:
        sizes = check_graphs(runtime.signatures)
        self.runtime = runtime
        self.tight_keypoints = tight_keypoints
        self.whole_frames = FRAME.name in runtime.signatures
        self.remote = runtime.name == REMOTE
        # Each graph has its own request; a host draws while key points are detected here.
        self.parallel = runtime.name in ("openvino", REMOTE) and not self.whole_frames
        self.keypoint_size, self.portrait_size = sizes.keypoint_crop, sizes.portrait_crop

    def keypoint_box(self, face: Face) -> CropBox:
        """Return the crop in which key points are detected."""
        return face.keypoint_box() if self.tight_keypoints else face.portrait_box()

    def keypoints(self, image: U8, face: Face, reference: CropBox, mesh: MeshShare = LEARNED) -> Keypoints:
        """Detect the key points of a face.

        Args:
            image: (H, W, 3) uint8 RGB, the whole image.
            face: Roughly where the face is; with any weight of its mesh: exactly, in this image.
            reference: The crop in whose coordinates the key points are returned.
            mesh: Weights of the face's landmarks against the network's points, if the model can mix them.
        """
        box = self.keypoint_box(face)
        crop = box.cut(image, self.keypoint_size)
        inputs = KeypointsInputs(image=crop, mesh=box.from_pixels(face.landmarks), mesh_share=_weights(mesh))
        found = run_graph(self.runtime, KEYPOINTS, inputs)
        return box.keypoints_to(reference, Keypoints(found.points, found.jacobians))

    def encode(self, crop: U8, matte: U8, keypoints: Keypoints) -> Encoded:
        """Encode a portrait, once.

        Args:
            crop: (S, S, 3) uint8 RGB.
            matte: (S, S) uint8, alpha of the person.
            keypoints: Of the portrait, in the crop's coordinates.
        """
        inputs = EncodeInputs(portrait=crop, matte=matte, points=keypoints.points, jacobians=keypoints.jacobians)
        return Encoded(dict(run_graph(self.runtime, ENCODE, inputs).features), keypoints)

    def generate(self, encoded: Encoded, driving: Keypoints) -> Generated:
        """Draw the portrait with the given key points.

        Raises:
            EngineError: The runtime failed.
        """
        inputs = GenerateInputs(
            features=encoded.features,
            source_points=encoded.keypoints.points,
            source_jacobians=encoded.keypoints.jacobians,
            driving_points=driving.points,
            driving_jacobians=driving.jacobians,
        )
        return _generated(run_graph(self.runtime, GENERATE, inputs))

    def frame(self, image: U8, face: Face, mesh: MeshShare, encoded: Encoded, how: FrameMotion) -> FrameResult:
        """Detect, filter, and transfer key points and draw the portrait, all in one call to the device.

        Args:
            image: (H, W, 3) uint8 RGB, the whole image.
            face: As for ``keypoints``.
            mesh: As for ``keypoints``.
            encoded: From ``encode``.
            how: How to move it.

        Returns:
            Unchecked: key points may not be finite.

        Raises:
            EngineError: The runtime failed.
        """
        box = self.keypoint_box(face)
        inputs = FrameInputs(
            features=encoded.features,
            crop=box.cut(image, self.keypoint_size),
            mesh=box.from_pixels(face.landmarks),
            mesh_share=_weights(mesh),
            to_reference=box.map_to(how.reference),
            neutral_points=how.neutral.points,
            neutral_jacobians=how.neutral.jacobians,
            past_points=how.past.steadied.points,
            past_jacobians=how.past.steadied.jacobians,
            past_raw=how.past.raw,
            past_speed=how.past.speed,
            seconds=_number(how.seconds if how.seconds > 0 else 1.0),  # the filter divides by it
            past_counts=_number(how.seconds > 0),
            strength=_number(how.strength),
            regions=_weights(how.regions),
            scale=_number(how.scale),
            relative=_number(how.relative),
            lids=how.lids,
            source_points=encoded.keypoints.points,
            source_jacobians=encoded.keypoints.jacobians,
        )
        out = run_graph(self.runtime, FRAME, inputs)
        return FrameResult(_generated(out), Keypoints(out.points, out.jacobians), _past(out), _moved(out))


def _past(out: FrameOutputs[F32]) -> Past:
    return Past(Keypoints(out.steadied_points, out.steadied_jacobians), out.points, out.speed)


def _moved(out: FrameOutputs[F32]) -> Keypoints:
    return Keypoints(out.moved_points, out.moved_jacobians)


@functools.lru_cache(maxsize=64)
def _weights(share: tuple[float, ...]) -> F32:
    """Return an array that nobody can change: a GPU runtime uploads it only once."""
    array = np.array(share, np.float32)
    array.flags.writeable = False
    return array


@functools.lru_cache(maxsize=64)
def _number(value: float) -> F32:
    """Return (1,) that nobody can change: a GPU runtime uploads it only when it differs from the last one."""
    array = np.array([value], np.float32)
    array.flags.writeable = False
    return array


def _generated(out: GenerateOutputs[Any]) -> Generated:
    return Generated(out.image, out.deformation, out.visible, out.matte)
