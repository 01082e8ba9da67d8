"""Random augmentation of rendered frames, toward the look of webcams and paintings."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from avatarify.networks.builtin.point_weights import mirror_order


def uniform(batch: int, low: float, high: float) -> Tensor:
    """Return uniform random numbers (batch, 1, 1, 1)."""
    return torch.rand(batch, 1, 1, 1) * (high - low) + low


def crop(images: Tensor, linear: Tensor, shift: Tensor, size: int, mode: str = "bilinear") -> Tensor:
    """Resample images (B, C, H, W) at ``linear @ z + shift`` for z in [-1, 1]^2, into (B, C, size, size)."""
    theta = torch.cat([linear, shift[..., None]], 2)
    grid = F.affine_grid(theta, [len(images), 1, size, size], align_corners=False)
    return F.grid_sample(images, grid, mode=mode, padding_mode="border", align_corners=False)


def points_in_crop(points: Tensor, linear: Tensor, shift: Tensor, mirrored: Tensor) -> Tensor:
    """Return key points (B, K, 2) in the coordinates of a crop; in mirrored crops left and right swap indices."""
    moved = torch.linalg.solve(linear, (points - shift[:, None]).transpose(1, 2)).transpose(1, 2)
    return torch.where(mirrored[:, None, None], moved[:, mirror_order()], moved)


def colors(images: Tensor) -> Tensor:
    """Vary contrast, brightness, cast, saturation, gamma, and evenness of light; (B, 3, H, W) in [0, 1]."""
    batch = len(images)
    mean = images.mean((2, 3), keepdim=True)
    images = (images - mean) * uniform(batch, 0.6, 1.35) + mean * uniform(batch, 0.6, 1.35)
    images = images * (1 + torch.randn(batch, 3, 1, 1) * 0.12)
    gray = images.mean(1, keepdim=True)
    saturation = uniform(batch, 0.0, 1.4) * (torch.rand(batch, 1, 1, 1) > 0.15)
    images = (gray + (images - gray) * saturation).clamp(1e-3, 1) ** torch.exp(torch.randn(batch, 1, 1, 1) * 0.25)
    light = F.interpolate(torch.randn(batch, 1, 3, 3) * 0.18, images.shape[-2:], mode="bicubic", align_corners=False)
    return (images * (1 + light)).clamp(0, 1)


def webcam(images: Tensor) -> Tensor:
    """Degrade images (B, 3, H, W) like a cheap webcam: low resolution, motion blur, noise, occluding objects."""
    batch, _, height, width = images.shape
    chosen = torch.rand(batch) < 0.5
    if chosen.any():
        factor = float(torch.empty(()).uniform_(0.3, 0.8))
        small = F.interpolate(images[chosen], scale_factor=factor, mode="area")
        images = images.clone()
        images[chosen] = F.interpolate(small, (height, width), mode="bilinear", align_corners=False)
    chosen = torch.rand(batch) < 0.15
    if chosen.any():
        kernel = torch.zeros(3, 1, 5, 5)
        kernel[:, 0, 2, :] = 0.2
        kernel = kernel if torch.rand(()) < 0.5 else kernel.transpose(2, 3)
        images = images.clone()
        images[chosen] = F.conv2d(images[chosen], kernel, padding=2, groups=3)
    images = images + torch.randn_like(images) * uniform(batch, 0, 0.05)
    return occluders(images, 0.3).clamp(0, 1)


def occluders(images: Tensor, share: float) -> Tensor:
    """Put a rectangle of one color or of noise on a fraction ``share`` of the images (B, 3, H, W)."""
    batch, _, height, width = images.shape
    images = images.clone()
    for i in (torch.rand(batch) < share).nonzero()[:, 0].tolist():
        h, w = (int(side) for side in torch.randint(height // 16, int(height / 2.6), (2,)))
        top, left = int(torch.randint(height - h, ())), int(torch.randint(width - w, ()))
        shape = (3, 1, 1) if torch.rand(()) < 0.6 else (3, h, w)
        images[i, :, top : top + h, left : left + w] = torch.rand(shape)
    return images


def backgrounds(images: Tensor, part: Tensor) -> Tensor:
    """Replace the background of half of the images by another image of the batch.

    Args:
        images: (B, 3, H, W).
        part: (B, h, w), 0 is background.
    """
    batch = len(images)
    head = F.avg_pool2d((part > 0).float()[:, None], 3, 1, 1)
    head = F.interpolate(head, images.shape[-2:], mode="bilinear", align_corners=False)
    other = images[torch.randperm(batch)].roll(int(torch.randint(images.shape[-1], ())), 3)
    swap = (torch.rand(batch, 1, 1, 1) < 0.5) * (1 - head)
    return images * (1 - swap) + other * swap


def strange(images: Tensor, share: float = 0.3) -> Tensor:
    """Randomly convolve a fraction ``share`` of the images (B, 3, H, W) (RandConv, Xu et al., 2021).

    Shapes stay, textures change: what is learned from rendered skin then transfers to photographs and paintings.
    """
    chosen = torch.rand(len(images)) < share
    if not chosen.any():
        return images
    size = (1, 3, 5)[int(torch.randint(3, ()))]
    before = images[chosen]
    after = F.conv2d(before, torch.randn(3, 3, size, size), padding=size // 2)
    mean, spread = before.mean((2, 3), keepdim=True), before.std((2, 3), keepdim=True)
    after = (after - after.mean((2, 3), keepdim=True)) / (after.std((2, 3), keepdim=True) + 1e-4) * spread + mean
    share_of_it = torch.rand(len(before), 1, 1, 1)
    images = images.clone()
    images[chosen] = (share_of_it * after + (1 - share_of_it) * before).clamp(0, 1)
    return images
