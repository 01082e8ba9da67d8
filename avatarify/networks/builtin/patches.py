"""Patches that are anchored to a feature of the face: where their pixels lie, and the network that paints them."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from avatarify.networks.builtin.layers import conv, double


class PatchPainter(nn.Module):
    """A small U-Net from maps and colors to RGB and its opacity."""

    def __init__(self, inputs: int) -> None:
        super().__init__()
        self.enter = conv(inputs, 24)
        self.down1 = nn.Sequential(conv(24, 40, 3, 2), conv(40, 40))
        self.down2 = nn.Sequential(conv(40, 64, 3, 2), conv(64, 64))
        self.down3 = nn.Sequential(conv(64, 96, 3, 2), conv(96, 96))
        self.up2 = conv(96 + 64, 64)
        self.up1 = conv(64 + 40, 40)
        self.up0 = conv(40 + 24, 24)
        self.head = nn.Conv2d(24, 4, 3, 1, 1)
        nn.init.constant_(self.head.bias, 0.0)  # type: ignore[arg-type]
        with torch.no_grad():
            self.head.bias[3] = -1.0  # type: ignore[index]

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Return RGB (B, 3, H, W) and opacity (B, 1, H, W), both in [0, 1], for inputs (B, C, H, W)."""
        x0 = self.enter(x)
        x1 = self.down1(x0)
        x2 = self.down2(x1)
        x = self.up2(torch.cat([double(self.down3(x2)), x2], 1))
        x = self.up1(torch.cat([double(x), x1], 1))
        out = torch.sigmoid(self.head(self.up0(torch.cat([double(x), x0], 1))).float())
        return out[:, :3], out[:, 3:]


def frame_coordinates(shape: tuple[int, int], first: Tensor, last: Tensor) -> tuple[Tensor, Tensor]:
    """Return x (columns,) and y (rows,) of a patch's pixels in the frame of its feature.

    Args:
        shape: Rows and columns.
        first: (2,) the patch's upper left corner in the frame.
        last: (2,) the lower right one.
    """
    rows, columns = shape
    u = ((torch.arange(columns) + 0.5) / columns).to(first) * (last[0] - first[0]) + first[0]
    v = ((torch.arange(rows) + 0.5) / rows).to(first) * (last[1] - first[1]) + first[1]
    return u, v


def patch_grid(start: Tensor, axes: Tensor, shape: tuple[int, int], first: Tensor, last: Tensor) -> Tensor:
    """Return the positions in the crop of the pixels of a patch that is anchored to a feature.

    Args:
        start: (B, 2) origin of the feature's frame, crop coordinates.
        axes: (B, 2, 2) its axes, as columns.
        shape: Rows and columns.
        first: (2,) the patch's upper left corner in the frame.
        last: (2,) the lower right one.

    Returns:
        (B, rows, columns, 2).
    """
    u, v = frame_coordinates(shape, first, last)
    return (
        start[:, None, None]
        + axes[:, None, None, :, 0] * u[None, None, :, None]
        + axes[:, None, None, :, 1] * v[None, :, None, None]
    )


def fade(shape: tuple[int, int]) -> Tensor:
    """Return (1, 1, H, W) float32: 1 in the middle of a patch, falling to 0 at its edge."""
    ramps = [torch.minimum(torch.arange(n) + 0.5, n - 0.5 - torch.arange(n)) / (0.18 * n) for n in shape]
    rows, columns = (ramp.clamp(max=1) for ramp in ramps)
    return (rows[:, None] * columns[None])[None, None]
