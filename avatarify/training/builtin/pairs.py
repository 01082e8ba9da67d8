"""Pairs of rendered frames, seen through the portrait crop, with exact flow: what the generator learns from."""

from __future__ import annotations

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor

from avatarify.face.face import PORTRAIT_CROP_FRACTION
from avatarify.networks.builtin.generator import DRAWN_SIZE
from avatarify.networks.builtin.local_motion import MOTION_SIZE
from avatarify.training.data import augment
from avatarify.training.data.rendered import Rendered

BATCH = 16


@dataclass
class Batch:
    """B pairs of frames, seen through the portrait crop.

    Attributes:
        source: (B, 3, 128, 128) in [0, 1].
        driving: (B, 3, 128, 128) in [0, 1].
        source_points: (B, 81, 2).
        driving_points: (B, 81, 2).
        source_matte: (B, 1, 128, 128) alpha of the person, as imprecise as a segmenter's.
        driving_matte: (B, 1, 128, 128), exact.
        flow: (B, 64, 64, 2) exact backward flow of the person, driving to source, in [-1, 1].
        visible: (B, 64, 64) 1 where the source shows what the driving frame shows.
        inside: (B, 64, 64) 1 where the crop lies inside the rendered frame.
        person: (B, 64, 64) 1 on the person.
    """

    source: Tensor
    driving: Tensor
    source_points: Tensor
    driving_points: Tensor
    source_matte: Tensor
    driving_matte: Tensor
    flow: Tensor
    visible: Tensor
    inside: Tensor
    person: Tensor


def portrait_crops(points: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Frame portraits as at run time, with some variation.

    Args:
        points: (B, 81, 2) key points in [-1, 1].

    Returns:
        The affine map from crop to frame coordinates, linear (B, 2, 2) and shift (B, 2); mirrored (B,) bool.
    """
    batch = len(points)
    brows = points[:, [19, 24]].mean(1)
    height = (brows - points[:, 8]).norm(dim=-1).clamp(min=0.25)
    scale = height / (2 * PORTRAIT_CROP_FRACTION) * torch.exp((torch.rand(batch) - 0.5) * 0.5)
    angle = torch.randn(batch) * 0.08
    mirrored = torch.rand(batch) < 0.5
    side = torch.where(mirrored, -1.0, 1.0)
    cos, sin = torch.cos(angle) * scale, torch.sin(angle) * scale
    linear = torch.stack([torch.stack([cos * side, -sin], 1), torch.stack([sin * side, cos], 1)], 1)
    center = (brows + points[:, 8]) / 2 - torch.tensor([0.0, 0.05]) * height[:, None]
    return linear, center + (torch.rand(batch, 2) - 0.5) * 0.2 * scale[:, None], mirrored


def same_colors(first: Tensor, second: Tensor) -> tuple[Tensor, Tensor]:
    """Apply the same random color change to both images of each pair, (B, 3, H, W) in [0, 1]."""
    batch = len(first)
    cast, lift = torch.rand(batch, 3, 1, 1) * 0.5 + 0.75, augment.uniform(batch, -0.15, 0.15)
    gamma = torch.exp(torch.randn(batch, 1, 1, 1) * 0.2)
    gray = (torch.rand(batch, 1, 1, 1) < 0.15).float()

    def change(x: Tensor) -> Tensor:
        x = (x * cast + lift).clamp(1e-3, 1) ** gamma
        return x * (1 - gray) + gray * x.mean(1, keepdim=True)

    return change(first), change(second)


def _nearest(grid_values: Tensor, grid: Tensor) -> Tensor:
    return F.grid_sample(grid_values, grid, mode="nearest", padding_mode="border", align_corners=False)


def segmented(matte: Tensor) -> Tensor:
    """Make exact mattes (B, 1, H, H) as imprecise as a segmenter's: grown or shrunk, soft, lumpy."""
    batch, size = len(matte), matte.shape[-1]
    lumps = F.interpolate(torch.randn(batch, 1, 9, 9), (size, size), mode="bicubic", align_corners=False)
    soft = F.avg_pool2d(F.pad(matte, (2, 2, 2, 2), mode="replicate"), 5, 1)
    edge = 0.5 + (lumps * 0.12 + torch.randn(batch, 1, 1, 1) * 0.12).clamp(-0.4, 0.4)
    steepness = augment.uniform(batch, 1.0, 4.0) / (2 * torch.minimum(edge, 1 - edge))  # 0 and 1 stay 0 and 1
    return ((soft - edge) * steepness + 0.5).clamp(0, 1)


def pairs(data: Rendered, who: Tensor, when: Tensor, same: Tensor) -> Batch:
    """Cut the pairs of frames ``when`` (driving) and ``when ^ 1`` (source) of identities ``who``.

    Args:
        data: Rendered people.
        who: (B,) identities.
        when: (B,) frames.
        same: (B,) bool: drive the source with itself, so that nothing moves.
    """
    partner = torch.where(same, when, when ^ 1)
    source_points, driving_points = data.points[who, partner], data.points[who, when]
    linear, shift, mirrored = portrait_crops(source_points)
    theta = torch.cat([linear, shift[..., None]], 2)
    grid = F.affine_grid(theta, [len(who), 1, MOTION_SIZE, MOTION_SIZE], align_corners=False)
    still = same.view(-1, 1, 1, 1)
    there = _nearest(data.flow[who, when].float().permute(0, 3, 1, 2), grid).permute(0, 2, 3, 1)
    there = torch.where(still, grid, there)
    person = _nearest((data.part[who, when] > 0).float()[:, None], grid)[:, 0]
    shown = _nearest(data.visible[who, when].float()[:, None], grid)[:, 0]
    shown = torch.where(same.view(-1, 1, 1), 1.0, shown) * (there.abs() < 1).all(-1)
    inside = (grid.abs() < 1).all(-1).float()
    flat = (there.flatten(1, 2) - shift[:, None]).transpose(1, 2)
    flow = torch.linalg.solve(linear, flat).transpose(1, 2).reshape(there.shape)

    def picture(index: Tensor) -> Tensor:
        frames = data.rgb[who, index].permute(0, 3, 1, 2).float() / 255
        return augment.crop(frames, linear, shift, DRAWN_SIZE)

    def matte(index: Tensor) -> Tensor:
        return augment.crop((data.part[who, index] > 0).float()[:, None], linear, shift, DRAWN_SIZE)

    source, driving = same_colors(picture(partner), picture(when))
    return Batch(
        source,
        driving,
        augment.points_in_crop(source_points, linear, shift, mirrored),
        augment.points_in_crop(driving_points, linear, shift, mirrored),
        segmented(matte(partner)),
        matte(when),
        flow,
        shown,
        inside,
        person,
    )


def hard_pairs(data: Rendered, share: float = 0.22) -> tuple[Tensor, Tensor]:
    """Return identities and frames whose mouth is much wider, or eyes further closed, than in the partner frame."""
    points = data.points
    width = (points[:, :, 36] - points[:, :, 45]).norm(dim=-1) + 0.05
    mouth = (points[:, :, [61, 62, 63]] - points[:, :, [67, 66, 65]]).norm(dim=-1).mean(-1) / width
    eyes = (points[:, :, [41, 40, 47, 46], 1] - points[:, :, [37, 38, 43, 44], 1]).mean(-1) / width

    def partner(x: Tensor) -> Tensor:
        return x.view(len(x), -1, 2).flip(2).reshape(len(x), -1)

    inside = (points[:, :, 17:68].abs() < 0.95).all(-1).float().mean(-1) > 0.9
    score = (torch.relu(mouth - partner(mouth)) + 2 * torch.relu(partner(eyes) - eyes)) * inside
    chosen = score.flatten().topk(max(1, int(score.numel() * share))).indices
    return chosen // data.frames, chosen % data.frames


class Sampler:
    """Samples batches: half of each are hard pairs, about a tenth do not move at all."""

    def __init__(self, data: Rendered) -> None:
        self.data, self.hard = data, hard_pairs(data)

    def __call__(self, size: int = BATCH) -> Batch:
        """Return ``size`` pairs."""
        who, when = torch.randint(self.data.identities, (size,)), torch.randint(self.data.frames, (size,))
        hard = torch.randint(len(self.hard[0]), (size // 2,))
        who[: size // 2], when[: size // 2] = self.hard[0][hard], self.hard[1][hard]
        same = (torch.rand(size) < 0.2) & (torch.arange(size) >= size // 2)
        return pairs(self.data, who, when, same)
