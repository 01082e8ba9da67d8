"""A model on a runtime, in the words of the field: detect key points, encode the portrait, generate."""

from __future__ import annotations

import numpy as np

from avatarify.errors import EngineError
from avatarify.face.box import CropBox
from avatarify.face.face import Face
from avatarify.frames import U8, Generated, Keypoints
from avatarify.runtimes.base import Arrays, Runtime

# How far MediaPipe's landmarks are taken: for the whole face, and for eyes, lips and pupils.
MeshShare = tuple[float, float]
LEARNED: MeshShare = (0.0, 0.0)
REFINED: MeshShare = (0.0, 1.0)
MIXED: MeshShare = (1.0, 1.0)


class AnimationModel:
    """Three calls on a runtime.

    Args:
        runtime: Has the model's graphs.
        tight_keypoints: The key-point detector wants the tight, upright crop; else it gets the portrait's crop.
    """

    def __init__(self, runtime: Runtime, *, tight_keypoints: bool = True) -> None:
        self.runtime = runtime
        self.tight_keypoints = tight_keypoints
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
        given: Arrays = {
            "image": box.cut(image, self.keypoint_size),
            "mesh": box.from_pixels(face.landmarks),
            "mesh_share": np.array(mesh, np.float32),
        }
        found = self.runtime.run("keypoints", given)
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
        out = self.runtime.run("generate", given)
        try:
            return Generated(out["image"], out["deformation"], out["visible"], out.get("matte"))
        except KeyError as error:
            raise EngineError(f"The graph 'generate' gives no {error}.", "Build the engines again.") from error
