"""A model on a runtime, in the words of the field: detect key points, encode the portrait, generate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from avatarify.errors import EngineError
from avatarify.face.box import CropBox
from avatarify.face.face import Face
from avatarify.frames import U8, Generated, Keypoints
from avatarify.motion.one_euro import Past
from avatarify.runtimes.base import Arrays, Runtime

# How far MediaPipe's landmarks are taken: for the whole face, and for eyes, lips and pupils.
MeshShare = tuple[float, float]
LEARNED: MeshShare = (0.0, 0.0)
REFINED: MeshShare = (0.0, 1.0)
MIXED: MeshShare = (1.0, 1.0)


@dataclass(frozen=True)
class FrameMotion:
    """How a whole frame is to be moved.

    Attributes:
        reference: The square of the neutral frame.
        neutral: The user's neutral key points.
        past: Of the filter.
        seconds: Since the frame before; 0 forgets the past.
        strength: Share of the user's motion.
        scale: Of movements.
        relative: Else the user's own pose and shape are taken.
    """

    reference: CropBox
    neutral: Keypoints
    past: Past
    seconds: float
    strength: float
    scale: float
    relative: bool


@dataclass(frozen=True)
class FrameResult:
    """A whole frame.

    Attributes:
        generated: The picture.
        found: The user's key points.
        past: Of the filter, with the steadied key points.
        moved: The portrait's.
    """

    generated: Generated
    found: Keypoints
    past: Past
    moved: Keypoints


class AnimationModel:
    """Calls on a runtime.

    Args:
        runtime: Has the model's graphs.
        tight_keypoints: The key-point detector wants the tight, upright crop; else it gets the portrait's crop.

    Attributes:
        whole_frames: It draws with ``frame``, not with ``generate``.
    """

    def __init__(self, runtime: Runtime, *, tight_keypoints: bool = True) -> None:
        self.runtime = runtime
        self.tight_keypoints = tight_keypoints
        self.whole_frames = "frame" in runtime.graphs
        self.keypoint_size = runtime.shape("keypoints", "image")[0]
        self.portrait_size = runtime.shape("encode", "portrait")[0]

    def keypoint_box(self, face: Face) -> CropBox:
        """The crop in which key points are detected."""
        return face.keypoint_box() if self.tight_keypoints else face.portrait_box()

    def keypoints(self, image: U8, face: Face, reference: CropBox, mesh: MeshShare = LEARNED) -> Keypoints:
        """Detect the key points of a face.

        Args:
            image: (H, W, 3) uint8 RGB, the whole picture.
            face: Where the face is, roughly; for any share of its mesh: exactly, in this picture.
            reference: The crop in whose coordinates the key points are given.
            mesh: How far the face's landmarks replace what the network finds, if the model can mix them.
        """
        box = self.keypoint_box(face)
        found = self.runtime.run("keypoints", {"image": box.cut(image, self.keypoint_size), **_mesh(box, face, mesh)})
        return box.keypoints_to(reference, Keypoints(found["points"], found["jacobians"]))

    def encode(self, crop: U8, matte: U8, keypoints: Keypoints) -> Arrays:
        """Encode the portrait's crop (S, S, 3) and matte (S, S), once: what of ``generate``'s inputs stays the same."""
        given: Arrays = {"portrait": crop, "matte": matte}
        given |= {"points": keypoints.points, "jacobians": keypoints.jacobians}
        features = self.runtime.run("encode", given)
        return features | {"source_points": keypoints.points, "source_jacobians": keypoints.jacobians}

    def generate(self, encoded: Arrays, driving: Keypoints) -> Generated:
        """Draw the portrait with the given key points.

        Raises:
            EngineError: the result has other fields than expected.
        """
        given: Arrays = encoded | {"driving_points": driving.points, "driving_jacobians": driving.jacobians}
        return _generated(self.runtime.run("generate", given))

    def frame(self, image: U8, face: Face, mesh: MeshShare, encoded: Arrays, how: FrameMotion) -> FrameResult:
        """Find, steady and move key points and draw the portrait, all in one call on the device.

        Args:
            image: (H, W, 3) uint8 RGB, the whole picture.
            face: As for ``keypoints``.
            mesh: As for ``keypoints``.
            encoded: From ``encode``.
            how: How to move it.

        Returns:
            Not looked at: numbers may be not finite.

        Raises:
            EngineError: the result has other fields than expected.
        """
        box = self.keypoint_box(face)
        passed = how.seconds if how.seconds > 0 else 1.0  # nothing is divided by 0
        numbers = [passed, how.seconds > 0, how.strength, how.scale, how.relative]
        given: Arrays = {
            **encoded,
            **_mesh(box, face, mesh),
            "crop": box.cut(image, self.keypoint_size),
            "to_reference": box.map_to(how.reference),
            "neutral_points": how.neutral.points,
            "neutral_jacobians": how.neutral.jacobians,
            "past_points": how.past.steadied.points,
            "past_jacobians": how.past.steadied.jacobians,
            "past_raw": how.past.raw,
            "past_speed": how.past.speed,
            "how": np.array(numbers, np.float32),
        }
        out = self.runtime.run("frame", given)
        steadied = Keypoints(out["steadied_points"], out["steadied_jacobians"])
        moved = Keypoints(out["moved_points"], out["moved_jacobians"])
        found = Keypoints(out["points"], out["jacobians"])
        return FrameResult(_generated(out), found, Past(steadied, found.points, out["speed"]), moved)


def _mesh(box: CropBox, face: Face, share: MeshShare) -> Arrays:
    return {"mesh": box.from_pixels(face.landmarks), "mesh_share": np.array(share, np.float32)}


def _generated(out: Arrays) -> Generated:
    try:
        return Generated(out["image"], out["deformation"], out["visible"], out.get("matte"))
    except KeyError as error:
        raise EngineError(f"The model's graph gives no {error}.", "Build the engines again.") from error
