"""A face placed by hand, where no detector finds one: animals, statues, drawings."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Self

import numpy as np

from avatarify.errors import UsageError
from avatarify.face.face import Face
from avatarify.frames import F32


@dataclass(frozen=True)
class FacePlace:
    """Where a face is in a picture, in its pixels.

    Attributes:
        x: Of the middle of the face, halfway between brows and chin.
        y: Of the same point.
        height: Distance from the brows to the chin.
    """

    x: float
    y: float
    height: float

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``X,Y,HEIGHT``.

        Raises:
            UsageError: It is not three numbers, the last one positive.
        """
        numbers = text.split(",")
        if len(numbers) != 3 or not all(re.fullmatch(r"\d{1,6}(\.\d{1,3})?", number.strip()) for number in numbers):
            raise _malformed(text)
        place = cls(*map(float, numbers))
        if place.height < 1:
            raise _malformed(text)
        return place

    def scaled(self, factor: float) -> FacePlace:
        """Return the place in the picture made larger or smaller by a factor."""
        return FacePlace(self.x * factor, self.y * factor, self.height * factor)


def placed_face(place: FacePlace) -> Face:
    """Return a face at rest, upright and from the front, at a place."""
    points = _face_at_rest()
    return Face(points * np.float32(place.height) + np.array([place.x, place.y], np.float32), {}, 0.0, 0.0, 0.0)


@functools.cache
def _face_at_rest() -> F32:
    """Return the landmarks of a neutral face, (478, 2) float32; its height is 1 and its middle (0, 0)."""
    from avatarify.engines.reference.inputs import read_inputs

    mesh = read_inputs(tight=True, keypoint_size=64, portrait_size=64).frames[0].mesh
    face = Face(mesh, {}, 0.0, 0.0, 0.0)
    return np.asarray((mesh - face.center) / np.float32(face.height), np.float32)


def _malformed(text: str) -> UsageError:
    return UsageError(
        "'{text}' is not the place of a face.",
        "Give the middle of the face and the distance from brows to chin, in pixels of the picture: X,Y,HEIGHT.",
        text=text[:60],
    )
