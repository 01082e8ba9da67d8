"""Ambient occlusion: how much of the sky each point of a surface sees, from depth maps rendered from all sides."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from avatarify.synthetic.camera import parallel
from avatarify.synthetic.mesh import Floats
from avatarify.synthetic.raster import OCCLUSION_SIZE, Drawn, Raster

_SLACK = 0.0045
_LOWEST = 0.10


def sky_seen(
    raster: Raster, scene: Sequence[Drawn], points: Sequence[Floats], middle: Floats, views: int, half: float = 2.6
) -> list[Floats]:
    """For each surface of the scene, at its (n, 3) points: (n,) from 0.1 (a fold) to 1 (open).

    Args:
        raster: Renders the depth maps.
        scene: Everything that occludes the sky.
        points: Positions of the points of each surface.
        middle: (3,) center of the views.
        views: Number of directions.
        half: Half the width of the views.
    """
    for drawn, places in zip(scene, points, strict=True):
        raster.move(drawn, 0, places, np.ones(len(places), np.float32))
    normals = [d.surface.normals(p) for d, p in zip(scene, points, strict=True)]
    seen = [np.zeros(len(p)) for p in points]
    total = [np.full(len(p), 1e-3) for p in points]
    for direction in _directions(views):
        camera = parallel(middle + direction * 10, middle, half, 20)
        depth = raster.depth(scene, 0, camera)
        for k, (places, normal) in enumerate(zip(points, normals, strict=True)):
            weight = np.maximum(normal @ direction, 0)
            seen[k] += weight * _open(depth, camera, places)
            total[k] += weight
    return [np.clip(_LOWEST + 1.05 * s / t, 0, 1).astype(np.float32) for s, t in zip(seen, total, strict=True)]


def _directions(count: int) -> Floats:
    """(count, 3) unit vectors, even over the sphere but for its lowest part."""
    i = np.arange(count) + 0.5
    height = 1 - 1.7 * i / count
    around = np.pi * (1 + 5**0.5) * i
    flat = np.sqrt(1 - height**2)
    return np.stack([np.cos(around) * flat, height, np.sin(around) * flat], 1)


def _open(depth: Floats, camera: Floats, points: Floats) -> Floats:
    clip = points @ camera[:3, :3].T + camera[:3, 3]
    column, row = (
        np.clip((clip[:, i] * 0.5 + 0.5) * OCCLUSION_SIZE, 0, OCCLUSION_SIZE - 1).astype(int) for i in (0, 1)
    )
    result: Floats = depth[row, column] > clip[:, 2] * 0.5 + 0.5 - _SLACK
    return result
