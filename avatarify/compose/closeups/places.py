"""Where eyes and lips are, in pixels: measured from the 81 key points of the built-in model."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from avatarify.frames import F32
from avatarify.motion import layout

_LID_POINTS = 0.9  # height of a lid at its two key points, of its greatest height
_EYES_PER_MOUTH = 0.56  # width of a relaxed mouth over the distance of the outer corners of the eyes
_STEPS = 8  # points of a smooth outline for each key point


@dataclass(frozen=True)
class Eye:
    """One eye; its own coordinates have their origin in the left corner, x along the eye, and y down, in eye widths.

    Attributes:
        corner: (2,) left corner, pixels.
        along: (2,) from there to the right corner.
        upper: Greatest height of the upper lid, in eye widths; negative is up.
        lower: The same of the lower lid.
    """

    corner: F32
    along: F32
    upper: float
    lower: float

    @classmethod
    def of(cls, points: F32, number: int) -> Eye:
        """Measure eye 0 or 1 (see ``layout.EYES``) in (81, 2) points, pixels."""
        left, right, *lids = layout.EYES[number]
        along = points[right] - points[left]
        into = np.linalg.inv(axes(along))
        upper, lower = (float((into @ (points[list(lid)].mean(0) - points[left]))[1]) / _LID_POINTS for lid in lids)
        return cls(points[left], along, upper, lower)

    @property
    def openness(self) -> float:
        """Distance of the lids, in eye widths; never negative."""
        return max(0.0, self.lower - self.upper)

    @property
    def to_pixels(self) -> F32:
        """Affine map (2, 3) from the eye's coordinates to pixels."""
        return np.column_stack([axes(self.along), self.corner]).astype(np.float32)


@dataclass(frozen=True)
class Mouth:
    """A mouth; its own coordinates have their origin in the middle of the upper inner lip.

    x is along the head's horizontal, and y down, both in widths of a relaxed mouth.

    Attributes:
        origin: (2,) pixels.
        along: (2,) the x axis, pixels.
        lower: (2,) the middle of the lower inner lip, in the mouth's coordinates.
        outline: (8, 2) the inner lips, pixels.
    """

    origin: F32
    along: F32
    lower: F32
    outline: F32

    @classmethod
    def of(cls, points: F32) -> Mouth:
        """Measure the mouth in (81, 2) points, pixels."""
        across = points[layout.EYES[1][1]] - points[layout.EYES[0][0]]
        width = np.linalg.norm(points[layout.MOUTH_CORNERS[1]] - points[layout.MOUTH_CORNERS[0]])
        length = np.linalg.norm(across)
        along = across / max(length, 1e-6) * (width + _EYES_PER_MOUTH * length) / 2
        origin = points[list(layout.UPPER_INNER_LIP)].mean(0)
        down = points[list(layout.LOWER_INNER_LIP)].mean(0) - origin
        return cls(origin, along, np.linalg.inv(axes(along)) @ down, points[list(layout.INNER_LIPS)])

    @property
    def to_pixels(self) -> F32:
        """Affine map (2, 3) from the mouth's coordinates to pixels."""
        return np.column_stack([axes(self.along), self.origin]).astype(np.float32)


def axes(along: F32) -> F32:
    """Return (2, 2) whose columns are a vector and the one perpendicular to it, a quarter turn from x towards y."""
    return np.array([[along[0], -along[1]], [along[1], along[0]]], np.float32)


def lid_curve(along: F32) -> F32:
    """Return the shape of a lid of height 1 at positions along the eye; see ``networks.builtin.geometry``."""
    return np.asarray(np.clip(4 * along * (1 - along), 0, 1) ** 0.8, np.float32)


def whole(affine: F32) -> F32:
    """Return an affine map (2, 3) as a matrix (3, 3)."""
    return np.vstack([affine, np.array([[0, 0, 1]], np.float32)])


def smooth_lips(outline: F32) -> F32:
    """Return a smooth outline of lips through their key points: curved, with two corners.

    Args:
        outline: (2 n, 2) of the corner on the left, n - 1 points of the upper lip, the right corner, and the lower lip.
    """
    half = len(outline) // 2
    closed = np.concatenate([outline, outline[:1]])
    return np.concatenate([_curve(closed[: half + 1]), _curve(closed[half:])])


def _curve(points: F32) -> F32:
    """Return a Catmull-Rom curve through (n, 2) points, without the last one."""
    before, after = 2 * points[0] - points[1], 2 * points[-1] - points[-2]
    every = np.concatenate([before[None], points, after[None]])
    p0, p1, p2, p3 = (every[k : k + len(points) - 1, None] for k in range(4))
    t = (np.arange(_STEPS, dtype=np.float32) / _STEPS)[None, :, None]
    bent = p1 + 0.5 * t * (p2 - p0 + t * (2 * p0 - 5 * p1 + 4 * p2 - p3 + t * (3 * (p1 - p2) + p3 - p0)))
    return np.asarray(bent.reshape(-1, 2), np.float32)
