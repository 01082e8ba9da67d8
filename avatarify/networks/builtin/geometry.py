"""Affine maps, grids, and the coordinate systems of the eyes, in crop coordinates.

-1 and 1 are the outer edges of the crop; the center of cell i of n is at ``(2 i + 1) / n - 1``. An eye's own frame has
its origin in the left corner, x along the eye and y down, both in widths of the eye.
"""

from __future__ import annotations

import torch
from torch import Tensor

from avatarify.motion import layout
from avatarify.networks.grid import inverse


def cell_centers(size: int) -> Tensor:
    """Return (size, size, 2) float32, x and y of the cells' centers."""
    cells = (torch.arange(size) * 2 + 1) / size - 1
    y, x = torch.meshgrid(cells, cells, indexing="ij")
    return torch.stack([x, y], -1)


def apply(motion: Tensor, positions: Tensor) -> Tensor:
    """Apply affine maps (..., 6), that is (shift x, shift y, a, b, c, d), to positions (..., 2)."""
    x, y = positions[..., 0], positions[..., 1]
    new_x = motion[..., 0] + motion[..., 2] * x + motion[..., 3] * y
    return torch.stack([new_x, motion[..., 1] + motion[..., 4] * x + motion[..., 5] * y], -1)


def affine(at: Tensor, to: Tensor, linear: Tensor) -> Tensor:
    """Return coefficients (..., 6) of z -> to + linear (z - at); the paper's Eq. 4 for one key point.

    Args:
        at: (..., 2).
        to: (..., 2).
        linear: (..., 2, 2).
    """
    shift = to - (linear * at[..., None, :]).sum(-1)
    return torch.cat([shift, linear.flatten(-2)], -1)


def transformed(matrices: Tensor, x: Tensor, y: Tensor) -> tuple[Tensor, Tensor]:
    """Return both components of ``matrices @ (x, y)``, written out: runtimes are slow at sums over an axis of two.

    Args:
        matrices: (B, K, 2, 2, 1, 1).
        x: (B, K, h, w).
        y: (B, K, h, w).

    Returns:
        Two (B, K, h, w).
    """
    first = matrices[:, :, 0, 0] * x + matrices[:, :, 0, 1] * y
    return first, matrices[:, :, 1, 0] * x + matrices[:, :, 1, 1] * y


def eye_frames(points: Tensor) -> tuple[Tensor, Tensor]:
    """Return the frames of both eyes.

    Args:
        points: (B, 81, 2).

    Returns:
        Origins (B, 2, 2), and axes (B, 2, 2, 2) as columns.
    """
    start = torch.stack([points[:, eye[0]] for eye in layout.EYES], 1)
    along = torch.stack([points[:, eye[1]] for eye in layout.EYES], 1) - start
    down = torch.stack([-along[..., 1], along[..., 0]], -1)
    return start, torch.stack([along, down], -1)


def lid_heights(points: Tensor) -> tuple[Tensor, Tensor]:
    """Return the heights of the upper and the lower lids, (B, 2) each, in eye widths; negative is up.

    Args:
        points: (B, 81, 2).
    """
    start, axes = eye_frames(points)
    frame = inverse(axes)

    def height(lids: list[tuple[int, int]]) -> Tensor:
        middle = torch.stack([(points[:, a] + points[:, b]) / 2 for a, b in lids], 1)
        # The two lid points are where ``lid_curve`` has 0.9 of its height.
        return (frame[..., 1, :] * (middle - start)).sum(-1) / 0.9

    return height([eye[2] for eye in layout.EYES]), height([eye[3] for eye in layout.EYES])


def lid_curve(along: Tensor) -> Tensor:
    """Return the shape of a lid of height 1 at positions along the eye (any shape): 0 at both corners and outside."""
    return (4 * along * (1 - along)).clamp(min=0, max=1) ** 0.8


def pupils(points: Tensor) -> Tensor:
    """Return both pupils in their eyes' frames, (B, 2, 2) in eye widths, for points (B, 81, 2)."""
    start, axes = eye_frames(points)
    offset = points[:, list(layout.PUPILS)] - start
    return (inverse(axes) * offset[:, :, None, :]).sum(-1)


def head_frame(points: Tensor, operator: Tensor) -> Tensor:
    """Return the similarity (rotation and scale) nearest to the head's affine map from the reference shape.

    Args:
        points: (B, 81, 2).
        operator: (81, 2), ``point_weights.head_operator`` of the reference shape.

    Returns:
        (B, 2, 2).
    """
    jacobian = (points[:, :, :, None] * operator[None, :, None, :]).sum(1)
    a, b, c, d = jacobian.flatten(1).unbind(1)
    cos, sin = (a + d) / 2, (c - b) / 2
    return torch.stack([torch.stack([cos, -sin], -1), torch.stack([sin, cos], -1)], -2)
