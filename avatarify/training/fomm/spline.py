"""Random thin-plate splines that warp images and points (paper, section 3.1; Bookstein 1989)."""

from __future__ import annotations

from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor

from avatarify.networks.grid import coordinate_grid

_TINY = 1e-12  # squared distance below which r^2 log r is as good as 0


class Spline(NamedTuple):
    """A map of the plane for each image of a batch: ``T(z) = A z + b + sum_n w_n r_n^2 log r_n``.

    ``r_n`` is the distance of z from control point n of a square grid from -1 to 1. The warped image shows at z
    what the original shows at T(z).

    Attributes:
        affine: (B, 2, 3) A and b.
        weights: (B, N, 2) w, control points row by row from the top left.
    """

    affine: Tensor
    weights: Tensor

    def points(self, z: Tensor) -> Tensor:
        """Map (B or 1, M, 2) coordinates (x, y) to (B, M, 2)."""
        _, squared = self._offsets(z)
        radial = 0.5 * squared * squared.clamp_min(_TINY).log()
        linear = z @ self.affine[:, :, :2].transpose(1, 2) + self.affine[:, None, :, 2]
        return linear + radial @ self.weights

    def jacobians(self, z: Tensor) -> Tensor:
        """Return d T / d z at (B, M, 2) coordinates, (B, M, 2, 2); columns are derivatives by x and y."""
        offsets, squared = self._offsets(z)
        slopes = (squared.clamp_min(_TINY).log() + 1)[..., None] * offsets
        bent = torch.einsum("bni,bmnj->bmij", self.weights, slopes)
        return self.affine[:, None, :, :2] + bent

    def pictures(self, images: Tensor) -> Tensor:
        """Warp square images (B, C, S, S); positions outside are mirrored at the edge."""
        side = images.shape[-1]
        grid = coordinate_grid(side, images).reshape(1, side * side, 2)
        flow = self.points(grid).reshape(-1, side, side, 2)
        return F.grid_sample(images, flow, padding_mode="reflection", align_corners=False)

    def _offsets(self, z: Tensor) -> tuple[Tensor, Tensor]:
        """Return z minus control points (B, M, N, 2), and its squared length (B, M, N)."""
        side = round(self.weights.shape[1] ** 0.5)
        control = coordinate_grid(side, self.weights).reshape(1, 1, side * side, 2)
        offsets = z[:, :, None] - control
        return offsets, offsets.square().sum(-1)


def random_spline(
    batch: int, side: int, sigma_affine: float, sigma_spline: float, generator: torch.Generator | None = None
) -> Spline:
    """Sample splines close to the identity.

    Args:
        batch: How many.
        side: Control points along a side.
        sigma_affine: Standard deviation of the six affine parameters.
        sigma_spline: Standard deviation of the control points' weights.
        generator: Random number generator (CPU).
    """
    affine = torch.eye(2, 3) + sigma_affine * torch.randn(batch, 2, 3, generator=generator)
    return Spline(affine, sigma_spline * torch.randn(batch, side * side, 2, generator=generator))
