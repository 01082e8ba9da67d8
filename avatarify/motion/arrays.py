"""What numpy's arrays and torch's tensors share: the transfer of motion is written once and runs on both.

A live session on a CPU computes it with numpy. ``graphs.frame`` traces the same functions into the graph of a
whole frame. So they use operators and methods that both have, choose by arithmetic and never by ``if``, and change no
array in place. No vector is multiplied by a matrix: ``engines.matmul_sums`` knows products of matrices only. Types say
numpy, which is what every caller but the tracer has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from avatarify.frames import F32

Number = Any  # a float, or an array or tensor of one number

_QUARTER = np.array([[0, 1], [-1, 0]], np.float32)
_SIGNS = np.array([-1, 1], np.float32)


def like(constant: NDArray[np.float32], array: Any) -> Any:
    """Return a constant of a module as the kind of array, numpy or torch, that another one is, and where that is."""
    return constant if isinstance(array, (np.ndarray, np.generic)) else array.new_tensor(constant)


def columns(shares: Mapping[int, float], count: int) -> NDArray[np.float32]:
    """(count, 1): the share of each point, 0 where none is named."""
    found = np.zeros((count, 1), np.float32)
    found[list(shares), 0] = list(shares.values())
    return found


def places(points: Sequence[int], count: int) -> NDArray[np.float32]:
    """(count, len(points)): a product with it puts rows to the named places, and zeros to all others."""
    return np.asarray(np.eye(count, dtype=np.float32)[:, list(points)])


def across(vector: F32) -> F32:
    """Turn (..., 2) by a quarter, from x towards y: (x, y) to (-y, x)."""
    turned: F32 = vector[..., [1, 0]] * like(_SIGNS, vector)
    return turned


def dot(a: F32, b: F32) -> Any:
    """Sum of products over the last axis."""
    return (a * b).sum(-1)


def length(vector: F32) -> Any:
    """Euclidean length over the last axis."""
    return dot(vector, vector) ** 0.5


def least(a: Any, b: Any) -> Any:
    """Return the smaller of two numbers."""
    return a - (a - b).clip(0)


def determinant(matrices: F32) -> Any:
    """(...,) of (..., 2, 2)."""
    return matrices[..., 0, 0] * matrices[..., 1, 1] - matrices[..., 0, 1] * matrices[..., 1, 0]


def inverse_of(matrices: F32) -> F32:
    """Invert (..., 2, 2) in closed form; not finite where a determinant is zero."""
    turn = like(_QUARTER, matrices)
    adjugate: F32 = turn @ matrices.swapaxes(-1, -2) @ turn.T
    inverted: F32 = adjugate / determinant(matrices)[..., None, None]
    return inverted
