"""Layers that the built-in model's networks share."""

from __future__ import annotations

import torch.nn.functional as F
from torch import Tensor, nn


def conv(inputs: int, outputs: int, kernel: int = 3, stride: int = 1) -> nn.Sequential:
    """Return convolution, batch norm, and ReLU: (B, inputs, H, W) -> (B, outputs, H / stride, W / stride)."""
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False),
        nn.BatchNorm2d(outputs),
        nn.ReLU(inplace=True),
    )


def double(x: Tensor) -> Tensor:
    """Upsample (B, C, H, W) bilinearly to (B, C, 2 H, 2 W)."""
    return F.interpolate(x, scale_factor=2.0, mode="bilinear", align_corners=False)


def sample(image: Tensor, positions: Tensor) -> Tensor:
    """Sample an image bilinearly; positions outside of it take its edge.

    Args:
        image: (B, C, H, W).
        positions: (B, h, w, 2), x and y; -1 and 1 are the outer edges of the outer pixels.

    Returns:
        (B, C, h, w).
    """
    return F.grid_sample(image, positions, padding_mode="border", align_corners=False)
