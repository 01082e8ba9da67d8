"""Which frame shows the user at rest: the reference of relative motion."""

from __future__ import annotations

import math
from collections.abc import Mapping

from avatarify.face.face import Face

TURNED = 35.0  # degrees; beyond it half of the face is hidden, and says nothing about the other half
_DEGREES = 15  # of pose that weigh as much as closed eyes or a half-open mouth


def neutral_distance(face: Face, portrait: Face | None = None) -> float:
    """Return how far a face is from rest: 0 is frontal, eyes open, mouth closed.

    Args:
        face: From a landmarker with expressions.
        portrait: If given, its pose is the rest pose instead of the frontal one.

    Returns:
        0 or more, without a unit: 1 for 15 degrees of pose. Only comparable between frames.
    """
    yaw, pitch, roll = (portrait.yaw, portrait.pitch, portrait.roll) if portrait else (0.0, 0.0, 0.0)
    pose = math.hypot(face.yaw - yaw, face.pitch - pitch, face.roll - roll) / _DEGREES
    level = face.expression.get
    eyes = level("eyeBlinkLeft", 0.0) + level("eyeBlinkRight", 0.0)
    mouth = 2 * level("jawOpen", 0.0) + level("mouthSmileLeft", 0.0) + level("mouthSmileRight", 0.0)
    stare = level("eyeWideLeft", 0.0) + level("eyeWideRight", 0.0)
    upward = (level("eyeLookUpLeft", 0.0) + level("eyeLookUpRight", 0.0)) / 2
    return pose + 1.5 * eyes + stare + upward + mouth + level("mouthPucker", 0.0)


def turned_away(face: Face, portrait: Face) -> bool:
    """Return whether a face is turned too far to be a neutral one, both to the camera and to the portrait's pose."""
    aside = math.hypot(face.yaw, face.pitch)
    return min(aside, math.hypot(face.yaw - portrait.yaw, face.pitch - portrait.pitch)) > TURNED


def match(distance: float, portrait: Face | None = None) -> float:
    """Turn a ``neutral_distance`` into a score that people can read, 0 to 1.

    It is 1 for a face at rest that looks straight ahead, even if the portrait looks aside: nobody who looks into a
    camera can do better. Measured on 19 people and 8 portraits, resting faces score 0.46 to 1; broad smiles, open
    mouths, and closed eyes 0.1 to 0.4.

    Args:
        distance: Of the neutral frame, compared with the same portrait.
        portrait: See ``neutral_distance``.
    """
    aside = math.hypot(portrait.yaw, portrait.pitch, portrait.roll) / _DEGREES if portrait else 0.0
    return min(1.0, math.exp((aside - distance) / 2))


def best_neutral(faces: Mapping[int, Face], portrait: Face | None = None) -> int:
    """Return the number of the frame whose face is closest to rest.

    Args:
        faces: At least one face by frame number.
        portrait: See ``neutral_distance``.
    """
    return min(faces, key=lambda number: neutral_distance(faces[number], portrait))
