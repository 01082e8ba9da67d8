"""Makes what a generator gives, from formulas."""

from collections.abc import Callable
from typing import Any

import numpy as np

from avatarify.frames import F32, U8, Generated


def identity(cells: int) -> F32:
    """Return the motion field that moves nothing, (cells, cells, 2) float32."""
    return flow(cells)


def flow(cells: int, takes: Callable[..., Any] = lambda x, y: (x, y)) -> F32:
    """Return (cells, cells, 2) float32: each place takes what stands at ``takes(x, y)`` of the crop."""
    centers = (2 * np.arange(cells) + 1) / cells - 1
    x, y = np.meshgrid(centers, centers)
    return np.stack(np.broadcast_arrays(*takes(x, y)), axis=-1).astype(np.float32)


def generated(
    deformation: F32,
    visible: F32 | float = 1.0,
    color: tuple[int, int, int] = (128, 128, 128),
    image: U8 | None = None,
) -> Generated:
    """Return a Generated; ``visible`` is one share for all, or (m, m)."""
    drawn = np.full((64, 64, 3), color, np.uint8) if image is None else image
    shares = np.full((16, 16), visible, np.float32) if isinstance(visible, float) else visible
    return Generated(drawn, deformation, shares)
