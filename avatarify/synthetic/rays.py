"""A ray caster in numpy: textures, lights, soft shadows. Units as in ``surfaces``."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from avatarify.frames import F32, U8
from avatarify.synthetic.surfaces import FAR, NEAR, Material, RaySurface, unit

_SUPER = 2  # rays along the side of a pixel
_SHADOW_STEP = 2  # shadows are computed for every n-th ray and upsampled smoothly
_GAMMA = 2.2


@dataclass(frozen=True, slots=True)
class Camera:
    """A pinhole camera, upright.

    Attributes:
        eye: Its position.
        target: The point in the center of its image.
        field: Horizontal field of view, degrees.
    """

    eye: F32
    target: F32
    field: float

    def axes(self) -> F32:
        """Return right, down and forward as rows, (3, 3)."""
        forward = unit(self.target - self.eye)
        right = unit(np.cross(forward, np.array([0, 1, 0], np.float32)))
        return np.stack([right, np.cross(forward, right), forward]).astype(np.float32)

    def rays(self, side: int) -> F32:
        """Return the directions (side, side, 3) of a picture's pixels."""
        line = ((np.arange(side, dtype=np.float32) + 0.5) * 2 / side - 1) * np.tan(np.radians(self.field) / 2)
        x, y = np.meshgrid(line, line)
        return unit(np.stack([x, y, np.ones_like(x)], axis=-1) @ self.axes()).astype(np.float32)

    def project(self, points: F32) -> tuple[F32, F32]:
        """Return the image positions of points (N, 3), (N, 2) in [-1, 1] with y down, and their depth (N,)."""
        own = (points - self.eye) @ self.axes().T
        depth = np.maximum(own[:, 2], NEAR)
        return np.asarray(own[:, :2] / depth[:, None] / np.tan(np.radians(self.field) / 2), np.float32), depth


@dataclass(frozen=True)
class Scene:
    """Surfaces and lights.

    Attributes:
        surfaces: The surfaces.
        light: (3,) direction to the light.
        strength: Strength of that light, on top of the ambient light.
        ambient: (3,) ambient light.
    """

    surfaces: list[RaySurface]
    light: F32
    strength: float = 0.8
    ambient: F32 = field(default_factory=lambda: np.full(3, 0.35, np.float32))


def picture(scene: Scene, camera: Camera, side: int) -> U8:
    """Render a scene.

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
    """Return for each ray the distance of its first hit, and the index of that surface (-1 for none)."""
    side = len(rays)
    distance, owner = np.full((side, side), FAR, np.float32), np.full((side, side), -1, np.float32)
    for number, surface in enumerate(scene.surfaces):
        window = _window(surface, camera, side)
        found = surface.meet(camera.eye, rays[window])
        nearer = found < distance[window]
        distance[window][nearer] = found[nearer]
        owner[window][nearer] = number
    return distance, owner


def _window(surface: RaySurface, camera: Camera, side: int) -> tuple[slice, slice]:
    """Return the rows and columns that can show a surface."""
    extent = surface.extent()
    if extent is None:
        return slice(None), slice(None)
    centers, depth = camera.project(extent[0])
    near = float(depth.min()) - extent[1]
    if near < 0.1:
        return slice(None), slice(None)
    margin = 1.3 * extent[1] / near / np.tan(np.radians(camera.field) / 2)
    low = np.floor((centers.min(0) - margin + 1) / 2 * side).clip(0, side).astype(int)
    high = np.ceil((centers.max(0) + margin + 1) / 2 * side).clip(0, side).astype(int)
    return slice(low[1], high[1]), slice(low[0], high[0])


def _shadows(scene: Scene, points: F32, distance: F32) -> F32:
    """Return how much of the light reaches each point, 0 to 1."""
    import cv2

    coarse = points[::_SHADOW_STEP, ::_SHADOW_STEP]
    toward = np.broadcast_to(scene.light, coarse.shape)
    free = np.ones(coarse.shape[:2], np.float32)
    for surface in scene.surfaces:
        if surface.extent() is not None:
            free[surface.meet(coarse + 0.02 * scene.light, toward) < FAR] = 0
    return np.asarray(cv2.resize(cv2.blur(free, (3, 3)), distance.shape, interpolation=cv2.INTER_LINEAR), np.float32)


def _lit(scene: Scene, surface: RaySurface, points: F32, rays: F32, shade: F32) -> F32:
    """Return the colors (N, 3) of points on a surface."""
    normal, uv = surface.look(points)
    facing = np.clip(normal @ scene.light, 0, None) * shade
    mirrored = rays - 2 * (rays * normal).sum(-1, keepdims=True) * normal
    shine = surface.material.gloss * np.clip(mirrored @ scene.light, 0, None) ** 20 * shade
    light = scene.ambient + scene.strength * facing[:, None]
    return np.asarray(_texel(surface.material, uv) * light + shine[:, None], np.float32)


def _texel(material: Material, uv: F32) -> F32:
    """Return the texture's colors (N, 3) at surface coordinates (N, 2), mixed from the four around."""
    side = len(material.texture)
    place = uv * np.float32(material.scale * side)
    low = np.floor(place)
    rest, (x, y) = place - low, (low.astype(np.int64) % side).T
    right, below = (x + 1) % side, (y + 1) % side
    a, b = rest[:, :1], rest[:, 1:]
    texture = material.texture
    top = texture[y, x] * (1 - a) + texture[y, right] * a
    return np.asarray(top * (1 - b) + (texture[below, x] * (1 - a) + texture[below, right] * a) * b, np.float32)
