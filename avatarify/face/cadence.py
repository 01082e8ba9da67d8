"""When to look for the face's landmarks again, and where the face is meanwhile, by the key points of each frame."""

from __future__ import annotations

import cmath
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from avatarify.face.box import CropBox
from avatarify.face.face import Face
from avatarify.frames import F32
from avatarify.motion import layout

# RMS motion of the key points since the last look, in sides of the animated crop, after which the next look is due.
MOVED = 0.03
_FARTHEST = 0.5  # sides of the box; motion beyond this is an error
_LARGEST = 1.5  # change of size, likewise
_REMEMBERED = 64  # frames; more than between two looks
_HEAD = [point for point in range(layout.COUNT) if point not in layout.NOT_HEAD]

_Places = NDArray[np.complex128]  # x + iy: a similarity is one multiplication and one addition


class Cadence:
    """Measures the head's motion since the last look by the key points, which are detected in every frame anyway.

    Not thread-safe.
    """

    def __init__(self) -> None:
        self._places: OrderedDict[int, _Places] = OrderedDict()  # by number of the frame
        self._newest: _Places | None = None
        self._asked = -1  # the look after which the next one was asked for

    def restart(self) -> None:
        """Forget all frames: the face was away, or the frames have another size."""
        self._places.clear()
        self._newest = None

    def moved(self, face: Face) -> Face:
        """Return a face with its key-point box moved as the key points have moved since the face was looked for.

        The box is returned as it is if no key points since then are known.
        """
        before, box = self._since(face), face.followed
        if before is None or self._newest is None or box is None:
            return face
        turn, center = _similarity(before, self._newest)
        place = center + turn * (complex(box.x, box.y) - before.mean())
        shift = abs(place - complex(box.x, box.y))
        if shift > _FARTHEST * box.size or not 1 / _LARGEST < abs(turn) < _LARGEST:
            return face
        shifted = CropBox(place.real, place.imag, box.size * abs(turn), box.angle + cmath.phase(turn))
        return replace(face, followed=shifted)

    def due(self, frame_index: int, face: Face, points: F32, box: CropBox) -> bool:
        """Take the key points of a frame; return whether the head has moved since the last look, once for each look.

        Args:
            frame_index: Number of the frame.
            face: The face as it was known for this frame.
            points: (K, 2) float32, key points in the coordinates of ``box``.
            box: The animated crop.
        """
        self._newest = _places(box.to_pixels(points))
        self._places[frame_index] = self._newest
        while len(self._places) > _REMEMBERED:
            self._places.popitem(last=False)
        before = self._since(face)
        if before is None or face.frame_index == self._asked:
            return False
        if np.square(np.abs(self._newest - before)).mean() < (MOVED * box.size) ** 2:
            return False
        self._asked = face.frame_index
        return True

    def _since(self, face: Face) -> _Places | None:
        """Return the places in the frame in which the face was looked for, or in the first known one after it."""
        return next((places for index, places in self._places.items() if index >= face.frame_index), None)


def _places(points: F32) -> _Places:
    """Return the points of the head as complex numbers; all of a model that does not name its points."""
    named: Sequence[int] | slice = _HEAD if len(points) == layout.COUNT else slice(None)
    return np.asarray(points[named].astype(np.float64) @ np.array([1, 1j]))


def _similarity(before: _Places, after: _Places) -> tuple[complex, complex]:
    """Return the factor (scale and rotation) of the best similarity between two sets of places, and the new center."""
    start, end = before - before.mean(), after - after.mean()
    spread = np.vdot(start, start).real
    return complex(np.vdot(start, end) / spread) if spread > 0 else 1.0, complex(after.mean())
