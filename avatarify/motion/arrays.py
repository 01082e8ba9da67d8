"""Operations that numpy arrays and torch tensors share, so that the transfer of motion is written once for both.

A live session on a CPU computes it with numpy. ``graphs.frame`` traces the same functions into the graph of a whole
frame. So they use only operators and methods that both kinds have, choose by arithmetic and never by ``if``, and change
no array in place. They multiply matrices with matrices, never with vectors: ``engines.matmul_sums`` knows no other
products. Types say numpy, which is what every caller but the tracer has.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from avatarify.frames import F32

Number = Any  # a float, or an array or tensor of one number
Values = TypeVar("Values", float, NDArray[np.float32], NDArray[np.float64])

_QUARTER_TURN = np.array([[0, 1], [-1, 0]], np.float32)
_SIGNS = np.array([-1, 1], np.float32)


def like(constant: NDArray[np.float32], array: Any) -> Any:
    """Return a constant as the kind of array that ``array`` is: numpy, or a torch tensor on the same device."""
    return constant if isinstance(array, (np.ndarray, np.generic)) else array.new_tensor(constant)


def column(weights: Mapping[int, float], count: int) -> NDArray[np.float32]:
    """Return (count, 1) float32: the weight of each point, 0 where none is given."""
    found = np.zeros((count, 1), np.float32)
    found[list(weights), 0] = list(weights.values())
    return found


def scatter_matrix(points: Sequence[int], count: int) -> NDArray[np.float32]:
    """Return (count, N) float32 for N indices: times (N, C) it puts the rows at the indices, and zeros elsewhere."""
    return np.asarray(np.eye(count, dtype=np.float32)[:, list(points)])


def perpendicular(vectors: F32) -> F32:
    """Turn (..., 2) by a quarter turn, from x towards y: (x, y) becomes (-y, x)."""
    turned: F32 = vectors[..., [1, 0]] * like(_SIGNS, vectors)
    return turned


def dot(a: F32, b: F32) -> Any:
    """Return the scalar product over the last axis, (...,) for two (..., C)."""
    return (a * b).sum(-1)


def length(vectors: F32) -> Any:
    """Return the Euclidean length over the last axis, (...,) for (..., C)."""
    return dot(vectors, vectors) ** 0.5


def least(a: Any, b: Any) -> Any:
    """Return the smaller of two numbers; numpy and torch have no common function for it."""
    return a - (a - b).clip(0)


def determinant(matrices: F32) -> Any:
    """Return (...,) for (..., 2, 2)."""
    return matrices[..., 0, 0] * matrices[..., 1, 1] - matrices[..., 0, 1] * matrices[..., 1, 0]


def inverse_of(matrices: F32) -> F32:
    """Invert (..., 2, 2) in closed form; not finite where a determinant is zero."""
    turn = like(_QUARTER_TURN, matrices)
    # The adjugate of A is R A^T R^T with R a quarter turn.
    adjugate: F32 = turn @ matrices.swapaxes(-1, -2) @ turn.T
    inverted: F32 = adjugate / determinant(matrices)[..., None, None]
    return inverted


def smoothstep(values: Values, low: float = 0.0, high: float = 1.0) -> Values:
    """Return 0 below ``low`` and 1 above ``high``, rising smoothly between as ``3 t² - 2 t³``; numpy only.

    Args:
        values: A number or an array of any shape.
        low: Where it is 0. May be above ``high``: then it falls.
        high: Where it is 1.
    """
    t: Values = np.clip((values - low) / (high - low), 0, 1)
    smooth: Values = t * t * (3 - 2 * t)
    return smooth
