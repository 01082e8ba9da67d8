"""Coordinates, key points, and warps, in forms that can be exported and need no linear-algebra kernels."""

from __future__ import annotations

from typing import Any, NamedTuple, cast

import torch
import torch.nn.functional as F
from torch import Tensor

from avatarify.frames import Keypoints
from avatarify.motion import first_order


class KeypointTensors(NamedTuple):
    """Key points of a batch of images.

    Attributes:
        points: (B, K, 2), (x, y) with the convention of ``coordinate_grid``.
        jacobians: (B, K, 2, 2), columns are derivatives by the reference's x and y.
    """

    points: Tensor
    jacobians: Tensor


def without_frames(points: Tensor) -> KeypointTensors:
    """Return key points (B, K, 2) with identity Jacobians: they only shift what is around them."""
    frames = torch.eye(2, dtype=points.dtype, device=points.device)
    return KeypointTensors(points, frames.expand(*points.shape[:2], 2, 2))


def relative(source: KeypointTensors, driving: KeypointTensors, first: KeypointTensors) -> KeypointTensors:
    """Move the source's key points as the driving ones moved since the first driving frame (supplement, Eq. 13-14)."""
    # ``moved`` computes with numpy arrays or torch tensors; its types name only arrays.
    portrait, neutral, current = (cast(Keypoints, keypoints) for keypoints in (source, first, driving))
    result: Any = first_order.moved(portrait, neutral, current, 1.0)
    return KeypointTensors(result.points, result.jacobians)


def coordinate_grid(side: int, like: Tensor) -> Tensor:
    """Return the (x, y) of every position, (side, side, 2), on the device and in the dtype of ``like``.

    The side is a number and not taken from a tensor's shape, so that it is a constant in an exported graph.

    Convention: position i of n has the coordinate ``2 i / (n - 1) - 1``, so that the first and last are exactly -1 and
    1. The public checkpoints were trained with it, though ``warp`` puts -1 and 1 half a position further out.
    """
    line = torch.arange(side, dtype=like.dtype, device=like.device) * 2 / (side - 1) - 1
    return torch.stack([line.expand(side, side), line[:, None].expand(side, side)], dim=-1)


def soft_argmax(heatmaps: Tensor, side: int) -> Tensor:
    """Return the mean position (B, K, 2) of each heat map (B, K, side, side); each heat map sums to 1."""
    return (heatmaps[..., None] * coordinate_grid(side, heatmaps)).sum(dim=(2, 3))


def gaussians(points: Tensor, side: int, variance: float) -> Tensor:
    """Draw points (B, K, 2) as Gaussians of height 1, (B, K, side, side); ``variance`` in squared units of [-1, 1]."""
    offset = coordinate_grid(side, points) - points[:, :, None, None, :]
    return torch.exp(offset.square().sum(dim=-1) / (-2 * variance))


def inverse(matrices: Tensor) -> Tensor:
    """Invert (..., 2, 2) matrices in closed form; a singular one gives infinities or NaN."""
    a, b, c, d = matrices[..., 0, 0], matrices[..., 0, 1], matrices[..., 1, 0], matrices[..., 1, 1]
    adjugate = torch.stack([torch.stack([d, -b], dim=-1), torch.stack([-c, a], dim=-1)], dim=-2)
    return adjugate / (a * d - b * c)[..., None, None]


def product(left: Tensor, right: Tensor) -> Tensor:
    """Multiply (..., 2, 2) matrices, written out as sums of products."""
    return left[..., :, :1] * right[..., :1, :] + left[..., :, 1:] * right[..., 1:, :]


def sparse_motions(source: KeypointTensors, driving: KeypointTensors, side: int) -> Tensor:
    """Return where each key point's local affine map takes each position from (paper, Eq. 4).

    Args:
        source: Key points of the source.
        driving: Key points of the driving image.
        side: Of the grid.

    Returns:
        (B, K + 1, side, side, 2) positions (x, y) in the source for each position of the driving image. The first map
        is the background, which does not move.
    """
    grid = coordinate_grid(side, source.points)
    offset = grid - driving.points[:, :, None, None, :]
    linear = product(source.jacobians, inverse(driving.jacobians))[:, :, None, None]
    moved = linear[..., 0] * offset[..., :1] + linear[..., 1] * offset[..., 1:]
    moved = moved + source.points[:, :, None, None, :]
    return torch.cat([grid.expand_as(moved[:, :1]), moved], dim=1)


def warp(image: Tensor, flow: Tensor, align_corners: bool = False) -> Tensor:
    """Sample an image (B, C, H, W) at positions (B, h, w, 2), bilinearly; outside it is zero.

    Convention: -1 and 1 are the outer edges of the outer pixels, or, with ``align_corners``, their centers.
    """
    return F.grid_sample(image, flow, mode="bilinear", padding_mode="zeros", align_corners=align_corners)


def resize(maps: Tensor, side: int) -> Tensor:
    """Resize maps (B, C, h, w) to (B, C, side, side) bilinearly; outer edges stay outer edges."""
    return F.interpolate(maps, size=(side, side), mode="bilinear", align_corners=False)
