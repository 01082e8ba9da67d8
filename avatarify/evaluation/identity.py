"""Whether the result still shows the same person: distances of dlib's face descriptor.

The descriptor is Davis King's ResNet of 128 numbers. Two pictures of one person are less than 0.6 apart; the same
network reaches 99.38 % on Labeled Faces in the Wild with that limit. Only its weights are used, and MediaPipe's
landmarks for the alignment.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from avatarify.errors import InputError
from avatarify.evaluation import metrics
from avatarify.face.face import Face
from avatarify.frames import F32, U8

SAME_PERSON = 0.6
MISSING = "Identity is not measured. Install dlib and its face descriptor with: pip install 'avatarify[evaluate]'."
_WEIGHTS = "models/dlib_face_recognition_resnet_model_v1.dat"
_SIDE = 150
_VIEW = 512
# dlib's five points in MediaPipe's mesh: left eye's outer and inner corner, right eye's, base of the nose.
_POINTS = (263, 362, 33, 133, 2)
_MARGIN = 0.25


def weights() -> Path | None:
    """Return the file of the descriptor's weights; None if the package is not installed."""
    found = importlib.util.find_spec("face_recognition_models")  # importing it would need old setuptools
    file = Path(found.origin).parent / _WEIGHTS if found and found.origin else None
    return file if file and file.is_file() and importlib.util.find_spec("_dlib_pybind11") else None


class Descriptor:
    """Computes identity descriptors of faces.

    Raises:
        InputError: dlib or the weights are not installed.
    """

    def __init__(self) -> None:
        file = weights()
        if file is None:
            raise InputError(MISSING)
        import dlib

        self._dlib = dlib
        self._network = dlib.face_recognition_model_v1(str(file))

    def of(self, image: U8, face: Face) -> F32:
        """Return the descriptor (128,) of a face.

        Args:
            image: (H, W, 3) uint8 RGB.
            face: A face in it.
        """
        dlib, box = self._dlib, face.portrait_box()
        view = box.cut(image, _VIEW)  # dlib takes integer pixels, which are precise enough in a view of fixed size
        corners = (box.from_pixels(face.landmarks[list(_POINTS)]) + 1) * (_VIEW / 2) - 0.5
        shape = dlib.full_object_detection(
            dlib.rectangle(*(int(v) for v in (*corners.min(0), *corners.max(0)))),
            [dlib.point(round(float(x)), round(float(y))) for x, y in corners],
        )
        chip = dlib.get_face_chip(view, shape, size=_SIDE, padding=_MARGIN)
        return np.asarray(self._network.compute_face_descriptor(chip), np.float32)


class Likeness:
    """Descriptors of one portrait and of its results.

    Args:
        portrait: (128,) descriptor of the portrait.
        others: Descriptors (128,) of the other portraits.
    """

    def __init__(self, portrait: F32, others: Sequence[F32] = ()) -> None:
        self._portrait, self._others = portrait, others
        self._results: list[F32] = []
        self._drivers: list[F32] = []

    def add(self, result: F32, driver: F32) -> None:
        """Add the descriptors (128,) of a result and of the driving face in the same frame."""
        self._results.append(result)
        self._drivers.append(driver)

    def distances(self) -> dict[str, float]:
        """Return mean Euclidean distances.

        They are ``result_to_portrait``, ``driver_to_portrait`` and ``driver_to_itself`` (to its first frame);
        ``recognised`` is the fraction of results that count as the portrait's person, ``nearest_is_own`` of those that
        are nearer to it than to any other portrait. NaN where nothing was added.
        """
        made = [_apart(one, self._portrait) for one in self._results]
        return {
            "result_to_portrait": metrics.mean(made),
            "driver_to_portrait": metrics.mean([_apart(one, self._portrait) for one in self._drivers]),
            "driver_to_itself": metrics.mean([_apart(one, self._drivers[0]) for one in self._drivers[1:]]),
            "recognised": metrics.mean([float(one < SAME_PERSON) for one in made]),
            "nearest_is_own": metrics.mean([float(self._nearest(one)) for one in self._results]),
        }

    def _nearest(self, result: F32) -> bool:
        own = _apart(result, self._portrait)
        return all(own < _apart(result, other) for other in self._others)


def _apart(one: F32, other: F32) -> float:
    return float(np.linalg.norm(one - other))
