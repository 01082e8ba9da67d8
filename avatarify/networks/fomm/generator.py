"""Generator (paper, section 3.2): encodes a source once, warps and decodes it for every frame."""

from __future__ import annotations

from collections import OrderedDict
from itertools import pairwise

import torch
from torch import Tensor, nn

from avatarify.networks.blocks import DownBlock, ResidualBlock, SameBlock, UpBlock
from avatarify.networks.config import widths
from avatarify.networks.fomm.config import FommConfig
from avatarify.networks.fomm.dense_motion import DenseMotionNetwork
from avatarify.networks.grid import resize, warp


class Generator(nn.Module):
    """The network of Johnson et al. (2016), with features warped and masked in its middle; it contains dense motion."""

    def __init__(self, config: FommConfig) -> None:
        super().__init__()
        self.config = config
        sizes = config.generator
        channels = widths(sizes.width, sizes.max_width, sizes.steps)
        pairs = list(pairwise(channels))
        self.dense_motion_network = DenseMotionNetwork(config)
        self.first = SameBlock(config.channels, sizes.width, kernel=7)
        self.down_blocks = nn.ModuleList(DownBlock(i, o) for i, o in pairs)
        residuals = ((f"r{i}", ResidualBlock(channels[-1])) for i in range(sizes.residuals))
        self.bottleneck = nn.Sequential(OrderedDict[str, nn.Module](residuals))
        self.up_blocks = nn.ModuleList(UpBlock(o, i) for i, o in reversed(pairs))
        self.final = nn.Conv2d(sizes.width, config.channels, 7, padding=3)

    def encode(self, image: Tensor) -> Tensor:
        """Encode sources (B, channels, S, S) in [0, 1] to features (B, C, S / 2^steps, S / 2^steps)."""
        out: Tensor = self.first(image)
        for block in self.down_blocks:
            out = block(out)
        return out

    def decode(self, features: Tensor, deformation: Tensor, occlusion: Tensor) -> Tensor:
        """Warp, mask, and decode features (Eq. 8).

        Args:
            features: (B, C, H, W) from ``encode``.
            deformation: (B, 2, h, w) of ``MotionField``, resized to the features.
            occlusion: (B, 1, h, w) of ``MotionField``, resized likewise.

        Returns:
            (B, channels, S, S) in (0, 1).
        """
        side = self.config.feature_side
        if side != self.config.motion_side:
            deformation = resize(deformation, side)
            occlusion = resize(occlusion, side)
        moved = warp(features, deformation.permute(0, 2, 3, 1), self.config.align_corners)
        out: Tensor = self.bottleneck(moved * occlusion)
        for block in self.up_blocks:
            out = block(out)
        return torch.sigmoid(self.final(out))
