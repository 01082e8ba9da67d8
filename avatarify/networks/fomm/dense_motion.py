"""From the motion of key points to the motion of every pixel (paper, section 3.2)."""

from __future__ import annotations

from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from avatarify.networks.blocks import Hourglass, downsample
from avatarify.networks.fomm.config import FommConfig
from avatarify.networks.grid import KeypointTensors, gaussians, sparse_motions, warp


class MotionField(NamedTuple):
    """Dense motion and occlusion map.

    Attributes:
        deformation: (B, 2, h, w) position (x, y) in the source for each position of the result.
        occlusion: (B, 1, h, w) in (0, 1); 1 where the source shows what is needed, 0 where it must be inpainted.
        mask: (B, K + 1, h, w) weight of each local motion, the background first; sums to 1 over the motions.
    """

    deformation: Tensor
    occlusion: Tensor
    mask: Tensor


class DenseMotionNetwork(nn.Module):
    """Weights the key points' local motions against each other and predicts what they uncover."""

    def __init__(self, config: FommConfig) -> None:
        super().__init__()
        self.config = config
        motions = config.points + 1
        self.down = downsample(config.channels, config.reduction)
        self.hourglass = Hourglass((config.channels + 1) * motions, config.motion)
        self.mask = nn.Conv2d(self.hourglass.channels_out, motions, 7, padding=3)
        self.occlusion = nn.Conv2d(self.hourglass.channels_out, 1, 7, padding=3) if config.occlusion else None

    def forward(self, small: Tensor, source: KeypointTensors, driving: KeypointTensors) -> MotionField:
        """Combine the key points' motions.

        Args:
            small: (B, channels, h, w) the source, made smaller by ``down``, in [0, 1].
            source: Key points of the source.
            driving: Key points of the driving image.
        """
        motions = sparse_motions(source, driving, self.config.motion_side)
        features = self.hourglass(self._evidence(small, source.points, driving.points, motions))
        mask = F.softmax(self.mask(features), dim=1)
        # Channels first: OpenVINO 2026.4 miscomputes a sum that is transposed, resized, and an output.
        deformation = torch.stack([(motions[..., axis] * mask).sum(dim=1) for axis in (0, 1)], dim=1)
        seen = torch.ones_like(mask[:, :1]) if self.occlusion is None else torch.sigmoid(self.occlusion(features))
        return MotionField(deformation, seen, mask)

    def _evidence(self, small: Tensor, source: Tensor, driving: Tensor, motions: Tensor) -> Tensor:
        """Stack differences of Gaussians (Eq. 6) and the source warped by each motion: (B, (C + 1) (K + 1), h, w)."""
        side, variance = self.config.motion_side, self.config.variance
        bells = gaussians(driving, side, variance) - gaussians(source, side, variance)
        return evidence(small, bells, motions, self.config.align_corners)


def evidence(small: Tensor, bells: Tensor, motions: Tensor, align_corners: bool = False) -> Tensor:
    """Stack for each motion its difference of Gaussians (Eq. 6) and the source warped by it.

    Args:
        small: (B, C, h, h) the source in [0, 1].
        bells: (B, K, h, h) Gaussians around the driving key points minus those around the source's.
        motions: (B, K + 1, h, h, 2) from ``sparse_motions``.
        align_corners: As in ``warp``.

    Returns:
        (B, (C + 1) (K + 1), h, h); the background comes first, with zeros for its Gaussian.
    """
    count, side, channels = motions.shape[1], motions.shape[2], small.shape[1]
    bells = F.pad(bells, (0, 0, 0, 0, 1, 0))
    # One tall grid instead of K + 1 copies of the source.
    moved = warp(small, motions.reshape(-1, count * side, side, 2), align_corners)
    moved = moved.reshape(-1, channels, count, side, side).transpose(1, 2)
    return torch.cat([bells[:, :, None], moved], dim=2).flatten(1, 2)
