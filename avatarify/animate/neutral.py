"""Which frame of the user is at rest: the reference of relative motion."""

from __future__ import annotations

import math

from avatarify.face.face import Face


def restlessness(face: Face, portrait: Face | None = None) -> float:
    """How far a face is from rest: 0 is frontal, eyes open, mouth closed; comparable between frames only.

    Args:
        face: From a landmarker with expressions.
        portrait: If given, its pose is the rest pose instead of the frontal one.
    """
    yaw, pitch, roll = (portrait.yaw, portrait.pitch, portrait.roll) if portrait else (0.0, 0.0, 0.0)
    pose = math.hypot(face.yaw - yaw, face.pitch - pitch, face.roll - roll) / 15
    level = face.expression.get
    eyes = level("eyeBlinkLeft", 0.0) + level("eyeBlinkRight", 0.0)
    mouth = 2 * level("jawOpen", 0.0) + level("mouthSmileLeft", 0.0) + level("mouthSmileRight", 0.0)
    return pose + 1.5 * eyes + mouth + level("mouthPucker", 0.0)


def best_neutral(faces: dict[int, Face], portrait: Face | None = None) -> int:
    """Return the number of the frame whose face is nearest to rest.

    Args:
        faces: At least one face by frame number.
        portrait: See ``restlessness``.
    """
    return min(faces, key=lambda number: restlessness(faces[number], portrait))
