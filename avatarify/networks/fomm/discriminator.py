"""Discriminator; used only to train the "adv" models."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from avatarify.networks.blocks import Downsample
from avatarify.networks.config import widths
from avatarify.networks.grid import gaussians

_WIDTH, _MAX_WIDTH, _BLOCKS = 32, 512, 4
_VARIANCE = 0.01  # of the Gaussians around key points, in squared units of [-1, 1]
_SMALLEST = 53  # pixels: less is consumed by four unpadded 4x4 convolutions and three poolings


class DiscriminatorOutput(NamedTuple):
    """Output of a discriminator.

    Attributes:
        features: One (B, C, h, w) for each block.
        scores: (B, 1, h, w); trained toward 1 for real and 0 for generated images.
    """

    features: list[Tensor]
    scores: Tensor


class PatchBlock(nn.Module):
    """Unpadded 4x4 convolution, optional instance norm, leaky ReLU, and optional 2x2 average pooling."""

    def __init__(self, channels_in: int, channels_out: int, *, norm: bool, pool: bool) -> None:
        super().__init__()
        self.conv = nn.Conv2d(channels_in, channels_out, 4)
        self.norm = nn.InstanceNorm2d(channels_out, affine=True) if norm else nn.Identity()
        self.pool = pool

    def forward(self, x: Tensor) -> Tensor:
        """Return (B, out, H - 3, W - 3), or half of that with pooling, for x (B, in, H, W)."""
        out = F.leaky_relu(self.norm(self.conv(x)), 0.2)
        return F.avg_pool2d(out, 2) if self.pool else out


class PatchDiscriminator(nn.Module):
    """Scores overlapping patches of images of one size."""

    def __init__(self, channels_in: int) -> None:
        super().__init__()
        channels = [channels_in, *widths(2 * _WIDTH, _MAX_WIDTH, _BLOCKS - 1)]
        pairs = list(pairwise(channels))
        last = len(pairs) - 1
        self.blocks = nn.ModuleList(
            PatchBlock(i, o, norm=number > 0, pool=number < last) for number, (i, o) in enumerate(pairs)
        )
        self.score = nn.Conv2d(channels[-1], 1, 1)

    def forward(self, x: Tensor) -> DiscriminatorOutput:
        """Score images with extra channels, (B, channels_in, S, S)."""
        features = []
        for block in self.blocks:
            x = block(x)
            features.append(x)
        return DiscriminatorOutput(features, self.score(x))


class Discriminator(nn.Module):
    """One ``PatchDiscriminator`` for each scale; the wanted key points are part of its input.

    Args:
        size: Side of the images, pixels.
        points: Number of key points.
        scales: Factors by which images are made smaller; those that leave too few pixels are dropped, but never the
            first.
    """

    def __init__(self, size: int, points: int, scales: Sequence[int] = (1,)) -> None:
        super().__init__()
        self.size = size
        first, *others = scales
        self.scales = (first, *(scale for scale in others if size // scale >= _SMALLEST))
        self.downs = nn.ModuleList(Downsample(3, scale) if scale > 1 else nn.Identity() for scale in self.scales)
        self.judges = nn.ModuleList(PatchDiscriminator(3 + points) for _ in self.scales)

    def forward(self, images: Tensor, points: Tensor) -> list[DiscriminatorOutput]:
        """Score images, and return one result for each scale.

        Args:
            images: (B, 3, S, S) RGB in [0, 1].
            points: (B, K, 2) key points of the driving frame.
        """
        verdicts = []
        for scale, down, judge in zip(self.scales, self.downs, self.judges, strict=True):
            bells = gaussians(points, self.size // scale, _VARIANCE)
            verdicts.append(judge(torch.cat([down(images), bells.to(images.dtype)], dim=1)))
        return verdicts
