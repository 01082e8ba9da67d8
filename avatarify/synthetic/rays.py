"""A small ray caster for figures made of capsules and boxes on planes: textured, lit, with soft shadows, numpy only.

Lengths are metres, x to the right, y up, z to the viewer; colours are linear RGB from 0 to 1.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from avatarify.frames import F32, U8

_FAR = np.float32(1e6)
_NEAR = np.float32(1e-3)
_SUPER = 2  # rays along a pixel's side
_SHADOW_STEP = 2  # shadows are looked for in every n-th ray and grow soft on the way up
_GAMMA = 2.2


@dataclass(frozen=True, slots=True)
class Material:
    """What a surface looks like.

    Attributes:
        texture: (T, T, 3) float32 linear RGB, repeated in both directions.
        scale: Repetitions a metre.
        gloss: Share of light that is mirrored, 0 to 1.
    """

    texture: F32
    scale: float = 2.0
    gloss: float = 0.1


@dataclass(frozen=True, slots=True)
class Hits:
    """Where rays (..., 3) meet a surface.

    Attributes:
        distance: (...) metres along the ray; ``_FAR`` where it misses.
        normal: (..., 3) of length 1.
        uv: (..., 2) metres on the surface.
    """

    distance: F32
    normal: F32
    uv: F32


class Surface(Protocol):
    """What a scene is made of."""

    @property
    def material(self) -> Material:
        """What it looks like."""

    def meet(self, origin: F32, direction: F32) -> F32:
        """Return the distances (...) at which rays first meet it; ``_FAR`` where they miss."""

    def look(self, point: F32) -> tuple[F32, F32]:
        """Return normals (..., 3) and surface coordinates (..., 2) at points (..., 3) on it."""

    def extent(self) -> tuple[F32, float] | None:
        """Return points (N, 3) and a radius such that spheres around them cover it; None if it has no end."""


@dataclass(frozen=True, slots=True)
class Plane:
    """A plane without end."""

    point: F32
    normal: F32
    material: Material

    def meet(self, origin: F32, direction: F32) -> F32:
        """See ``Surface``."""
        towards = direction @ self.normal
        with np.errstate(divide="ignore", invalid="ignore"):
            distance = ((self.point - origin) @ self.normal) / towards
        return np.where(np.isfinite(distance) & (distance > _NEAR), distance, _FAR).astype(np.float32)

    def look(self, point: F32) -> tuple[F32, F32]:
        """See ``Surface``."""
        u, v = _axes(self.normal)
        offset = point - self.point
        return np.broadcast_to(self.normal, point.shape), np.stack([offset @ u, offset @ v], axis=-1)

    def extent(self) -> None:
        """See ``Surface``."""


@dataclass(frozen=True, slots=True)
class Capsule:
    """All that is nearer than ``radius`` to the line from ``start`` to ``end``."""

    start: F32
    end: F32
    radius: float
    material: Material

    def meet(self, origin: F32, direction: F32) -> F32:
        """See ``Surface``: the nearest of the tube and the two balls at its ends."""
        balls = (_ball(origin - end, direction, self.radius) for end in (self.start, self.end))
        return np.minimum(self._tube(origin, direction), np.minimum(*balls))

    def _tube(self, origin: F32, direction: F32) -> F32:
        axis = self.end - self.start
        square = axis @ axis
        if square < 1e-8:
            return np.full(direction.shape[:-1], _FAR, np.float32)
        offset = origin - self.start
        along_ray, along_offset = direction @ axis, offset @ axis
        a = square - along_ray**2
        b = square * (direction * offset).sum(-1) - along_offset * along_ray
        c = square * ((offset * offset).sum(-1) - self.radius**2) - along_offset**2
        inside = b * b - a * c
        distance = (-b - np.sqrt(np.maximum(inside, 0))) / np.maximum(a, 1e-9)
        height = along_offset + distance * along_ray
        fine = (inside > 0) & (distance > _NEAR) & (height > 0) & (height < square)
        return np.where(fine, distance, _FAR).astype(np.float32)

    def look(self, point: F32) -> tuple[F32, F32]:
        """See ``Surface``: u along the axis, v around it."""
        axis = self.end - self.start
        length = np.float32(max(float(np.linalg.norm(axis)), 1e-4))
        share = np.clip(((point - self.start) @ axis) / length**2, 0, 1)
        normal = (point - self.start - share[..., None] * axis) / np.float32(self.radius)
        u, v = _axes(axis / length if length > 1e-3 else np.array([0, 1, 0], np.float32))
        angle = np.arctan2(normal @ v, normal @ u)
        return normal, np.stack([share * length, angle * np.float32(self.radius)], axis=-1)

    def extent(self) -> tuple[F32, float]:
        """See ``Surface``."""
        return np.stack([self.start, self.end]), self.radius


@dataclass(frozen=True, slots=True)
class Box:
    """A box whose sides are parallel to x, y and z, turned around y.

    Attributes:
        centre: Its middle.
        half: (3,) half of its sides.
        turn: Radians around y.
    """

    centre: F32
    half: F32
    turn: float
    material: Material

    def _own(self) -> F32:
        """Return the rotation into the box's own axes, to be multiplied from the right."""
        cos, sin = np.cos(self.turn), np.sin(self.turn)
        return np.array([[cos, 0, sin], [0, 1, 0], [-sin, 0, cos]], np.float32)

    def meet(self, origin: F32, direction: F32) -> F32:
        """See ``Surface``: the last entry into one of three slabs, if before the first exit."""
        turned = self._own()
        inner, towards = (origin - self.centre) @ turned, direction @ turned
        towards = np.where(np.abs(towards) < 1e-7, np.float32(1e-7), towards)
        one, other = (-self.half - inner) / towards, (self.half - inner) / towards
        enter, leave = np.minimum(one, other).max(-1), np.maximum(one, other).min(-1)
        return np.where((enter < leave) & (enter > _NEAR), enter, _FAR).astype(np.float32)

    def look(self, point: F32) -> tuple[F32, F32]:
        """See ``Surface``."""
        turned = self._own()
        inner = (point - self.centre) @ turned
        face = np.abs(inner / self.half).argmax(-1)
        own = np.eye(3, dtype=np.float32)[face] * np.sign(np.take_along_axis(inner, face[..., None], -1))
        u = np.where(face == 0, inner[..., 2], inner[..., 0])
        v = np.where(face == 1, inner[..., 2], inner[..., 1])
        return np.asarray(own @ turned.T, np.float32), np.stack([u, v], axis=-1)

    def extent(self) -> tuple[F32, float]:
        """See ``Surface``."""
        return self.centre[None], float(np.linalg.norm(self.half))


@dataclass(frozen=True, slots=True)
class Camera:
    """A pinhole camera, upright.

    Attributes:
        eye: Where it stands.
        target: What is in the middle of its picture.
        field: Degrees from the left to the right edge.
    """

    eye: F32
    target: F32
    field: float

    def axes(self) -> F32:
        """Return right, down and forward as rows, (3, 3)."""
        forward = _unit(self.target - self.eye)
        right = _unit(np.cross(forward, np.array([0, 1, 0], np.float32)))
        return np.stack([right, np.cross(forward, right), forward]).astype(np.float32)

    def rays(self, side: int) -> F32:
        """Return the directions (side, side, 3) of a picture's pixels."""
        line = ((np.arange(side, dtype=np.float32) + 0.5) * 2 / side - 1) * np.tan(np.radians(self.field) / 2)
        x, y = np.meshgrid(line, line)
        return _unit(np.stack([x, y, np.ones_like(x)], axis=-1) @ self.axes()).astype(np.float32)

    def project(self, points: F32) -> tuple[F32, F32]:
        """Return where points (N, 3) are in the picture, (N, 2) in [-1, 1] with y down, and their depth (N,)."""
        own = (points - self.eye) @ self.axes().T
        depth = np.maximum(own[:, 2], _NEAR)
        return np.asarray(own[:, :2] / depth[:, None] / np.tan(np.radians(self.field) / 2), np.float32), depth


@dataclass(frozen=True)
class Scene:
    """Surfaces in light.

    Attributes:
        surfaces: What is seen.
        light: (3,) direction to the light.
        strength: Of that light; what comes from everywhere is added.
        ambient: (3,) light from everywhere.
    """

    surfaces: list[Surface]
    light: F32
    strength: float = 0.8
    ambient: F32 = field(default_factory=lambda: np.full(3, 0.35, np.float32))


def picture(scene: Scene, camera: Camera, side: int) -> U8:
    """Draw a scene.

    Returns:
        (side, side, 3) uint8 RGB.
    """
    import cv2

    rays = camera.rays(side * _SUPER)
    distance, owner = _nearest(scene, camera, rays)
    points = camera.eye + rays * np.minimum(distance, 50)[..., None]
    shade = _shadows(scene, points, distance)
    linear = np.zeros_like(rays)
    for number, surface in enumerate(scene.surfaces):
        seen = owner == number
        if seen.any():
            linear[seen] = _lit(scene, surface, points[seen], rays[seen], shade[seen])
    small = cv2.resize(linear, (side, side), interpolation=cv2.INTER_AREA)
    return np.asarray(np.rint(np.clip(small, 0, 1) ** (1 / _GAMMA) * 255), np.uint8)


def _nearest(scene: Scene, camera: Camera, rays: F32) -> tuple[F32, F32]:
    """Return for each ray the distance of what it meets first, and the number of that surface (-1 for none)."""
    side = len(rays)
    distance, owner = np.full((side, side), _FAR, np.float32), np.full((side, side), -1, np.float32)
    for number, surface in enumerate(scene.surfaces):
        window = _window(surface, camera, side)
        found = surface.meet(camera.eye, rays[window])
        nearer = found < distance[window]
        distance[window][nearer] = found[nearer]
        owner[window][nearer] = number
    return distance, owner


def _window(surface: Surface, camera: Camera, side: int) -> tuple[slice, slice]:
    """Return rows and columns beyond which a surface is not seen."""
    extent = surface.extent()
    if extent is None:
        return slice(None), slice(None)
    centres, depth = camera.project(extent[0])
    near = float(depth.min()) - extent[1]
    if near < 0.1:
        return slice(None), slice(None)
    margin = 1.3 * extent[1] / near / np.tan(np.radians(camera.field) / 2)
    low = np.floor((centres.min(0) - margin + 1) / 2 * side).clip(0, side).astype(int)
    high = np.ceil((centres.max(0) + margin + 1) / 2 * side).clip(0, side).astype(int)
    return slice(low[1], high[1]), slice(low[0], high[0])


def _shadows(scene: Scene, points: F32, distance: F32) -> F32:
    """Return how much of the light reaches each point, 0 to 1."""
    import cv2

    coarse = points[::_SHADOW_STEP, ::_SHADOW_STEP]
    towards = np.broadcast_to(scene.light, coarse.shape)
    free = np.ones(coarse.shape[:2], np.float32)
    for surface in scene.surfaces:
        if surface.extent() is not None:
            free[surface.meet(coarse + 0.02 * scene.light, towards) < _FAR] = 0
    return np.asarray(cv2.resize(cv2.blur(free, (3, 3)), distance.shape, interpolation=cv2.INTER_LINEAR), np.float32)


def _lit(scene: Scene, surface: Surface, points: F32, rays: F32, shade: F32) -> F32:
    """Return the colours (N, 3) of points on a surface."""
    normal, uv = surface.look(points)
    facing = np.clip(normal @ scene.light, 0, None) * shade
    mirrored = rays - 2 * (rays * normal).sum(-1, keepdims=True) * normal
    shine = surface.material.gloss * np.clip(mirrored @ scene.light, 0, None) ** 20 * shade
    light = scene.ambient + scene.strength * facing[:, None]
    return np.asarray(_texel(surface.material, uv) * light + shine[:, None], np.float32)


def _texel(material: Material, uv: F32) -> F32:
    """Return the texture's colours (N, 3) at surface coordinates (N, 2), mixed from the four around."""
    side = len(material.texture)
    place = uv * np.float32(material.scale * side)
    low = np.floor(place)
    rest, (x, y) = place - low, (low.astype(np.int64) % side).T
    right, below = (x + 1) % side, (y + 1) % side
    a, b = rest[:, :1], rest[:, 1:]
    texture = material.texture
    top = texture[y, x] * (1 - a) + texture[y, right] * a
    return np.asarray(top * (1 - b) + (texture[below, x] * (1 - a) + texture[below, right] * a) * b, np.float32)


def _ball(offset: F32, direction: F32, radius: float) -> F32:
    """Return at which distance rays that begin at ``offset`` from a ball's middle meet it."""
    b = (direction * offset).sum(-1)
    inside = b * b - (offset * offset).sum(-1) + radius**2
    distance = -b - np.sqrt(np.maximum(inside, 0))
    return np.where((inside > 0) & (distance > _NEAR), distance, _FAR).astype(np.float32)


def _axes(normal: F32) -> tuple[F32, F32]:
    """Return two directions at right angles to a third and to each other."""
    helper = np.array([0, 0, 1] if abs(normal[1]) > 0.9 else [0, 1, 0], np.float32)
    u = _unit(np.cross(helper, normal))
    return u.astype(np.float32), np.cross(normal, u).astype(np.float32)


def _unit(vector: F32) -> F32:
    return np.asarray(vector / np.linalg.norm(vector, axis=-1, keepdims=True), np.float32)
