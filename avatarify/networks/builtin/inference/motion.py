"""The analytic motion and the maps of the face on planes of 64 x 64 cells; what ``local_motion`` computes.

The blend of local motions has products of powers where training has sums of logarithms: runtimes have no fast
logarithm. Pupils take no part in it; their weight in training is e^-30.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor, nn

from avatarify.motion import layout
from avatarify.networks.builtin import point_weights
from avatarify.networks.builtin.inference.grids import basis, line
from avatarify.networks.builtin.inference.measures import Algebra, Measures, mean, pick
from avatarify.networks.builtin.local_motion import MOTION_SIZE, LocalMotion

_CELLS = MOTION_SIZE * MOTION_SIZE
_SIDED = tuple(k for k, *_ in point_weights.SIDED)
_PLAIN = tuple(k for k in range(layout.COUNT + len(point_weights.BETWEEN)) if k not in (*_SIDED, *layout.PUPILS))
ORDER = (*_PLAIN, *_SIDED)  # of the points that take part: those that act on both sides of the lips first
_LEAST = 6.1e-6  # e^-12: as far as one lip keeps the other's points away
_SIDE_WIDTH, _EDGE_WIDTH, _EDGE = 0.012, 0.007, 0.010
_LONGEST = max(len(region) for region in point_weights.REGIONS)
_CORNERS = max(len(outline) for outline in point_weights.OUTLINES.values())


class Candidates(NamedTuple):
    """What the refiner blends, on 64 x 64 cells.

    Attributes:
        moves: (6, 4096) displacements by the local motion, the head's, and the torso's: x and y of each.
        maps: (7, 4096) maps of the face's regions, in [0, 1].
        zone: (4096,) in [0, 1], inside of the face, where the local motion is exact.
    """

    moves: Tensor
    maps: Tensor
    zone: Tensor


def padded(points: range | tuple[int, ...], count: int) -> list[int]:
    """Return ``count`` points: the given ones, the first repeated."""
    return [*points, *[points[0]] * (count - len(points))]


def edges(outline: tuple[int, ...], count: int) -> tuple[Tensor, Tensor]:
    """Return weights (count, 81) of an outline's edges as vectors, and of their corners; the first edge repeated."""
    corners, following = pick(padded(outline, count)), pick(padded((*outline[1:], outline[0]), count))
    return following - corners, corners


def _local_rows() -> tuple[Tensor, Tensor, Tensor]:
    """Return weights of 81 points where distances are measured and where the affine maps are anchored, (99, 81) each.

    And of 81 Jacobians and both eyes' frames in the affine maps, (99, 83). The lid points follow their eye's frame.
    """
    every = torch.eye(layout.COUNT + 2)[: layout.COUNT]
    anchors = torch.eye(layout.COUNT)
    for number, (corner, _, upper, lower) in enumerate(layout.EYES):
        anchors[list(upper + lower)] = anchors[corner].clone()
        every[list(upper + lower)] = torch.eye(layout.COUNT + 2)[layout.COUNT + number]
    order = list(ORDER)
    with_between = point_weights.with_between
    return with_between(torch.eye(layout.COUNT))[order], with_between(anchors)[order], with_between(every)[order]


class SourceMotion(nn.Module):
    """What the motion needs of the portrait's key points.

    Args:
        local: The analytic motion in training.
    """

    def __init__(self, local: LocalMotion) -> None:
        super().__init__()
        rows = {
            "anchors": _local_rows()[1],
            "along": eyes_along(),
            "head": head_rows(local),
            "torso": mean(layout.TORSO),
        }
        self.measures = Measures(rows)

    def forward(self, points: Tensor) -> dict[str, Tensor]:
        """Return measures by name for points (81, 2)."""
        found: dict[str, Tensor] = self.measures(points)
        return found


def eyes_along() -> Tensor:
    """Return weights (2, 81) of the vectors along both eyes."""
    return pick([eye[1] for eye in layout.EYES]) - pick([eye[0] for eye in layout.EYES])


def head_rows(local: LocalMotion) -> Tensor:
    """Return weights (3, 81) of the head's center and of the columns of its Jacobian."""
    weights: Tensor = local.head_weights  # type: ignore[assignment]
    return torch.cat([weights[None], local.head_operator.T])


class DenseMotion(nn.Module):
    """Local motion, the head's and the torso's, and maps of the face.

    Args:
        local: The analytic motion in training.
    """

    cells: Tensor
    quadratic: Tensor
    spread: Tensor
    gain: Tensor
    turns: Tensor
    members: Tensor
    reach: Tensor
    widths: Tensor
    offsets: Tensor
    halves: Tensor
    groups: Tensor
    still: Tensor
    ones: Tensor

    def __init__(self, local: LocalMotion) -> None:
        super().__init__()
        self.algebra = Algebra()
        distances, anchors, linear = _local_rows()
        outlines = [edges(outline, _CORNERS) for outline in point_weights.OUTLINES.values()]
        sides = [pick([entry[i] for entry in point_weights.SIDED]) for i in (1, 2, 3)]
        face = pick(range(68))
        self.measures = Measures(
            {
                "distances": distances,
                "anchors": anchors,
                "along": eyes_along(),
                "regions": torch.cat([pick(padded(region, _LONGEST)) for region in point_weights.REGIONS]),
                "directions": torch.cat([sides[1] - sides[2], *[one for one, _ in outlines]]),
                "through": torch.cat([sides[0], *[one for _, one in outlines]]),
                "face": face - face.mean(0),
                "middle": face.mean(0, keepdim=True),
                "head": head_rows(local),
                "torso": mean(layout.TORSO),
            }
        )
        centers = line(MOTION_SIZE, -1, 1)
        cells = basis(centers, centers)
        # (1, x, y, x² + y²) of a point times this: its squared distances to all cells.
        squares = (cells[1:] ** 2).sum(0, keepdim=True)
        self._hold("cells", cells)
        self._hold("quadratic", torch.cat([squares, -2 * cells[1:], torch.ones_like(squares)]))
        order = list(ORDER)
        level, spread = local.level[order].double(), local.spread[order].double()
        level = level - (level - 1.5 * spread.log()).max()  # the largest weight is 1
        zeros = torch.zeros(len(order), 3)
        self._hold("spread", torch.cat([zeros, spread.float()[:, None]], 1))
        self._hold("gain", (level / -1.5).exp().float()[:, None])
        self._hold("turns", linear)
        self._hold_maps()
        self._hold("ones", torch.ones(len(point_weights.REGIONS) * _LONGEST, 1))
        self._hold("still", torch.tensor([[0.0, 1, 0], [0, 0, 1]]))

    def _hold(self, name: str, value: Tensor) -> None:
        self.register_buffer(name, value.clone(), persistent=False)

    def _hold_maps(self) -> None:
        reach = torch.tensor(point_weights.REGION_RADIUS)
        self._hold("reach", (-1 / (2 * reach**2)).repeat_interleave(_LONGEST)[:, None])
        sided, outlined = len(_SIDED), _CORNERS * len(point_weights.OUTLINES)
        widths = torch.cat([torch.full((sided,), _SIDE_WIDTH), torch.full((outlined,), _EDGE_WIDTH)])
        offsets = torch.cat([torch.ones(sided), torch.full((outlined,), -_EDGE / _EDGE_WIDTH)])
        self._hold("widths", 1 / widths[:, None])
        self._hold("offsets", torch.cat([offsets[:, None], torch.zeros(len(offsets), 2)], 1))
        halves, groups = torch.ones(len(reach), 1), torch.zeros(len(reach), len(point_weights.OUTLINES))
        for column, region in enumerate(point_weights.OUTLINES):
            halves[region], groups[region, column] = 0.5, 1
        self._hold("halves", halves)
        self._hold("groups", groups)

    def quadratics(self, points: Tensor) -> Tensor:
        """Return (n, 4) for points (n, 2): 1, x, y and the square of their distance to the crop's center."""
        return torch.cat([self.ones[: len(points)], points, (points * points).sum(1, keepdim=True)], 1)

    def maps(self, regions: Tensor, outlines: Tensor) -> Tensor:
        """Draw the maps of the face.

        Args:
            regions: (7 * 17, 2) points of the regions.
            outlines: (3 * 8, 3) edges of eyes and inner lips, scaled.

        Returns:
            (7, 4096) in [0, 1].
        """
        near = (self.quadratics(regions) * self.reach) @ self.quadratic
        nearest = near.reshape(-1, _LONGEST, _CELLS).amax(1).clamp(max=0)
        inside = torch.sigmoid((outlines @ self.cells).reshape(-1, _CORNERS, _CELLS).amin(1))
        return torch.maximum(nearest.exp() * self.halves, self.groups @ inside)

    def maps_of(self, points: Tensor) -> Tensor:
        """Draw the maps of points (81, 2): (7, 4096)."""
        found = self.measures(points)
        return self.maps(found["regions"], self._lines(found)[len(_SIDED) :])

    def _lines(self, found: dict[str, Tensor]) -> Tensor:
        return self.algebra.lines(found["directions"], found["through"]) * self.widths + self.offsets

    def affine_maps(self, source: dict[str, Tensor], driving: dict[str, Tensor], turns: Tensor) -> Tensor:
        """Return the affine motion around each point that takes part.

        Args:
            source: Measures of the portrait's points.
            driving: Measures of the points to draw.
            turns: (81, 4) linear parts, flat.

        Returns:
            (99, 7): shift, and factors of x and y, for x and then for y; and 1.
        """
        axes_s, axes_d = (self.algebra.similarities(found["along"]) for found in (source, driving))
        squares = (driving["along"] * driving["along"]).sum(1)[:, None, None]
        eyes = (axes_s.transpose(1, 2) @ axes_d / squares).flatten(1)
        linear = (self.turns @ torch.cat([turns, eyes])).reshape(-1, 2, 2)
        shift = source["anchors"] - (linear * driving["anchors"][:, None]).sum(-1)
        flat = torch.cat([shift[..., None], linear], -1).flatten(1)
        return torch.cat([flat, self.ones[: len(flat)]], 1)

    def local(self, found: dict[str, Tensor], affine: Tensor, sides: Tensor) -> Tensor:
        """Blend the affine motions: (2, 4096) displacements.

        Args:
            found: Measures of the points to draw.
            affine: From ``affine_maps``.
            sides: (36, 3) lines between the lips, scaled.
        """
        rows = (self.quadratics(found["distances"]) + self.spread) * self.gain
        counts = [len(_PLAIN), len(_SIDED)]
        plain, sided = (self._falloff(some) for some in rows.split(counts))
        keep = torch.sigmoid(sides @ self.cells).clamp(min=_LEAST)
        first, second = affine.split(counts)
        sums = first.T @ plain + second.T @ (sided * keep)
        motion, total = sums.split([6, 1])
        moved: Tensor = (motion.reshape(2, 3, _CELLS) * self.cells).sum(1) / total
        return moved - self.cells[1:]

    def _falloff(self, rows: Tensor) -> Tensor:
        """A Student-t like falloff: far points still count a little where no other is near."""
        root = 1 / (rows @ self.quadratic).clamp(min=1e-9).sqrt()
        return root * root * root

    def face_zone(self, offsets: Tensor, middle: Tensor) -> Tensor:
        """Return the inside of an ellipse around the face, (1, 4096) in [0, 1].

        Args:
            offsets: (68, 2) of the face's points from their mean.
            middle: (1, 2) their mean.
        """
        moment = offsets.T @ offsets / len(offsets) + 1e-4 * torch.eye(2)
        inverted = self.algebra.inverses(moment.reshape(1, 4)).reshape(2, 2)
        centered = self.still - torch.cat([middle.T, torch.zeros(2, 2)], 1)
        distance = ((centered @ self.cells) * ((inverted @ centered) @ self.cells)).sum(0, keepdim=True)
        return torch.sigmoid((4.2 - distance) * 1.5)

    def rigid(self, source: dict[str, Tensor], driving: dict[str, Tensor], linear: Tensor) -> Tensor:
        """Return the displacements (4, 4096) by the head's affine motion and the torso's shift.

        Args:
            source: Measures of the portrait's points.
            driving: Measures of the points to draw.
            linear: (2, 2) the linear part of the head's motion, transposed.
        """
        shift = source["head"][:1] - driving["head"][:1] @ linear
        head = torch.cat([shift.T, linear.T], 1) - self.still
        torso = torch.cat([(source["torso"] - driving["torso"]).T, torch.zeros(2, 2)], 1)
        return torch.cat([head, torso]) @ self.cells

    def forward(self, source: dict[str, Tensor], points: Tensor, jacobians: tuple[Tensor, Tensor]) -> Candidates:
        """Compute the candidates.

        Args:
            source: From ``SourceMotion``.
            points: (81, 2) of the pose to draw.
            jacobians: (81, 2, 2) of the portrait, and of the pose to draw.
        """
        found = self.measures(points)
        own, other = jacobians
        inverted = self.algebra.inverses(torch.cat([other.flatten(1), found["head"][1:].reshape(1, 4)]))
        turns = (own @ inverted[:-1].reshape(-1, 2, 2)).flatten(1)
        lines = self._lines(found)
        sides, outlines = lines.split([len(_SIDED), len(lines) - len(_SIDED)])
        local = self.local(found, self.affine_maps(source, found, turns), sides)
        rigid = self.rigid(source, found, inverted[-1:].reshape(2, 2) @ source["head"][1:])
        maps = self.maps(found["regions"], outlines)
        return Candidates(torch.cat([local, rigid]), maps, self.face_zone(found["face"], found["middle"]))
