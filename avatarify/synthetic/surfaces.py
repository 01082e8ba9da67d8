"""Surfaces for ray casting, in numpy: planes, capsules, and boxes.

Lengths are meters, x right, y up, z toward the viewer; colors are linear RGB from 0 to 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from avatarify.frames import F32

FAR = np.float32(1e6)
NEAR = np.float32(1e-3)


@dataclass(frozen=True, slots=True)
class Material:
    """The material of a surface.

    Attributes:
        texture: (T, T, 3) float32 linear RGB, repeated in both directions.
        scale: Repetitions per meter.
        gloss: Fraction of light that is reflected, 0 to 1.
    """

    texture: F32
    scale: float = 2.0
    gloss: float = 0.1


class RaySurface(Protocol):
    """A surface of a scene."""

    @property
    def material(self) -> Material:
        """The material."""

    def meet(self, origin: F32, direction: F32) -> F32:
        """Return the distances (...) at which rays first hit it; ``FAR`` where they miss."""

    def look(self, point: F32) -> tuple[F32, F32]:
        """Return normals (..., 3) and surface coordinates (..., 2) at points (..., 3) on it."""

    def extent(self) -> tuple[F32, float] | None:
        """Return points (N, 3) and a radius such that spheres around them cover it; None if it is infinite."""


@dataclass(frozen=True, slots=True)
class Plane:
    """An infinite plane."""

    point: F32
    normal: F32
    material: Material

    def meet(self, origin: F32, direction: F32) -> F32:
        """See ``RaySurface``."""
        toward = direction @ self.normal
        with np.errstate(divide="ignore", invalid="ignore"):
            distance = ((self.point - origin) @ self.normal) / toward
        return np.where(np.isfinite(distance) & (distance > NEAR), distance, FAR).astype(np.float32)

    def look(self, point: F32) -> tuple[F32, F32]:
        """See ``RaySurface``."""
        u, v = _axes(self.normal)
        offset = point - self.point
        return np.broadcast_to(self.normal, point.shape), np.stack([offset @ u, offset @ v], axis=-1)

    def extent(self) -> None:
        """See ``RaySurface``."""


@dataclass(frozen=True, slots=True)
class Capsule:
    """All points within ``radius`` of the line from ``start`` to ``end``."""

    start: F32
    end: F32
    radius: float
    material: Material

    def meet(self, origin: F32, direction: F32) -> F32:
        """See ``RaySurface``: the nearest of the tube and the two balls at its ends."""
        balls = (_ball(origin - end, direction, self.radius) for end in (self.start, self.end))
        return np.minimum(self._tube(origin, direction), np.minimum(*balls))

    def _tube(self, origin: F32, direction: F32) -> F32:
        axis = self.end - self.start
        square = axis @ axis
        if square < 1e-8:
            return np.full(direction.shape[:-1], FAR, np.float32)
        offset = origin - self.start
        along_ray, along_offset = direction @ axis, offset @ axis
        a = square - along_ray**2
        b = square * (direction * offset).sum(-1) - along_offset * along_ray
        c = square * ((offset * offset).sum(-1) - self.radius**2) - along_offset**2
        inside = b * b - a * c
        distance = (-b - np.sqrt(np.maximum(inside, 0))) / np.maximum(a, 1e-9)
        height = along_offset + distance * along_ray
        fine = (inside > 0) & (distance > NEAR) & (height > 0) & (height < square)
        return np.where(fine, distance, FAR).astype(np.float32)

    def look(self, point: F32) -> tuple[F32, F32]:
        """See ``RaySurface``: u along the axis, v around it."""
        axis = self.end - self.start
        length = np.float32(max(float(np.linalg.norm(axis)), 1e-4))
        share = np.clip(((point - self.start) @ axis) / length**2, 0, 1)
        normal = (point - self.start - share[..., None] * axis) / np.float32(self.radius)
        u, v = _axes(axis / length if length > 1e-3 else np.array([0, 1, 0], np.float32))
        angle = np.arctan2(normal @ v, normal @ u)
        return normal, np.stack([share * length, angle * np.float32(self.radius)], axis=-1)

    def extent(self) -> tuple[F32, float]:
        """See ``RaySurface``."""
        return np.stack([self.start, self.end]), self.radius


@dataclass(frozen=True, slots=True)
class Cuboid:
    """An axis-aligned box, rotated around y.

    Attributes:
        center: (3,) its center.
        half: (3,) half of its side lengths.
        turn: Rotation around y, radians.
    """

    center: F32
    half: F32
    turn: float
    material: Material

    def _own(self) -> F32:
        """Return the rotation into the box's own axes, to be multiplied from the right."""
        cos, sin = np.cos(self.turn), np.sin(self.turn)
        return np.array([[cos, 0, sin], [0, 1, 0], [-sin, 0, cos]], np.float32)

    def meet(self, origin: F32, direction: F32) -> F32:
        """See ``RaySurface``: the last entry into one of three slabs, if before the first exit."""
        turned = self._own()
        inner, toward = (origin - self.center) @ turned, direction @ turned
        toward = np.where(np.abs(toward) < 1e-7, np.float32(1e-7), toward)
        one, other = (-self.half - inner) / toward, (self.half - inner) / toward
        enter, leave = np.minimum(one, other).max(-1), np.maximum(one, other).min(-1)
        return np.where((enter < leave) & (enter > NEAR), enter, FAR).astype(np.float32)

    def look(self, point: F32) -> tuple[F32, F32]:
        """See ``RaySurface``."""
        turned = self._own()
        inner = (point - self.center) @ turned
        face = np.abs(inner / self.half).argmax(-1)
        own = np.eye(3, dtype=np.float32)[face] * np.sign(np.take_along_axis(inner, face[..., None], -1))
        u = np.where(face == 0, inner[..., 2], inner[..., 0])
        v = np.where(face == 1, inner[..., 2], inner[..., 1])
        return np.asarray(own @ turned.T, np.float32), np.stack([u, v], axis=-1)

    def extent(self) -> tuple[F32, float]:
        """See ``RaySurface``."""
        return self.center[None], float(np.linalg.norm(self.half))


def _ball(offset: F32, direction: F32, radius: float) -> F32:
    """Return the distance at which rays that start at ``offset`` from a ball's center hit it."""
    b = (direction * offset).sum(-1)
    inside = b * b - (offset * offset).sum(-1) + radius**2
    distance = -b - np.sqrt(np.maximum(inside, 0))
    return np.where((inside > 0) & (distance > NEAR), distance, FAR).astype(np.float32)


def _axes(normal: F32) -> tuple[F32, F32]:
    """Return two directions perpendicular to a third and to each other."""
    helper = np.array([0, 0, 1] if abs(normal[1]) > 0.9 else [0, 1, 0], np.float32)
    u = unit(np.cross(helper, normal))
    return u.astype(np.float32), np.cross(normal, u).astype(np.float32)


def unit(vector: F32) -> F32:
    """Normalize vectors (..., N)."""
    return np.asarray(vector / np.linalg.norm(vector, axis=-1, keepdims=True), np.float32)
