"""Constant tensors that depend on the layout of the 81 key points: weights, neighbors, regions, and mirror order."""

from __future__ import annotations

import torch
from torch import Tensor

from avatarify.motion.layout import (
    CHIN_REGION,
    COUNT,
    CROWN,
    EYES,
    LIDS,
    LOWER_LIP,
    MIRROR_PAIRS,
    MOUTH,
    PUPILS,
    TORSO,
    UPPER_LIP,
)

# Groups of points that each get a map in the dense motion network, and the maps' reach in crop units.
REGIONS = (range(17), range(17, 27), range(36, 42), range(42, 48), range(27, 36), range(48, 60), range(60, 68))
REGION_RADIUS = (0.07, 0.05, 0.03, 0.03, 0.05, 0.04, 0.03)
OUTLINES = {2: tuple(range(36, 42)), 3: tuple(range(42, 48)), 6: tuple(range(60, 68))}  # region: its closed outline

# One more point is put between neighbors of both lip rings, so that the mouth's outline is followed closely. The local
# motion there is the mean of its neighbors'.
_OUTER_RING = tuple((48 + i, 48 + (i + 1) % 12) for i in range(12))
_INNER_RING = tuple((60 + i, 60 + (i + 1) % 8) for i in range(8))
BETWEEN = _OUTER_RING + _INNER_RING
_NEAREST_INNER = (0, 0, 1, 2, 3, 3, 4, 4, 5, 6, 7, 7)  # for each stretch of the outer ring, one of the inner

# A lip point acts only on its own side of a line along the inner lip, so that the upper and the lower lip do not pull
# at the same pixels where they meet: (point, line's origin, line's direction from, to).
SIDED = (
    *((k, anchor, anchor - 1, 60 if anchor == 67 else anchor + 1) for k, anchor in (UPPER_LIP | LOWER_LIP).items()),
    *((COUNT + i, _INNER_RING[k][0], *_INNER_RING[k]) for i, k in enumerate(_NEAREST_INNER)),
    *((COUNT + 12 + i, stretch[0], *stretch) for i, stretch in enumerate(_INNER_RING)),
)

# Pairs that never share a local fit: upper lid with lower lid, upper lip with lower lip.
_SEPARATE = (
    ((37, 38), (40, 41)),
    ((43, 44), (46, 47)),
    (tuple(UPPER_LIP), tuple(LOWER_LIP)),
)


def mirror_order() -> Tensor:
    """Return (81,) int64: the index of the point that takes each point's place in a mirrored image."""
    order = list(range(COUNT))
    for a, b in MIRROR_PAIRS:
        order[a], order[b] = b, a
    return torch.tensor(order)


def with_between(values: Tensor) -> Tensor:
    """Append the points between lip points.

    Args:
        values: (..., 81, C), any values of the key points.

    Returns:
        (..., 101, C); the last 20 are means of two neighbors.
    """
    first, second = torch.tensor(BETWEEN).unbind(1)
    return torch.cat([values, (values[..., first, :] + values[..., second, :]) / 2], -2)


def head_weights() -> Tensor:
    """Return (81,) float32: the weight of each point in the rigid motion of the head; sums to 1."""
    weights = torch.ones(COUNT)
    weights[list(TORSO)] = 0
    weights[list(PUPILS)] = 0
    weights[CROWN] = 0.3
    weights[list(MOUTH)] = 0.1
    weights[list(CHIN_REGION)] = 0.2
    weights[list(LIDS)] = 0.2
    return weights / weights.sum()


def head_operator(reference: Tensor) -> Tensor:
    """Return the operator that fits the head's affine map from a reference shape R to detected points.

    Args:
        reference: (81, 2) shape R, crop units.

    Returns:
        (81, 2); the map's Jacobian is ``points.T @ head_operator``.
    """
    weights = head_weights()
    offset = reference - weights @ reference
    moment = (weights[:, None] * offset).T @ offset
    operator: Tensor = (weights[:, None] * offset) @ torch.linalg.inv(moment)
    return operator


def neighbor_weights(reference: Tensor) -> Tensor:
    """Return the weights of all points in each point's local fit.

    Args:
        reference: (81, 2) shape R, crop units.

    Returns:
        (81, 81); rows sum to 1.
    """
    distance = torch.cdist(reference, reference)
    # The radius reaches well beyond the fifth neighbor, wherever the points are dense or sparse.
    radius = (distance.sort(dim=1).values[:, 5:6] * 1.6).clamp(0.05, 0.35)
    weights = torch.exp(-(distance**2) / (2 * radius**2))
    torso = torch.zeros(COUNT)
    torso[list(TORSO)] = 1
    weights = weights * (1 - (torso[:, None] - torso[None]).abs())
    weights = weights * _may_share_a_fit()
    return weights / weights.sum(dim=1, keepdim=True)


def _may_share_a_fit() -> Tensor:
    """(81, 81): 0 where the column's point must not influence the row's fit, else 1."""
    allowed = torch.ones(COUNT, COUNT)
    lids = torch.tensor([k for _, _, upper, lower in EYES for k in upper + lower])
    others = torch.ones(COUNT, dtype=torch.bool)
    others[lids] = False
    allowed[others.nonzero(), lids[None]] = 0  # a blink must not move the brow
    for upper, lower in _SEPARATE:
        for rows, columns in ((upper, lower), (lower, upper)):
            allowed[torch.tensor(rows)[:, None], torch.tensor(columns)] = 0
    return allowed
