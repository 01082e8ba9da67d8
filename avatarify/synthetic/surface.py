"""Surfaces: polygons with texture coordinates."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

import numpy as np
import numpy.typing as npt

from avatarify.synthetic.mesh import Floats, Ints

Pixels = npt.NDArray[np.uint8]


class Part(IntEnum):
    """A label of the part map."""

    BACKGROUND = 0
    BODY = 1
    CLOTH = 2
    EYES = 3
    TEETH = 4
    TONGUE = 5
    BROW = 6
    HAIR = 7
    LASH = 8
    GLASSES = 9
    OCCLUDER = 10


@dataclass(frozen=True)
class Surface:
    """Polygons over points.

    Attributes:
        part: Its label.
        faces: (f, 3) or (f, 4) indices into the points.
        uv: (c, 2) texture coordinates, v down.
        face_uv: As ``faces``, indices into ``uv``.
    """

    part: Part
    faces: Ints
    uv: Floats
    face_uv: Ints

    @cached_property
    def corners(self) -> tuple[Ints, Ints, Ints]:
        """Return the point and uv of each GPU vertex, and triangles (t, 3) over these vertices."""
        key = self.faces.astype(np.int64) * (len(self.uv) + 1) + self.face_uv
        unique, inverse = np.unique(key, return_inverse=True)
        faces = inverse.reshape(self.faces.shape)
        triangles = faces if faces.shape[1] == 3 else np.concatenate([faces[:, [0, 1, 2]], faces[:, [0, 2, 3]]])
        return unique // (len(self.uv) + 1), unique % (len(self.uv) + 1), np.ascontiguousarray(triangles, np.int32)

    @cached_property
    def _spread(self) -> tuple[Ints, Ints, Ints]:
        """Return faces sorted by the points they touch, the start of each point's faces, and the points."""
        order = np.argsort(self.faces.ravel(), kind="stable")
        points, first = np.unique(self.faces.ravel()[order], return_index=True)
        return order // self.faces.shape[1], first, points

    def normals(self, points: Floats) -> Floats:
        """(n, 3) outward unit normals at the points, smooth."""
        a, b, c = (points[self.faces[:, i]] for i in (0, 1, 2))
        d = points[self.faces[:, 3]] if self.faces.shape[1] == 4 else a
        first, second = (c - a, d - b) if self.faces.shape[1] == 4 else (b - a, c - a)
        across = _cross(first, second)
        faces, starts, used = self._spread
        sums = np.zeros_like(points)
        sums[used] = np.add.reduceat(across[faces], starts)
        result: Floats = (sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-12)).astype(np.float32)
        return result


def _cross(a: Floats, b: Floats) -> Floats:
    ax, ay, az = a.T
    bx, by, bz = b.T
    return np.stack([ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx], 1)


def grid_surface(part: Part, rows: int, columns: int, closed: bool, offset: int = 0) -> Surface:
    """Return a grid of rows x columns points (a tube if ``closed``: the last column meets the first)."""
    across = columns if closed else columns - 1
    r, c = np.divmod(np.arange((rows - 1) * across), across)
    nxt = (c + 1) % columns
    faces = np.stack([r * columns + c, (r + 1) * columns + c, (r + 1) * columns + nxt, r * columns + nxt], 1)
    u, v = np.meshgrid(np.arange(across + 1) / across, np.arange(rows) / (rows - 1))
    wide = across + 1
    face_uv = np.stack([r * wide + c, (r + 1) * wide + c, (r + 1) * wide + c + 1, r * wide + c + 1], 1)
    return Surface(part, faces + offset, np.stack([u.ravel(), v.ravel()], 1).astype(np.float32), face_uv)


def join(surfaces: list[Surface], counts: list[int]) -> Surface:
    """Join several surfaces into one; ``counts`` are their numbers of points."""
    points = np.cumsum([0, *counts[:-1]])
    uvs = np.cumsum([0, *(len(s.uv) for s in surfaces[:-1])])
    return Surface(
        surfaces[0].part,
        np.concatenate([s.faces + p for s, p in zip(surfaces, points, strict=True)]),
        np.concatenate([s.uv for s in surfaces]),
        np.concatenate([s.face_uv + u for s, u in zip(surfaces, uvs, strict=True)]),
    )
