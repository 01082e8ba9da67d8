"""Two-bone joints and smooth paths, shared by arm and body."""

from __future__ import annotations

import numpy as np

from avatarify.frames import F32


def bend(root: F32, tip: F32, upper: float, lower: float, pole: F32) -> tuple[F32, F32]:
    """Place the middle joint of a limb of two bones.

    Args:
        root: (3,) start of the limb.
        tip: (3,) desired end; moved closer if out of reach.
        upper: Length of the first bone.
        lower: Length of the second bone.
        pole: (3,) direction in which the middle joint points.

    Returns:
        Middle joint and tip, (3,) each.
    """
    reach = tip - root
    distance = float(np.clip(np.linalg.norm(reach), abs(upper - lower) + 1e-3, upper + lower - 1e-3))
    toward = reach / max(float(np.linalg.norm(reach)), 1e-6)
    side = pole - (pole @ toward) * toward
    side = side / max(float(np.linalg.norm(side)), 1e-6)
    along = (upper**2 - lower**2 + distance**2) / (2 * distance)
    out = max(upper**2 - along**2, 0.0) ** 0.5
    return _f32(root + along * toward + out * side), _f32(root + distance * toward)


def smooth_path(points: F32, times: F32) -> F32:
    """Go through points (N, D) at the times 0, 1, ... N - 1, pausing at each; return (len(times), D)."""
    last = len(points) - 1
    index = np.clip(np.floor(times).astype(int), 0, max(0, last - 1))
    share = np.clip(times - index, 0, 1)
    eased = (share**3 * (share * (share * 6 - 15) + 10))[:, None]
    return _f32(points[index] * (1 - eased) + points[np.minimum(index + 1, last)] * eased)


def _f32(array: F32) -> F32:
    return np.asarray(array, np.float32)
