"""Lids: for any shape of the eye, the two margins meet on one line over the eyeball."""

from __future__ import annotations

import numpy as np

from avatarify.synthetic.anatomy import Lid
from avatarify.synthetic.mesh import BaseMesh, Floats, Ints

_CLEARANCE = 0.004
_MEETING_PLACE = 0.12  # height above the lower margin at which the lids meet, as a fraction of the opening
_LOWER_FADE = 0.06
_FOLLOW_DOWN, _FOLLOW_UP = 0.12, -0.35  # how much the upper lid follows the gaze
_FULL_GAZE_DEG = 20.0


class LidField:
    """Closes and opens one eye of any shape of the base mesh."""

    def __init__(self, mesh: BaseMesh, lid: Lid, blink: Floats, slot: Ints) -> None:
        """Learn from a face unit how far the skin follows the margin.

        Args:
            mesh: The base mesh.
            lid: The eye's margins.
            blink: (19158, 3) the face unit that closes this eye.
            slot: (19158,) index of each vertex among the posed ones.
        """
        self._rings = slot[lid.rings]
        self._upper, self._lower = lid.upper, lid.lower
        self._place = lid.place
        margin = np.linalg.norm(blink[lid.rings[0]], axis=1)
        body = mesh.members("body")
        body = body[(slot[body] >= 0) & (np.linalg.norm(mesh.vertices[body] - lid.center, axis=1) < 3 * lid.radius)]
        x_outer, x_inner = mesh.vertices[lid.rings[0], 0][[lid.upper[0], lid.upper[-1]]]
        place = np.clip((mesh.vertices[body, 0] - x_outer) / (x_inner - x_outer), 0, 1).astype(np.float32)
        order = np.argsort(lid.place[lid.upper], kind="stable")
        reach = np.interp(place, lid.place[lid.upper][order], margin[lid.upper][order])
        follows = np.clip(np.linalg.norm(blink[body], axis=1) / np.maximum(reach, 0.03), 0, 1)
        ring_of = {int(v): (k, c) for k, ring in enumerate(lid.rings) for c, v in enumerate(ring)}
        is_upper, is_lower = set(lid.upper.tolist()), set(lid.lower.tolist())
        on_lower = np.array([v in ring_of and ring_of[v][1] in is_lower - is_upper for v in body.tolist()])
        on_upper = np.array([v in ring_of and ring_of[v][1] in is_upper for v in body.tolist()])
        line = np.interp(place, *_line(lid, mesh.vertices))
        away = np.linalg.norm(mesh.vertices[body][:, None] - mesh.vertices[lid.rings[2][lid.lower]][None], axis=2).min(
            1
        )
        lower = np.where(mesh.vertices[body, 1] < line, np.exp(-((away / _LOWER_FADE) ** 2)), 0)
        self._up = _Region(slot[body], place, np.where(on_upper, 1, np.where(on_lower, 0, follows)), body, ring_of)
        self._low = _Region(slot[body], place, np.where(on_lower, 1, np.where(on_upper, 0, lower)), body, ring_of)

    def ball_radius(self, rest: Floats, center: Floats) -> float:
        """Return the radius of the largest eyeball that fits behind this person's lids."""
        return float(np.percentile(np.linalg.norm(rest[self._rings[0]] - center, axis=1), 8)) - _CLEARANCE

    def close(self, vertices: Floats, center: Floats, radius: float, closed: float, gaze_deg: float) -> None:
        """Move the lids of posed ``vertices`` in place.

        Args:
            vertices: (n, 3).
            center: (3,) the eyeball's center.
            radius: The eyeball's radius.
            closed: 0 unchanged, 1 shut.
            gaze_deg: How far up the eye looks: the upper lid follows.
        """
        follow = _FOLLOW_UP if gaze_deg > 0 else -_FOLLOW_DOWN
        amount = closed + (1 - closed) * follow * min(abs(gaze_deg) / _FULL_GAZE_DEG, 1.2) * (1 if gaze_deg > 0 else -1)
        margins = vertices[self._rings]
        upper, lower = margins[:, self._upper], margins[:, self._lower]
        s_upper, s_lower = self._place[self._upper], self._place[self._lower]
        low_at_upper, up_at_lower = _along(lower, s_lower, s_upper), _along(upper, s_upper, s_lower)
        share = np.float32(_MEETING_PLACE)
        moves_up = (low_at_upper + share * (upper - low_at_upper) - upper) * np.float32(amount)
        moves_low = (lower + share * (up_at_lower - lower) - lower) * np.float32(max(amount, 0))
        self._up.move(vertices, center, radius, moves_up, s_upper)
        self._low.move(vertices, center, radius, moves_low, s_lower)


class _Region:
    """Skin that follows a lid margin."""

    def __init__(
        self, slots: Ints, place: Floats, weight: Floats, body: Ints, ring_of: dict[int, tuple[int, int]]
    ) -> None:
        used = weight > 0.01
        self._slots, self._place = slots[used], place[used]
        self._weight = weight[used].astype(np.float32)[:, None]
        self._ring = np.array([ring_of[v][0] if v in ring_of else 2 for v in body[used].tolist()])

    def move(self, vertices: Floats, center: Floats, radius: float, moves: Floats, places: Floats) -> None:
        arm = vertices[self._slots] - center
        distance = np.linalg.norm(arm, axis=1, keepdims=True)
        follow = _along(moves, places, self._place)[self._ring, np.arange(len(self._slots))]
        goal = arm + self._weight * follow
        reach = np.maximum(
            distance, radius + _CLEARANCE
        )  # skin rotates around the eyeball instead of cutting through it
        vertices[self._slots] = center + goal / np.linalg.norm(goal, axis=1, keepdims=True) * reach


def _line(lid: Lid, vertices: Floats) -> tuple[Floats, Floats]:
    """Return the heights along the eye that separate the upper lid from the lower lid."""
    order = np.argsort(lid.place[lid.lower], kind="stable")
    columns = lid.lower[order]
    return lid.place[columns], vertices[lid.rings[0][columns], 1] + 0.004


def _along(values: Floats, places: Floats, wanted: Floats) -> Floats:
    """Interpolate (k, m, 3) values given at ``places`` (m,) to ``wanted`` (n,): (k, n, 3)."""
    order = np.argsort(places, kind="stable")
    sorted_places = places[order]
    after = np.clip(np.searchsorted(sorted_places, wanted), 1, len(places) - 1)
    gap = np.maximum(sorted_places[after] - sorted_places[after - 1], 1e-6)
    share = np.clip((wanted - sorted_places[after - 1]) / gap, 0, 1).astype(np.float32)[None, :, None]
    left, right = values[:, order[after - 1]], values[:, order[after]]
    return left + share * (right - left)
