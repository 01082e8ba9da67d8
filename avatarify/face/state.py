"""The state of a face: eyes, mouth, and how directly it looks at the camera. Pure functions."""

from __future__ import annotations

import math

from avatarify.face.face import Face

# Indices in MediaPipe's topology: upper and lower lid, outer and inner corner.
_EYES = {"Left": (386, 374, 263, 362), "Right": (159, 145, 33, 133)}
_LIPS = (13, 14)  # inner edge of the upper and lower lip
_OPEN_EYE = 0.28  # gap between the lids of an open eye, as a fraction of its width
_SHUT_EYE = 0.08
_WIDE_MOUTH = 0.35  # gap between the lips of a wide open mouth, as a fraction of the face height
_TURN = (18.0, 25.0, 20.0)  # degrees of yaw, pitch, roll that lower ``frontal`` to 1/e; laptops see the face from below


def eye_closed(face: Face, side: str) -> float:
    """Return how far an eye is closed, from 0 (open) to 1 (closed).

    Args:
        face: The face; its blend shapes are used if it has them, else its landmarks.
        side: ``Left`` or ``Right``, from the view of the person.
    """
    score = face.expression.get(f"eyeBlink{side}")
    if score is not None:
        return score
    upper, lower, outer, inner = (face.landmarks[index] for index in _EYES[side])
    opening = math.dist(upper, lower) / max(math.dist(outer, inner), 1e-6)
    return _clamped((_OPEN_EYE - opening) / (_OPEN_EYE - _SHUT_EYE))


def mouth_opening(face: Face) -> float:
    """Return how far the mouth is open, from 0 (closed) to 1 (wide open)."""
    score = face.expression.get("jawOpen")
    if score is not None:
        return score
    upper, lower = (face.landmarks[index] for index in _LIPS)
    return _clamped(math.dist(upper, lower) / max(face.height, 1e-6) / _WIDE_MOUTH)


def frontal(face: Face) -> float:
    """Return how directly the face looks at the camera, from 1 (straight at it) to 0 (away)."""
    turns = zip((face.yaw, face.pitch, face.roll), _TURN, strict=True)
    return math.exp(-sum((angle / width) ** 2 for angle, width in turns))


def _clamped(value: float) -> float:
    return min(1.0, max(0.0, value))
