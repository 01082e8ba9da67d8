"""What a face is doing: eyes, mouth, and how squarely it looks at the camera. Pure functions."""

from __future__ import annotations

import math

from avatarify.face.face import Face

EYE_CLOSED = 0.5
MOUTH_OPEN = 0.25

# Indices in MediaPipe's topology: upper and lower lid, outer and inner corner.
_EYES = {"Left": (386, 374, 263, 362), "Right": (159, 145, 33, 133)}
_LIPS = (13, 14)  # inner edge of the upper and lower lip
_OPEN_EYE = 0.28  # gap between the lids by the width of a calmly open eye
_SHUT_EYE = 0.08
_WIDE_MOUTH = 0.35  # gap between the lips by the height of the face, mouth wide open
_TURN = (18.0, 25.0, 20.0)  # degrees of yaw, pitch, roll that lower ``frontal`` to 1/e; cameras below the face nod it


def eye_closed(face: Face, side: str) -> float:
    """Return how far an eye is closed, 0 open to 1 shut.

    Args:
        face: The face; blend shapes are used where it has them, else the landmarks.
        side: ``Left`` or ``Right``, of the person.
    """
    score = face.expression.get(f"eyeBlink{side}")
    if score is not None:
        return score
    upper, lower, outer, inner = (face.landmarks[index] for index in _EYES[side])
    opening = math.dist(upper, lower) / max(math.dist(outer, inner), 1e-6)
    return _clamped((_OPEN_EYE - opening) / (_OPEN_EYE - _SHUT_EYE))


def eyes_open(face: Face, threshold: float = EYE_CLOSED) -> bool:
    """Return whether both eyes are open."""
    return max(eye_closed(face, "Left"), eye_closed(face, "Right")) < threshold


def mouth_opening(face: Face) -> float:
    """Return how far the mouth is open, 0 closed to 1 wide open."""
    score = face.expression.get("jawOpen")
    if score is not None:
        return score
    upper, lower = (face.landmarks[index] for index in _LIPS)
    return _clamped(math.dist(upper, lower) / max(face.height, 1e-6) / _WIDE_MOUTH)


def mouth_open(face: Face, threshold: float = MOUTH_OPEN) -> bool:
    """Return whether the mouth is open."""
    return mouth_opening(face) > threshold


def frontal(face: Face) -> float:
    """Return how squarely the face looks at the camera, 1 straight to 0 away."""
    turns = zip((face.yaw, face.pitch, face.roll), _TURN, strict=True)
    return math.exp(-sum((angle / width) ** 2 for angle, width in turns))


def _clamped(value: float) -> float:
    return min(1.0, max(0.0, value))
