"""Random augmentation of pairs of frames, the same for both frames (as in the paper)."""

from __future__ import annotations

import torch
from torch import Tensor

_GRAY = torch.tensor([0.299, 0.587, 0.114])


def mirrored(pairs: Tensor, generator: torch.Generator | None = None) -> Tensor:
    """Mirror half of the pairs (B, 2, 3, H, W) from left to right."""
    chosen = torch.rand(len(pairs), generator=generator) < 0.5
    return torch.where(chosen.to(pairs.device)[:, None, None, None, None], pairs.flip(-1), pairs)


def exchanged(pairs: Tensor, generator: torch.Generator | None = None) -> Tensor:
    """Swap the two frames of half of the pairs (B, 2, 3, H, W)."""
    chosen = torch.rand(len(pairs), generator=generator) < 0.5
    return torch.where(chosen.to(pairs.device)[:, None, None, None, None], pairs.flip(1), pairs)


def jittered(pairs: Tensor, most: float, generator: torch.Generator | None = None) -> Tensor:
    """Vary brightness, contrast, saturation, and hue of pairs (B, 2, 3, H, W) in [0, 1].

    Args:
        pairs: Both frames of a pair change alike.
        most: Factors range from ``1 - most`` to ``1 + most``; hue rotates by at most this fraction of a full turn.
        generator: Random number generator (CPU).
    """
    batch = len(pairs)
    brightness, contrast, saturation, turn = (
        (1 + most * (2 * torch.rand(4, batch, generator=generator) - 1)).to(pairs.device).unbind()
    )
    pairs = (pairs * _wide(brightness)).clamp(0, 1)
    gray = (pairs * _GRAY.to(pairs.device)[:, None, None]).sum(2, keepdim=True)
    mean = gray.mean((1, 2, 3, 4), keepdim=True)
    pairs = (mean + (pairs - mean) * _wide(contrast)).clamp(0, 1)
    mix = hue_matrix(2 * torch.pi * (turn - 1)) @ saturation_matrix(saturation)
    return torch.einsum("bij,btjhw->btihw", mix, pairs).clamp(0, 1)


def saturation_matrix(factor: Tensor) -> Tensor:
    """Return color matrices (B, 3, 3) that keep gray and luma and multiply the distance from gray."""
    gray = _GRAY.to(factor.device).expand(3, 3)
    return gray + factor[:, None, None] * (torch.eye(3, device=factor.device) - gray)


def hue_matrix(angle: Tensor) -> Tensor:
    """Return color matrices (B, 3, 3) that rotate colors around the gray axis by angles (B,) in radians."""
    third, root = 1 / 3, 3**-0.5
    cross = root * torch.tensor([[0.0, -1.0, 1.0], [1.0, 0.0, -1.0], [-1.0, 1.0, 0.0]], device=angle.device)
    cos, sin = angle.cos()[:, None, None], angle.sin()[:, None, None]
    return cos * torch.eye(3, device=angle.device) + (1 - cos) * third + sin * cross


def _wide(factor: Tensor) -> Tensor:
    return factor[:, None, None, None, None]
