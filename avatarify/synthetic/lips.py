"""Lips that touch when the mouth is shut, never intersect, and have an exactly known inner edge."""

from __future__ import annotations

import numpy as np

from avatarify.synthetic.anatomy import CORNER, INNER_COLUMNS, INNER_RINGS, LOWER_MIDDLE, RING, UPPER_MIDDLE
from avatarify.synthetic.mesh import Floats, Ints

_FOLLOW = np.array([0.1, 0.2, 0.35, 0.5, 0.65, 0.85, 1, 1, 1, 1, 1], np.float32)  # skin … edge … inside
_SHARPNESS = 700.0
_OPEN = 0.12  # decimeters; a mouth that is less open is rounded less, a closed one not at all
_ROUNDNESS, _ROUNDED = 2.4, 0.8  # shape of the edge (2 is a parabola), and how much of it is applied
_UPPER = np.arange(-CORNER, CORNER + 1)
_LOWER = np.arange(CORNER, RING - CORNER + 1)


class LipField:
    """Finds and moves the inner edges of the lips."""

    def __init__(self, rings: Ints) -> None:
        """``rings``: (11, 38) posed vertices around the mouth, from the skin inward."""
        self._rings = rings

    def edges(self, vertices: Floats) -> Floats:
        """(38, 3) the inner edge, column by column: the lowest of the upper lip, the highest of the lower lip."""
        candidates = vertices[self._rings[list(INNER_RINGS)]]
        height = candidates[:, :, 1].astype(np.float64)
        upward = np.ones(RING)
        upward[_UPPER] = -1
        score = height * upward
        weight = np.exp(_SHARPNESS * (score - score.max(0)))
        edge = (weight[:, :, None] * candidates).sum(0) / weight.sum(0)[:, None]
        corners = [CORNER, -CORNER]
        edge[corners] = vertices[self._rings[7][corners]]
        result: Floats = edge.astype(np.float32)
        return result

    def points(self, vertices: Floats) -> Floats:
        """(8, 3) key points 60-67."""
        edge = self.edges(vertices)
        columns = np.array(INNER_COLUMNS)
        result: Floats = (edge[np.floor(columns).astype(int) % RING] + edge[np.ceil(columns).astype(int) % RING]) / 2
        return result

    def seal(self, rest: Floats) -> None:
        """Close the lips of a face at rest, in place."""
        for _ in range(3):
            self._shift(rest, self._gaps(rest))

    def part(self, vertices: Floats) -> None:
        """Push lips apart, in place, where they intersect."""
        for _ in range(2):
            upper, lower = self._gaps(vertices)
            self._shift(vertices, (np.minimum(upper, 0), np.minimum(lower, 0)))

    def round_off(self, vertices: Floats) -> None:
        """Round the lower lip of an open mouth, in place, because sums of expressions make it pointed."""
        edge = self.edges(vertices)
        lower, left, right = edge[_LOWER], edge[CORNER], edge[-CORNER]
        half = max(float(left[0] - right[0]) / 2, 1e-3)
        across = np.clip((lower[:, 0] - right[0]) / half - 1, -1, 1)
        corners = right[1] + (left[1] - right[1]) * (across + 1) / 2
        deep = np.max(corners - lower[:, 1])
        lack = np.maximum(lower[:, 1] - (corners - deep * (1 - np.abs(across) ** _ROUNDNESS)), 0)
        lack[[0, -1]] = 0
        opened = np.clip((edge[UPPER_MIDDLE, 1] - edge[LOWER_MIDDLE, 1]) / _OPEN, 0, 1)
        move = _FOLLOW[:, None] * (lack[1:-1] * _ROUNDED * opened).astype(np.float32)
        vertices[self._rings[:, _LOWER[1:-1]], 1] -= move

    def _gaps(self, vertices: Floats) -> tuple[Floats, Floats]:
        """Return the distance between the lips at the columns of the upper lip, and of the lower lip."""
        edge = self.edges(vertices)
        upper, lower = edge[_UPPER], edge[_LOWER]
        at_upper = upper[:, 1] - _height(lower, upper[:, 0])
        at_lower = _height(upper, lower[:, 0]) - lower[:, 1]
        for gaps in (at_upper, at_lower):
            gaps[[0, -1]] = 0
        return at_upper, at_lower

    def _shift(self, vertices: Floats, gaps: tuple[Floats, Floats]) -> None:
        for columns, gap, sign in ((_UPPER, gaps[0], -0.5), (_LOWER, gaps[1], 0.5)):
            inner = columns[1:-1]
            move = _FOLLOW[:, None] * gap[1:-1].astype(np.float32) * np.float32(sign)
            vertices[self._rings[:, inner], 1] += move


def _height(line: Floats, x: Floats) -> Floats:
    order = np.argsort(line[:, 0])
    result: Floats = np.interp(x, line[order, 0], line[order, 1])
    return result
