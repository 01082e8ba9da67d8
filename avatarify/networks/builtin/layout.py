"""The 81 key points of the built-in model: which is which, and who is whose neighbour.

0-67 follow the common 68-point layout (jaw 0-16, brows 17-26, nose 27-35, eyes 36-47, outer lips 48-59, inner lips
60-67; the subject's right side first). Then: 68-70 forehead, 71 crown, 72/73 ears, 74-76 neck and shoulders, 77/78
cheeks, 79/80 pupils.
"""

from __future__ import annotations

import torch
from torch import Tensor

COUNT = 81
PUPILS = (79, 80)
TORSO = (74, 75, 76)
CROWN = 71

# (left corner, right corner, two points of the upper lid, two of the lower), left to right in the picture.
EYES = ((36, 39, (37, 38), (41, 40)), (42, 45, (43, 44), (47, 46)))
MOUTH = tuple(range(48, 68))
REGIONS = (range(17), range(17, 27), range(36, 42), range(42, 48), range(27, 36), range(48, 60), range(60, 68))
REGION_RADIUS = (0.07, 0.05, 0.03, 0.03, 0.05, 0.04, 0.03)
OUTLINES = {2: tuple(range(36, 42)), 3: tuple(range(42, 48)), 6: tuple(range(60, 68))}  # region: its closed outline

# Lips: each point acts only on its own side of a line along the inner lip, so that the upper and the lower lip do not
# pull at the same pixels where they meet. Here: the point of the inner lip through which that line goes.
_UPPER = {49: 61, 50: 61, 51: 62, 52: 63, 53: 63, 61: 61, 62: 62, 63: 63}
_LOWER = {55: 65, 56: 65, 57: 66, 58: 67, 59: 67, 65: 65, 66: 66, 67: 67}

# Between neighbours of both lip rings stands one more point, so that the mouth's outline is followed closely: the
# local motion there is the mean of its neighbours'.
_OUTER_RING = tuple((48 + i, 48 + (i + 1) % 12) for i in range(12))
_INNER_RING = tuple((60 + i, 60 + (i + 1) % 8) for i in range(8))
BETWEEN = _OUTER_RING + _INNER_RING
_NEAREST_INNER = (0, 0, 1, 2, 3, 3, 4, 4, 5, 6, 7, 7)  # for each stretch of the outer ring, one of the inner

# (point, line's origin, line's direction from, to)
SIDED = (
    *((k, anchor, anchor - 1, 60 if anchor == 67 else anchor + 1) for k, anchor in (_UPPER | _LOWER).items()),
    *((COUNT + i, _INNER_RING[k][0], *_INNER_RING[k]) for i, k in enumerate(_NEAREST_INNER)),
    *((COUNT + 12 + i, stretch[0], *stretch) for i, stretch in enumerate(_INNER_RING)),
)

# Pairs that never share a local fit: upper lid with lower lid, upper lip with lower lip.
_APART = (
    ((37, 38), (40, 41)),
    ((43, 44), (46, 47)),
    (tuple(_UPPER), tuple(_LOWER)),
)

_MIRROR_PAIRS = (
    *((i, 16 - i) for i in range(8)),
    *((i, 43 - i) for i in range(17, 22)),
    *((31, 35), (32, 34), (36, 45), (37, 44), (38, 43), (39, 42), (40, 47), (41, 46)),
    *((48, 54), (49, 53), (50, 52), (55, 59), (56, 58), (60, 64), (61, 63), (65, 67)),
    *((69, 70), (72, 73), (75, 76), (77, 78), (79, 80)),
)

# Where MediaPipe's face mesh has the same place: jaw, brows, nose, eyes, lips, cheeks, pupils.
_MESH_FACE = (
    *(162, 234, 93, 58, 172, 136, 149, 148, 152, 377, 378, 365, 397, 288, 323, 454, 389),
    *(71, 63, 105, 66, 107, 336, 296, 334, 293, 301),
    *(168, 197, 5, 4, 75, 97, 2, 326, 305),
)
_MESH_FEATURES = (
    *(33, 160, 158, 133, 153, 144, 362, 385, 387, 263, 373, 380),
    *(61, 40, 37, 0, 267, 270, 291, 321, 405, 17, 181, 91),
    *(78, 81, 13, 311, 308, 402, 14, 178),
)
MESH_FACE = {**dict(enumerate(_MESH_FACE)), 77: 205, 78: 425}  # key point: vertex
MESH_FEATURES = {**dict(enumerate(_MESH_FEATURES, 36)), 79: 468, 80: 473}
MESH_COUNT = 478


def mirror_order() -> Tensor:
    """(81,) index of the point that takes each point's place in a mirrored picture."""
    order = list(range(COUNT))
    for a, b in _MIRROR_PAIRS:
        order[a], order[b] = b, a
    return torch.tensor(order)


def with_between(values: Tensor) -> Tensor:
    """Append the points between lip points: (..., 81, C) to (..., 101, C), means of their neighbours."""
    first, second = torch.tensor(BETWEEN).unbind(1)
    return torch.cat([values, (values[..., first, :] + values[..., second, :]) / 2], -2)


def head_weights() -> Tensor:
    """(81,) how much each point tells about the rigid motion of the head; sums to 1."""
    weights = torch.ones(COUNT)
    weights[list(TORSO)] = 0
    weights[list(PUPILS)] = 0
    weights[CROWN] = 0.3
    weights[list(MOUTH)] = 0.1
    weights[6:11] = 0.2  # the chin moves with the jaw
    for _, _, upper, lower in EYES:
        weights[list(upper + lower)] = 0.2
    return weights / weights.sum()


def head_operator(reference: Tensor) -> Tensor:
    """(81, 2) that fits the head's affine map R -> picture: its Jacobian is ``points.T @ head_operator`` (81, 2)."""
    weights = head_weights()
    offset = reference - weights @ reference
    moment = (weights[:, None] * offset).T @ offset
    operator: Tensor = (weights[:, None] * offset) @ torch.linalg.inv(moment)
    return operator


def neighbour_weights(reference: Tensor) -> Tensor:
    """(81, 81) weights of the points in each point's local fit, for a (81, 2) reference shape; rows sum to 1."""
    distance = torch.cdist(reference, reference)
    radius = (distance.sort(dim=1).values[:, 5:6] * 1.6).clamp(0.05, 0.35)
    weights = torch.exp(-(distance**2) / (2 * radius**2))
    torso = torch.zeros(COUNT)
    torso[list(TORSO)] = 1
    weights = weights * (1 - (torso[:, None] - torso[None]).abs())
    lids = torch.tensor([k for _, _, upper, lower in EYES for k in upper + lower])
    others = torch.ones(COUNT, dtype=torch.bool)
    others[lids] = False
    weights[others.nonzero(), lids[None]] = 0  # a blink must not move the brow
    for upper, lower in _APART:
        for rows, columns in ((upper, lower), (lower, upper)):
            weights[torch.tensor(rows)[:, None], torch.tensor(columns)] = 0
    return weights / weights.sum(dim=1, keepdim=True)
