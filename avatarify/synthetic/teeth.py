"""Two rows of teeth with gums, built from tooth measurements; the base mesh gives the positions of the jaws."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from avatarify.synthetic.mesh import BaseMesh, Floats
from avatarify.synthetic.surface import Part, Pixels, Surface, grid_surface, join

_UPPER_WIDTHS = (0.086, 0.068, 0.077, 0.070, 0.068, 0.100)  # decimeters, from the middle outward
_LOWER_WIDTHS = (0.056, 0.061, 0.070, 0.070, 0.071, 0.105)
_UPPER_HEIGHTS = (0.108, 0.094, 0.104, 0.088, 0.082, 0.076)
_LOWER_HEIGHTS = (0.088, 0.088, 0.098, 0.086, 0.080, 0.074)
_ROWS, _AROUND = 6, 10
_GUM_ALONG, _GUM_ACROSS = 49, 5
_TEXTURE = 64
# Less light reaches the gaps between teeth than their fronts.
_BETWEEN = np.tile(0.35 + 0.65 * np.clip(np.sin(np.linspace(0, 2 * np.pi, _AROUND, endpoint=False)) * 1.6, 0, 1), _ROWS)


@dataclass(frozen=True)
class TeethRow:
    """One jaw's teeth and gum on the template.

    Attributes:
        surface: Its polygons.
        points: (n, 3) places on the template.
        light: (n,) light with the mouth open.
        group: The group of the base mesh that contains this jaw.
    """

    surface: Surface
    points: Floats
    light: Floats
    group: str


def teeth_rows(rng: np.random.Generator) -> tuple[TeethRow, TeethRow]:
    """Return the upper and the lower row of teeth, slightly irregular."""
    upper = _row(_UPPER_WIDTHS, _UPPER_HEIGHTS, (0.298, 1.488), 6.574, 1, rng)
    lower = _row(_LOWER_WIDTHS, _LOWER_HEIGHTS, (0.272, 1.455), 6.592, -1, rng)
    return TeethRow(*upper, "helper-upper-teeth"), TeethRow(*lower, "helper-lower-teeth")


def fit_row(row: TeethRow, mesh: BaseMesh, vertices: Floats) -> Floats:
    """Return the row of teeth (n, 3) in the jaw of a person whose base mesh is ``vertices``."""
    members = mesh.members(row.group)
    before, after = mesh.vertices[members], vertices[members]
    scale = np.ptp(after, axis=0) / np.ptp(before, axis=0)
    middle, goal = (before.max(0) + before.min(0)) / 2, (after.max(0) + after.min(0)) / 2
    result: Floats = ((row.points - middle) * scale + goal).astype(np.float32)
    return result


def teeth_texture(rng: np.random.Generator) -> Pixels:
    """(64, 64, 4) RGBA: teeth on the left half, gum on the right."""
    yellow = rng.beta(1.5, 3)
    tooth = np.array([236, 231 - 14 * yellow, 222 - 50 * yellow]) * rng.uniform(0.88, 1.0)
    gum = np.array([202, 112, 112]) * rng.uniform(0.75, 1.1) * np.array([1, rng.uniform(0.9, 1.1), 1])
    down = np.linspace(0, 1, _TEXTURE)[:, None, None]  # 0 at the neck of a tooth, 1 at its edge
    picture = np.empty((_TEXTURE, _TEXTURE, 3))
    picture[:, :32] = tooth * (1 - np.array([0.04, 0.10, 0.16]) * (1 - down) ** 2) - 10 * np.clip(down - 0.85, 0, 1)
    picture[:, 32:] = gum * (1.05 - 0.25 * down)
    picture += rng.normal(size=picture.shape) * 2
    return np.dstack([np.clip(picture, 0, 255), np.full(picture.shape[:2], 255)]).astype(np.uint8)


def _row(
    widths: tuple[float, ...],
    heights: tuple[float, ...],
    arch: tuple[float, float],
    edge: float,
    up: int,
    rng: np.random.Generator,
) -> tuple[Surface, Floats, Floats]:
    """Teeth along an arch; ``edge`` is the height of the biting edges, ``up`` points from there to the gum."""
    curve = _Arch(*arch)
    surfaces, points, light = [], [], []
    for side in (-1, 1):
        along = 0.0
        for width, height in zip(widths, heights, strict=True):
            crooked = rng.normal(size=3) * np.array([0.004, 0.004, 0.05])
            tooth = _tooth(width * 0.5, height * (1 + 0.04 * rng.normal()), up)
            points.append(
                curve.put(tooth, side * (along + width / 2), edge + up * abs(crooked[0]), crooked[1], crooked[2])
            )
            surfaces.append(_half(grid_surface(Part.TEETH, _ROWS, _AROUND, True), 0.02, 0.48, up > 0))
            light.append(np.clip(1.05 - 1.6 * along, 0.28, 1) * _BETWEEN)
            along += width
    gum = _gum(curve, edge + up * 0.94 * float(np.mean(heights)), up, sum(widths))
    surfaces.append(_half(grid_surface(Part.TEETH, _GUM_ACROSS, _GUM_ALONG, False), 0.52, 0.98, up < 0))
    points.append(gum)
    light.append(np.clip(0.95 - 1.5 * (arch[1] - gum[:, 2]), 0.25, 0.9))
    return join(surfaces, [len(p) for p in points]), np.concatenate(points), np.concatenate(light).astype(np.float32)


def _half(surface: Surface, left: float, right: float, mirrored: bool) -> Surface:
    """Squeeze a surface's texture coordinates into a part of the texture's width; turn it inside out if mirrored."""
    uv = surface.uv * np.array([right - left, 1], np.float32) + np.array([left, 0], np.float32)
    order = slice(None, None, -1 if mirrored else 1)
    return Surface(surface.part, surface.faces[:, order], uv.astype(np.float32), surface.face_uv[:, order])


def _tooth(half_width: float, height: float, up: int) -> Floats:
    """(60, 3) rings from the neck to the edge; x along the arch, y up from the edge, z outward."""
    t = np.linspace(0, 1, _ROWS)[:, None]
    angle = np.linspace(0, 2 * np.pi, _AROUND, endpoint=False)[None]
    wide = half_width * (0.80 + 0.20 * np.sin(np.pi * np.clip(t * 0.75 + 0.05, 0, 1))) * np.where(t > 0.9, 0.84, 1)
    thick = 0.038 * (1 - 0.62 * t**2)
    cosine, sine = np.cos(angle), np.sin(angle)
    x = np.sign(cosine) * np.abs(cosine) ** 0.55 * wide * 0.985
    z = np.sign(sine) * np.abs(sine) ** 0.8 * thick + 0.012 * np.sin(np.pi * t)
    y = np.broadcast_to(up * height * (1.12 - 1.12 * t), x.shape)
    return np.stack([x * np.ones_like(t), y, z * np.ones_like(x)], -1).reshape(-1, 3).astype(np.float32)


class _Arch:
    """Half an ellipse in x and z, parameterized by arc length."""

    def __init__(self, half_width: float, front: float) -> None:
        angle = np.linspace(-1.52, 1.52, 400)
        self._x, self._z = half_width * np.sin(angle), front - 0.52 * (1 - np.cos(angle))
        steps = np.hypot(np.diff(self._x), np.diff(self._z))
        length = np.concatenate([[0.0], np.cumsum(steps)])
        self._length = length - length[-1] / 2

    def frame(self, at: Floats) -> tuple[Floats, Floats, Floats]:
        """Place (m, 3), direction along (m, 3) and outward (m, 3) at lengths ``at`` (m,) from the middle."""
        place = np.stack([np.interp(at, self._length, self._x), 0 * at, np.interp(at, self._length, self._z)], -1)
        ahead = np.stack(
            [np.interp(at + 0.01, self._length, self._x), 0 * at, np.interp(at + 0.01, self._length, self._z)], -1
        )
        along = (ahead - place) / np.linalg.norm(ahead - place, axis=-1, keepdims=True)
        outward = np.stack([-along[..., 2], 0 * at, along[..., 0]], -1)
        return place, along, outward

    def put(self, tooth: Floats, at: float, edge: float, out: float, turn: float) -> Floats:
        place, along, outward = (v[0] for v in self.frame(np.array([at])))
        side, front = along + turn * outward, outward - turn * along
        spot = place + np.array([0, edge, 0]) + out * outward - 0.026 * outward
        up = np.array([0.0, 1.0, 0.0])
        result: Floats = (spot + tooth[:, :1] * side + tooth[:, 1:2] * up + tooth[:, 2:] * front).astype(np.float32)
        return result


def _gum(curve: _Arch, neck: float, up: int, half_length: float) -> Floats:
    """(245, 3) a bulging band over the necks of the teeth."""
    at = np.linspace(-half_length, half_length, _GUM_ALONG)
    place, _, outward = curve.frame(at)
    rows = []
    for t in np.linspace(1, 0, _GUM_ACROSS):  # from the inside of the lip down to the teeth
        bulge = 0.016 * np.sin(np.pi * min(t + 0.25, 1)) - 0.004
        scallop = 0.010 * np.abs(np.cos(at * 2 * np.pi / 0.15)) * (1 - t)
        height = neck + up * (0.14 * t - 0.010 + scallop)
        rows.append(place + bulge * outward + np.stack([0 * at, height, 0 * at], -1))
    return np.concatenate(rows).astype(np.float32)
