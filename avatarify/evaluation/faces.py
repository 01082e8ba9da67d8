"""AKD, MKR and AED of faces: MediaPipe's landmarks, dlib's descriptor of identity."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from avatarify import paths
from avatarify.evaluation import identity
from avatarify.evaluation.performer import sized
from avatarify.face.face import Face
from avatarify.face.landmarker import FaceLandmarker
from avatarify.frames import U8, Frame

SIDE = 256  # faces are detected at this size, whatever the method's is
POINTS = 468
_FPS = 25.0
_LANDMARKS = "MediaPipe face landmarker (478 points, the mesh's 468 are compared)"
_IDENTITY = "dlib ResNet, 128 numbers"


class FaceJudge:
    """The networks for face metrics, loaded once.

    Attributes:
        about: Names and SHA-256 of the networks, for reports.
    """

    def __init__(self) -> None:
        from avatarify.files import sha256_of

        file, weights = paths.assets() / "models" / "face_landmarker.task", identity.weights()
        self.descriptor = None if weights is None else identity.Descriptor()
        self.about: dict[str, Any] = {
            "landmarks": f"{_LANDMARKS}, SHA-256 {sha256_of(file)}",
            "identity": None if weights is None else f"{_IDENTITY}, SHA-256 {sha256_of(weights)}",
        }

    def begin(self) -> FaceComparison:
        """Start another clip."""
        return FaceComparison(self)


class FaceComparison:
    """Tracks the face in one clip and in the result made from it."""

    def __init__(self, judge: FaceJudge) -> None:
        self._judge = judge
        self._wanted_eye, self._result_eye = FaceLandmarker(), FaceLandmarker()
        self._count = 0

    def compare(self, result: U8, wanted: U8) -> dict[str, float]:
        """Compare a result with its ground truth.

        Args:
            result: (S, S, 3) uint8 RGB.
            wanted: (S, S, 3) uint8 RGB.

        Returns:
            ``akd`` in pixels of a 256-pixel image, ``mkr`` 1 where no face is found in the result, else 0, and ``aed``;
            all NaN where the ground truth shows no face, ``akd`` and ``aed`` where the result shows none.
        """
        result, wanted = sized(result, SIDE), sized(wanted, SIDE)
        due, made = self._find(self._wanted_eye, wanted), self._find(self._result_eye, result)
        self._count += 1
        if due is None:
            return {"akd": math.nan, "mkr": math.nan, "aed": math.nan}
        if made is None:
            return {"akd": math.nan, "mkr": 1.0, "aed": math.nan}
        apart = np.linalg.norm(made.landmarks[:POINTS] - due.landmarks[:POINTS], axis=1)
        return {"akd": float(apart.mean()), "mkr": 0.0, "aed": self._unlike(result, made, wanted, due)}

    def close(self) -> None:
        """Close both landmarkers."""
        self._wanted_eye.close()
        self._result_eye.close()

    def _find(self, eye: FaceLandmarker, image: U8) -> Face | None:
        at = self._count / _FPS
        return eye.find(Frame(np.ascontiguousarray(image), self._count, at, at))

    def _unlike(self, result: U8, made: Face, wanted: U8, due: Face) -> float:
        of = self._judge.descriptor
        return math.nan if of is None else float(np.linalg.norm(of.of(result, made) - of.of(wanted, due)))
