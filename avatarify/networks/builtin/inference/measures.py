"""Linear functions of the key points, and what follows from them, in few operations on small tensors.

A runtime spends microseconds on each operation, however small its tensors are. So means, differences, and selections of
key points are rows of one constant matrix.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import torch
from torch import Tensor, nn

from avatarify.motion import layout

TURN = torch.tensor([[0.0, 1.0], [-1.0, 0.0]])  # (x, y) @ TURN is (-y, x)
# Flat 2 x 2 matrices (a, b, c, d) times these: the adjugate (d, -b, -c, a); (d, -c, -b, a), whose scalar product with
# (a, b, c, d) is twice the determinant; and of a vector (x, y), the similarity that takes the x axis to it, transposed.
_ADJUGATE = torch.tensor([[0.0, 0, 0, 1], [0, -1, 0, 0], [0, 0, -1, 0], [1, 0, 0, 0]])
_MINORS = torch.tensor([[0.0, 0, 0, 1], [0, 0, -1, 0], [0, -1, 0, 0], [1, 0, 0, 0]])
_SIMILARITY = torch.tensor([[1.0, 0, 0, 1], [0, 1, -1, 0]])


class Measures(nn.Module):
    """Linear functions of the key points as one matrix product.

    Args:
        rows: By name, (n, 81) weights.
    """

    matrix: Tensor

    def __init__(self, rows: Mapping[str, Tensor]) -> None:
        super().__init__()
        self._sizes = {name: len(weights) for name, weights in rows.items()}
        self.register_buffer("matrix", torch.cat(list(rows.values())), persistent=False)

    def forward(self, points: Tensor) -> dict[str, Tensor]:
        """Return (n, 2) by name for points (81, 2)."""
        return dict(zip(self._sizes, (self.matrix @ points).split(list(self._sizes.values())), strict=True))


def pick(points: Sequence[int]) -> Tensor:
    """Return weights (n, 81) that select points."""
    return torch.eye(layout.COUNT)[list(points)]


def mean(points: Sequence[int]) -> Tensor:
    """Return weights (1, 81) of the mean of some points."""
    return pick(points).mean(0, keepdim=True)


class Algebra(nn.Module):
    """2 x 2 matrices, written as products with constant matrices."""

    adjugate: Tensor
    minors: Tensor
    similarity: Tensor
    turn: Tensor

    def __init__(self) -> None:
        super().__init__()
        for name, value in (
            ("adjugate", _ADJUGATE),
            ("minors", _MINORS),
            ("similarity", _SIMILARITY),
            ("turn", TURN),
        ):
            self.register_buffer(name, value.clone(), persistent=False)

    def inverses(self, flat: Tensor) -> Tensor:
        """Return the inverses (n, 4) of matrices (n, 4), rows first; not finite where there is none."""
        return (flat @ self.adjugate) / (0.5 * (flat * (flat @ self.minors)).sum(-1, keepdim=True))

    def similarities(self, along: Tensor) -> Tensor:
        """Return for vectors (n, 2) the similarities whose x axis they are: (n, 2, 2), axes as rows."""
        return (along @ self.similarity).reshape(-1, 2, 2)

    def lines(self, directions: Tensor, through: Tensor) -> Tensor:
        """Return lines as rows (n, 3): times (1, x, y), the distance to the right of the line on screen.

        Args:
            directions: (n, 2), of any length.
            through: (n, 2) a point of each line.
        """
        normal = (directions @ self.turn) / (directions.norm(dim=-1, keepdim=True) + 1e-4)
        return torch.cat([-(normal * through).sum(-1, keepdim=True), normal], 1)
