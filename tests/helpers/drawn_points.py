"""Key points of the face that ``helpers.drawn`` draws, and of its expressions."""

import numpy as np

from avatarify.frames import F32
from avatarify.motion import layout


def drawn_points(center: tuple[float, float], face: int, mouth: float = 0.0, eyes: float = 1.0) -> F32:
    """Return (81, 2) key points in pixels of a face drawn with these arguments; those of jaw and hair are rough."""
    points = np.zeros((layout.COUNT, 2), np.float32)
    turn = np.linspace(np.pi, 0, 17)
    points[:17] = np.stack([0.365 * np.cos(turn), 0.03 + 0.475 * np.sin(turn)], 1)
    for side, first in ((-1, 17), (1, 22)):
        points[first : first + 5] = [(side * 0.17 + 0.025 * (k - 2) * 2, -0.15) for k in range(5)]
    points[27:31] = [(0, y) for y in (-0.04, 0.02, 0.08, 0.13)]
    points[31:36] = [(0.02 * (k - 2), 0.17) for k in range(5)]
    for eye, (left, right, upper, lower) in enumerate(layout.EYES):
        x, height = (eye * 2 - 1) * 0.16, 0.9 * (0.012 + 0.03 * eyes)
        points[left], points[right] = (x - 0.074, -0.03), (x + 0.074, -0.03)
        for lid, sign in ((upper, -1), (lower, 1)):
            for k, one in enumerate(lid):
                points[one] = (x + (k * 2 - 1) * 0.025, -0.03 + sign * height)
        points[layout.PUPILS[eye]] = (x, -0.03)
    _lips(points, layout.OUTER_LIPS, 0.125, 0.035 + 0.07 * mouth)
    _lips(points, layout.INNER_LIPS, 0.105, 0.006 + 0.062 * mouth)
    points[77], points[78] = (-0.22, 0.16), (0.22, 0.16)
    return np.asarray(points * face + np.array(center), np.float32)


def _lips(points: F32, outline: tuple[int, ...], half: float, height: float) -> None:
    turn = np.linspace(np.pi, 3 * np.pi, len(outline), endpoint=False)
    points[list(outline)] = np.stack([half * np.cos(turn), 0.29 + height * np.sin(turn)], 1)
