"""Hair that needs no assets: short hair on the scalp, long hair that hangs down, and a knitted cap."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from avatarify.synthetic.atlas import beard_mask
from avatarify.synthetic.mesh import BaseMesh, Floats, Ints
from avatarify.synthetic.proxies import Proxy
from avatarify.synthetic.surface import Part, Surface, grid_surface, join
from avatarify.synthetic.topology import QuadWalk

_CAPS = {  # thickness, hairline on the forehead, unevenness
    "cropped": (0.03, 7.90, 0.2),
    "grown": (0.11, 7.84, 0.7),
    "curly": (0.20, 7.82, 1.0),
    "fringe": (0.09, 7.60, 0.3),
    "beanie": (0.09, 7.72, 0.1),
}
_HANGING = {  # lowest height, and the cap below it
    "chin long": (6.25, "crown"),
    "shoulder long": (5.75, "crown"),
    "long": (5.15, "crown"),
    "long with fringe": (5.6, "fringe"),
}
_UNDER = {"crown": (0.06, 7.88, 0.15), "fringe": (0.07, 7.60, 0.25)}
_LIP_BORDER, _BEARD = 1, 0.3
_ROWS, _COLUMNS = 16, 41
_AXIS = np.array([0.0, 0.25])  # x and z of the line around which hair hangs
_OPEN = np.radians(62)  # half of the gap in front, where the face is


def grown_styles(mesh: BaseMesh) -> dict[str, Proxy]:
    """Return all styles by name, fitted like the proxies of an assets folder."""
    rng = np.random.default_rng(7)
    caps = {name: _cap(mesh, name, *sizes, rng) for name, sizes in _CAPS.items()}
    return caps | {name: _hanging(mesh, name, *sizes, rng) for name, sizes in _HANGING.items()}


def _cap(mesh: BaseMesh, name: str, thick: float, hairline: float, uneven: float, rng: np.random.Generator) -> Proxy:
    """Return the scalp, refined and lifted along its normals."""
    body = mesh.quads[mesh.groups == "body"]
    x, y, z = mesh.vertices[body].mean(1).T
    line = hairline - 0.45 * np.clip(np.abs(x) - 0.4, 0, 1) - 1.0 * np.clip(0.66 - z, 0, 1)
    ear = (np.abs(x) > 0.72) & (y < 7.5) & (z > 0.1) & (z < 0.7)
    points, coarse = np.unique(body[(y > np.maximum(line, 6.62)) & ~ear], return_inverse=True)
    pairs, faces = _refined(points, coarse.reshape(-1, 4))
    places = mesh.vertices[pairs].mean(1)
    uv, face_uv = _around(places, faces)
    surface = Surface(Part.CLOTH if name == "beanie" else Part.HAIR, faces, uv, face_uv)
    lift = (
        thick
        * (1 + uneven * np.clip(rng.normal(size=len(places)) * 0.35, -0.7, 0.9))
        * _border_fade(faces, len(places))
    )
    return Proxy(name, surface, _fit(pairs, surface.normals(places) * lift[:, None]), ())


@dataclass(frozen=True)
class Beard:
    """A beard that moves with the skin.

    Attributes:
        surface: Its polygons.
        pairs: (n, 2) vertices of the base mesh; each point grows in the middle of two.
        length: (n,) distance from the skin: 1 on the chin, 0.15 on its border.
    """

    surface: Surface
    pairs: Ints
    length: Floats


def grow_beard(mesh: BaseMesh, lips: Ints) -> Beard:
    """Chin, jaw, cheeks and upper lip.

    Args:
        mesh: The base mesh.
        lips: (11, 38) rings around the mouth; nothing grows on the lips.
    """
    bare = QuadWalk(mesh.quads[mesh.groups == "body"]).enclosed(lips[-1], lips[_LIP_BORDER])
    body = mesh.quads[mesh.groups == "body"]
    bearded = (beard_mask(mesh.vertices) > _BEARD) & ~np.isin(np.arange(len(mesh.vertices)), bare)
    points, coarse = np.unique(body[bearded[body].all(1)], return_inverse=True)
    pairs, faces = _refined(points, coarse.reshape(-1, 4))
    places = mesh.vertices[pairs].mean(1)
    uv, face_uv = _around(places, faces, 6.95, 0.8)
    uv = uv * np.array([3, 1], np.float32) - np.array([0.25, 0], np.float32)  # a beard is a third of a head around
    chin = np.clip(1.25 - 1.6 * (places[:, 1] - 6.3), 0.3, 1)
    return Beard(Surface(Part.HAIR, faces, uv, face_uv), pairs, _border_fade(faces, len(places)) * chin)


def _refined(points: Ints, faces: Ints) -> tuple[Ints, Ints]:
    """Divide each quad into four: (n, 2) vertices whose middles the new points are, and (4 f, 4) faces."""
    edges = np.sort(np.stack([points[faces], points[np.roll(faces, -1, 1)]], -1), -1)
    diagonal = np.sort(points[faces[:, [0, 2]]], -1)
    own = np.repeat(points[faces][..., None], 2, -1)
    every = np.concatenate([own, edges, diagonal[:, None]], 1)
    pairs, index = np.unique(every.reshape(-1, 2), axis=0, return_inverse=True)
    corner, edge, middle = np.split(index.reshape(-1, 9), [4, 8], axis=1)
    parts = [np.stack([corner[:, k], edge[:, k], middle[:, 0], edge[:, k - 1]], 1) for k in range(4)]
    return pairs, np.concatenate(parts)


def _around(places: Floats, faces: Ints, top: float = 8.55, high: float = 2.1) -> tuple[Floats, Ints]:
    """Texture coordinates: around the head and down, each face's own so that none spans the seam."""
    corners = places[faces]
    u = np.arctan2(corners[..., 0], corners[..., 2] - 0.3) / (2 * np.pi) + 0.5
    u = np.where((np.ptp(u, axis=1) > 0.5)[:, None] & (u < 0.5), u + 1, u)
    uv = np.stack([u * 0.48 + 0.01, np.clip((top - corners[..., 1]) / high, 0.03, 0.97)], -1)
    return uv.reshape(-1, 2).astype(np.float32), np.arange(faces.size).reshape(faces.shape)


def _border_fade(faces: Ints, count: int) -> Floats:
    """(n,) 0.15 on the border of a surface, where it lies on the skin; 1 inside."""
    edges = np.sort(np.concatenate([faces[:, [i, (i + 1) % 4]] for i in range(4)]), axis=1)
    unique, times = np.unique(edges, axis=0, return_counts=True)
    fade = np.ones(count, np.float32)
    fade[np.unique(unique[times == 1])] = 0.15
    return fade


def _fit(pairs: Ints, offsets: Floats) -> Floats:
    """(n, 9) as ``Proxy`` wants it: each point in the middle of two vertices, moved by an offset."""
    fit = np.zeros((len(pairs), 9), np.float32)
    fit[:, :2], fit[:, 3:5], fit[:, 6:] = pairs, 0.5, offsets
    return fit


def _hanging(mesh: BaseMesh, name: str, low: float, under: str, rng: np.random.Generator) -> Proxy:
    """Return a curtain of hair from the crown down, open in front."""
    body = mesh.members("body")
    body = body[(mesh.vertices[body, 1] > 4.8) & (np.abs(mesh.vertices[body, 0]) < 1.3)]
    around = np.linspace(-np.pi + _OPEN, np.pi - _OPEN, _COLUMNS)  # 0 is the back of the head
    heights = np.concatenate([[8.57, 8.5, 8.36, 8.16], np.linspace(7.9, low, _ROWS - 4)])
    wide = _reach(mesh.vertices[body], around, heights)
    strands = 1 + 0.02 * rng.normal(size=(1, _COLUMNS))
    ends = np.linspace(0, 1, _ROWS)[:, None] ** 4 * rng.uniform(-0.25, 0.1, (1, _COLUMNS))
    direction = np.stack([np.sin(around), -np.cos(around)], -1)
    flat = _AXIS + (wide * strands)[..., None] * direction[None]
    y = heights[:, None] + ends
    places = np.stack([flat[..., 0], y, flat[..., 1]], -1).reshape(-1, 3)
    nearest = body[np.array([np.linalg.norm(mesh.vertices[body] - p, axis=1).argmin() for p in places])]
    grid = grid_surface(Part.HAIR, _ROWS, _COLUMNS, False)
    uv = grid.uv * np.array([0.46, 0.94]) + np.array([0.52, 0.03])
    curtain = Surface(Part.HAIR, grid.faces[:, ::-1], uv, grid.face_uv[:, ::-1])
    fit = _fit(np.stack([nearest, nearest], 1), places - mesh.vertices[nearest])
    top = _cap(mesh, name, *_UNDER[under], rng)
    surface = join([top.surface, curtain], [len(top.fit), len(fit)])
    return Proxy(name, surface, np.concatenate([top.fit, fit]), ())


def _reach(body: Floats, around: Floats, heights: Floats) -> Floats:
    """(rows, columns) how far from the axis hair must hang to lie on head, neck and shoulders, and to fall straight."""
    x, z = body[:, 0] - _AXIS[0], body[:, 2] - _AXIS[1]
    angle, far = np.arctan2(x, -z), np.hypot(x, z)
    rows: list[Floats] = []
    for height in heights:
        near = np.exp(-(((body[:, 1] - height) / 0.12) ** 2))
        close = np.exp(-(((angle[:, None] - around) / 0.16) ** 2)) * near[:, None]
        here = np.where(close > 0.3, far[:, None], 0).max(0) + 0.11
        widest = here if len(rows) < 6 else np.minimum(here, 1.12 * rows[5])  # it does not lie down on the shoulders
        rows.append(here if not rows or height > 7.6 else np.maximum(widest, rows[-1] * 0.97))
    rows[0] = np.full_like(rows[0], 0.02)
    return np.array(rows)
