"""Key-point detector of the built-in model: points from heat maps, Jacobians from first-order fits."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from avatarify.motion import layout
from avatarify.networks.builtin import point_weights
from avatarify.networks.builtin.geometry import cell_centers
from avatarify.networks.builtin.layers import conv, double

INPUT_SIZE = 128
_HEAT_MAP = 32
_REACH = 1.15  # heat maps extend a little beyond the crop, so that points at its edge can be located


def jacobian_operator(reference: Tensor, ridge: float = 0.04) -> Tensor:
    """Return the constant operator that fits local affine maps from a reference shape R to detected points.

    For key point k the map from R to the image is fitted by weighted least squares over its neighbors, with a small
    ridge penalty toward the head's own affine map. With R fixed the fit is linear in the points:
    ``jacobians[k, i, c] = sum_j operator[k, j, c] * points[j, i]``.

    Args:
        reference: (K, 2) shape R, any units.
        ridge: Standard deviation of the prior, in units of R.

    Returns:
        (K, K, 2).
    """

    def fit(weights: Tensor, prior: Tensor | None) -> Tensor:
        offset = reference[None] - (weights @ reference)[:, None]  # (k, j, 2)
        moment = torch.einsum("kj,kja,kjb->kab", weights, offset, offset)
        right = weights[..., None] * offset
        if prior is not None:
            moment = moment + ridge**2 * torch.eye(2)
            right = right + ridge**2 * prior
        fitted: Tensor = right @ torch.linalg.inv(moment)
        return fitted

    head = fit(point_weights.head_weights()[None], None)
    return fit(point_weights.neighbor_weights(reference), head)


class BuiltinKeypointDetector(nn.Module):
    """Detects the 81 key points in a tight crop: a U-Net, heat maps, and a soft-argmax.

    Args:
        reference: (81, 2) mean shape R in crop coordinates.
    """

    reference: Tensor
    operator: Tensor
    grid: Tensor

    def __init__(self, reference: Tensor) -> None:
        super().__init__()
        self.stem = conv(3, 16, 5, 2)
        self.down1 = nn.Sequential(conv(16, 32, 3, 2), conv(32, 32))
        self.down2 = nn.Sequential(conv(32, 64, 3, 2), conv(64, 64))
        self.down3 = nn.Sequential(conv(64, 96, 3, 2), conv(96, 96))
        self.down4 = nn.Sequential(conv(96, 160, 3, 2), conv(160, 160))
        self.up3 = nn.Sequential(conv(160 + 96, 96, 1), conv(96, 96))
        self.up2 = nn.Sequential(conv(96 + 64, 64, 1), conv(64, 64))
        self.up1 = nn.Sequential(conv(64 + 32, 56, 1), conv(56, 56))
        self.kp = nn.Conv2d(56, layout.COUNT, 1)
        self.register_buffer("reference", reference.float())
        self.register_buffer("operator", jacobian_operator(reference.float()), persistent=False)
        self.register_buffer("grid", cell_centers(_HEAT_MAP).reshape(-1, 2) * _REACH, persistent=False)

    def find_points(self, image: Tensor) -> Tensor:
        """Return points (B, 81, 2), -1 and 1 at the crop's edges, of crops (B, 3, 128, 128), RGB in [0, 1]."""
        x0 = self.stem(image - 0.5)
        x1 = self.down1(x0)
        x2 = self.down2(x1)
        x3 = self.down3(x2)
        x = self.up3(torch.cat([double(self.down4(x3)), x3], 1))
        x = self.up2(torch.cat([double(x), x2], 1))
        x = self.up1(torch.cat([double(x), x1], 1))
        heat = self.kp(x).flatten(2).float().softmax(-1)
        points: Tensor = heat @ self.grid
        return points

    def fit_jacobians(self, points: Tensor) -> Tensor:
        """Return the Jacobians (B, 81, 2, 2) of the map from R to the image, for points (B, 81, 2)."""
        count = layout.COUNT
        flat = self.operator.permute(0, 2, 1).reshape(2 * count, count)  # rows (k, c)
        jacobians: Tensor = (flat @ points).reshape(-1, count, 2, 2).transpose(2, 3)
        return jacobians

    def forward(self, image: Tensor) -> tuple[Tensor, Tensor]:
        """Return points (B, 81, 2) and Jacobians (B, 81, 2, 2) of crops (B, 3, 128, 128), RGB in [0, 1]."""
        points = self.find_points(image)
        return points, self.fit_jacobians(points)
