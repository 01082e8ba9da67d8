"""Where the lips, the lids and the 81 key points are on the base mesh."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from avatarify.synthetic.mesh import BaseMesh, Floats, Ints, Target
from avatarify.synthetic.topology import QuadWalk

# Vertices of the upper lip on the middle line, from the skin above the lip to the inside of the mouth; through each
# goes a ring of 38 vertices around the mouth.
_LIP_MIDDLE = (5342, 362, 455, 466, 467, 509, 468, 474, 520, 537, 554)
BORDER_RING = 2  # the vermilion border
INNER_RINGS = (5, 6, 7, 8, 9)  # the inner edge of a lip is one of these, depending on how the lip rolls
UPPER_MIDDLE, CORNER, LOWER_MIDDLE, RING = 0, 11, 19, 38
_LID_START = ((0, 1), (2, 3), (4, 5))  # right eye: the edges with which the rings along the margins start

# Places on the template (x, y), the subject's left side; the front-most vertex there is taken.
_JAW = ((0.69, 7.25), (0.68, 7.03), (0.65, 6.82), (0.61, 6.66), (0.54, 6.50), (0.43, 6.36), (0.29, 6.25), (0.145, 6.18))
_BROW = ((0.55, 7.36), (0.45, 7.42), (0.33, 7.44), (0.21, 7.41), (0.11, 7.375))
_BRIDGE = ((0.0, 7.29), (0.0, 7.18), (0.0, 7.07), (0.0, 6.955))
_NOSTRILS = ((-0.13, 6.86), (-0.07, 6.84), (0.0, 6.82), (0.07, 6.84), (0.13, 6.86))
_EXTRA = ((0.0, 7.7), (-0.4, 7.65), (0.4, 7.65))
_TORSO = ((0.0, 5.75), (-0.8, 5.6), (0.8, 5.6))
_CHEEKS = ((-0.42, 6.9), (0.42, 6.9))


@dataclass(frozen=True)
class Lid:
    """One eye's rings of lid margins.

    Attributes:
        rings: (3, 28) vertices from the eyeball outward.
        upper: (n,) columns that belong to the upper lid, from the outer to the inner corner, both included.
        lower: (m,) the same of the lower lid.
        place: (28,) place of each column along the eye: 0 the outer corner, 1 the inner one.
        center: (3,) center of the eyeball on the template.
        radius: The eyeball's radius on the template.
    """

    rings: Ints
    upper: Ints
    lower: Ints
    place: Floats
    center: Floats
    radius: float


def lip_rings(mesh: BaseMesh) -> Ints:
    """(11, 38) rings around the mouth, from the skin inward; column 0 is the upper lip's middle, then leftwards."""
    walk, x = _walk(mesh), mesh.vertices[:, 0]
    return np.array([walk.ring(m, max(walk.neighbors(m), key=lambda v: x[v])) for m in _LIP_MIDDLE])


def lids(mesh: BaseMesh) -> tuple[Lid, Lid]:
    """The right and the left eye's lids (the subject's)."""
    walk = _walk(mesh)
    right = np.array([walk.ring(a, b) for a, b in _LID_START])
    mirrored = mesh.vertices[right] * np.array([-1, 1, 1], np.float32)
    body = mesh.members("body")
    distance = np.linalg.norm(mesh.vertices[body][None, None] - mirrored[:, :, None], axis=-1)
    left = body[distance.argmin(-1)]
    return _lid(mesh, right, "helper-r-eye"), _lid(mesh, left, "helper-l-eye")


def landmarks(mesh: BaseMesh, eyes: tuple[Lid, Lid], lips: Ints) -> Mapping[int, tuple[int, int]]:
    """For every key point but 60-67 (the inner lips) and 79, 80 (the pupils): the two vertices it is the middle of."""
    front = _Front(mesh)
    jaw = [front.at(-x, y) for x, y in _JAW] + [front.at(0, 6.165)] + [front.at(x, y) for x, y in reversed(_JAW)]
    brows = [front.at(-x, y) for x, y in _BROW] + [front.at(x, y) for x, y in reversed(_BROW)]
    nose = [front.at(x, y) for x, y in _BRIDGE + _NOSTRILS]
    points = {i: (v, v) for i, v in enumerate(jaw + brows + nose)}
    for first, lid in ((36, eyes[0]), (42, eyes[1])):
        points |= _lid_points(first, lid)
    points |= {48 + i: _pair(lips[BORDER_RING], column) for i, column in enumerate(OUTER_COLUMNS)}
    others = (
        [front.at(x, y) for x, y in _EXTRA] + front.crown_and_ears() + [front.at(x, y) for x, y in _TORSO + _CHEEKS]
    )
    return points | {68 + i: (v, v) for i, v in enumerate(others)}


# Columns of the lip rings for points 48-59 and 60-67; a half means the middle between two columns.
OUTER_COLUMNS = (-11, -6, -3, 0, 3, 6, 11, 16, 17.5, 19, 20.5, 22)
INNER_COLUMNS = (-11, -4, 0, 4, 11, 17.5, 19, 20.5)


def _pair(ring: Ints, column: float) -> tuple[int, int]:
    return int(ring[int(np.floor(column)) % RING]), int(ring[int(np.ceil(column)) % RING])


def _walk(mesh: BaseMesh) -> QuadWalk:
    return QuadWalk(mesh.quads[mesh.groups == "body"])


def _lid(mesh: BaseMesh, rings: Ints, eyeball: str) -> Lid:
    x = mesh.vertices[rings[0], 0]
    outer, inner = np.abs(x).argmax(), np.abs(x).argmin()
    order = np.arange(rings.shape[1])
    span = (inner - outer) % len(order)
    upper = (outer + np.arange(span + 1)) % len(order)  # rings start on the upper lid and run toward the nose
    lower = (outer - np.arange(len(order) - span + 1)) % len(order)
    ball = mesh.vertices[mesh.members(eyeball)]
    center = (ball.max(0) + ball.min(0)) / 2
    radius = float(np.linalg.norm(ball - center, axis=1).mean())
    return Lid(rings, upper, lower, ((x - x[outer]) / (x[inner] - x[outer])).astype(np.float32), center, radius)


def _lid_points(first: int, lid: Lid) -> dict[int, tuple[int, int]]:
    """Return corner, two upper-lid points, corner, two lower-lid points, clockwise in the image."""
    right = first == 36
    corners = (lid.upper[0], lid.upper[-1]) if right else (lid.upper[-1], lid.upper[0])
    thirds = (1 / 3, 2 / 3) if right else (2 / 3, 1 / 3)
    columns = [corners[0], *(_at(lid, lid.upper, s) for s in thirds), corners[1]]
    columns += [_at(lid, lid.lower, s) for s in reversed(thirds)]
    return {first + i: (int(lid.rings[0, c]), int(lid.rings[0, c])) for i, c in enumerate(columns)}


def _at(lid: Lid, columns: Ints, place: float) -> int:
    return int(columns[np.abs(lid.place[columns] - place).argmin()])


class _Front:
    """Finds vertices of the body by their position in a frontal view."""

    def __init__(self, mesh: BaseMesh) -> None:
        self._vertices = mesh.vertices
        self._body = mesh.members("body")

    def at(self, x: float, y: float) -> int:
        places = self._vertices[self._body]
        distance = np.hypot(places[:, 0] - x, places[:, 1] - y)
        near = np.flatnonzero(distance < distance.min() + 0.02)
        forward = near[places[near, 2] > places[near, 2].max() - 0.1]
        return int(self._body[forward[distance[forward].argmin()]])

    def crown_and_ears(self) -> list[int]:
        places = self._vertices[self._body]
        ears = np.where((places[:, 1] > 7.0) & (places[:, 1] < 7.5), places[:, 0], 0)
        return [int(self._body[i]) for i in (places[:, 1].argmax(), ears.argmin(), ears.argmax())]


def target_field(target: Target, count: int) -> Floats:
    """(count, 3) a target as displacements of all vertices."""
    field = np.zeros((count, 3), np.float32)
    field[target[0]] = target[1]
    return field
