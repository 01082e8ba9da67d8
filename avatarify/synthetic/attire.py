"""Clothes and lashes."""

from __future__ import annotations

import numpy as np

from avatarify.synthetic.anatomy import Lid
from avatarify.synthetic.mesh import BaseMesh, Floats, Ints
from avatarify.synthetic.noise import cloudy, streaks
from avatarify.synthetic.surface import Part, Pixels, Surface

_CLOTH_TEXTURE = 128


def cloth_surface(mesh: BaseMesh, slot: Ints) -> tuple[Surface, Ints]:
    """Return a tight shirt and the posed vertices (n,) that it is attached to."""
    chosen = mesh.groups == "helper-tights"
    quads = mesh.quads[chosen]
    keep = (slot[quads] >= 0).all(1)
    points, faces = np.unique(slot[quads[keep]], return_inverse=True)
    uv = mesh.uv * np.array([1, -1], np.float32) + np.array([0, 1], np.float32)
    return Surface(Part.CLOTH, faces.reshape(-1, 4), uv, mesh.quad_uv[chosen][keep]), points


def cloth_texture(rng: np.random.Generator) -> Pixels:
    """(128, 128, 4) RGBA: plain, striped or checked."""
    n = _CLOTH_TEXTURE
    first, second = (rng.uniform(12, 235, 3) * rng.uniform(0.35, 1) for _ in range(2))
    gray = rng.random()
    first, second = (c * gray + c.mean() * (1 - gray) for c in (first, second))
    period, axis = int(rng.integers(2, 9)), np.arange(n)
    kind = rng.choice(["plain", "across", "down", "checked"], p=[0.55, 0.15, 0.12, 0.18])
    rows, columns = (axis // period % 2)[:, None], (axis // period % 2)[None]
    masks = {"plain": 0 * rows, "across": rows, "down": columns, "checked": (rows + columns) / 2}
    mask = (masks[kind] * np.ones((n, n)))[..., None]
    picture = first * (1 - mask) + second * mask + 5 * cloudy(rng, n, n, 0.8)[..., None]
    return np.dstack([np.clip(picture, 0, 255), np.full((n, n), 255)]).astype(np.uint8)


def lash_surface(lids: tuple[Lid, Lid]) -> Surface:
    """Strips along the upper lids of both eyes; points: first all roots of an eye, then all tips."""
    faces, uvs, face_uv, points = [], [], [], 0
    for lid in lids:
        n = len(lid.upper)
        k = np.arange(n - 1)
        faces.append(np.stack([k, k + 1, k + 1 + n, k + n], 1) + points)
        face_uv.append(faces[-1])
        along = np.linspace(0.01, 0.99, n)
        uvs.append(np.concatenate([np.stack([along, 0 * along + row], 1) for row in (0.98, 0.02)]))
        points += 2 * n
    return Surface(Part.LASH, np.concatenate(faces), np.concatenate(uvs).astype(np.float32), np.concatenate(face_uv))


def lash_points(margins: tuple[Floats, ...], centers: tuple[Floats, Floats], length: float) -> Floats:
    """Return lash roots on the upper margins (n, 3) of both eyes and their tips, in the order of ``lash_surface``."""
    points = []
    for margin, center in zip(margins, centers, strict=True):
        out = margin - center
        out /= np.linalg.norm(out, axis=1, keepdims=True)
        rise = np.clip((margin[:, 1:2] - center[1]) / 0.06, -0.4, 1)  # lashes of a shut eye point down
        place = np.linspace(-1, 1, len(margin))[:, None]
        reach = length * (1 - 0.5 * place**2)
        tip = margin + reach * (0.85 * out + np.array([0, 0.55, 0]) * rise)
        points += [margin + 0.002 * out, tip]
    return np.concatenate(points).astype(np.float32)


def lash_texture(rng: np.random.Generator) -> Pixels:
    """Return the texture of the lashes, (64, 256, 4) RGBA, denser at the roots."""
    height, width = 64, 256
    hairs = streaks(rng, height, width, 2, 90)
    root = np.linspace(0, 1, height)[:, None]
    alpha = np.clip((hairs + 1.6 * root - 0.7) * 1.5, 0, 1) * rng.uniform(0.55, 1.0)
    return np.dstack([np.full((height, width, 3), 18), alpha * 255]).astype(np.uint8)
