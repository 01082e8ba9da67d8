"""Monkey-Net (Siarohin et al., "Animating arbitrary objects via deep motion transfer", CVPR 2019).

The predecessor of the First Order Motion Model: key points that shift what is around them, given to the networks as
differences of heat maps; dense motion with a residual; and a U-Net with warped skip connections.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from avatarify.networks.blocks import Downsample, Encoder, Hourglass, UpBlock
from avatarify.networks.comparison.config import MonkeyNetConfig
from avatarify.networks.config import HourglassConfig, widths
from avatarify.networks.fomm.dense_motion import evidence
from avatarify.networks.grid import (
    KeypointTensors,
    coordinate_grid,
    inverse,
    resize,
    soft_argmax,
    sparse_motions,
    warp,
    without_frames,
)
from avatarify.networks.kinds import MONKEY_NET
from avatarify.networks.motion_model import MotionModel, Prediction

# The residual moves nothing further than a quarter of the image. The paper sets no bound; without one it can move all
# positions out of the image early in training, where no gradient brings them back (docs/lab/methods.md).
_MAX_RESIDUAL = 0.5


class Blobs(NamedTuple):
    """Key points as Gaussians.

    Attributes:
        points: (B, K, 2) means (x, y), with the convention of ``coordinate_grid``.
        covariances: (B, K, 2, 2) in squared units of [-1, 1].
    """

    points: Tensor
    covariances: Tensor

    def bells(self, side: int) -> Tensor:
        """Draw the Gaussians with height 1, (B, K, side, side)."""
        offset = coordinate_grid(side, self.points) - self.points[:, :, None, None, :]
        precision = inverse(self.covariances)[:, :, None, None]
        turned = precision[..., 0] * offset[..., :1] + precision[..., 1] * offset[..., 1:]
        return torch.exp(-0.5 * (turned * offset).sum(dim=-1))


class BlobDetector(nn.Module):
    """The key-point detector: mean and covariance of each heat map."""

    def __init__(self, config: MonkeyNetConfig) -> None:
        super().__init__()
        self.config = config
        self.down = Downsample(3, config.reduction)
        self.predictor = Hourglass(3, config.detector)
        self.kp = nn.Conv2d(self.predictor.channels_out, config.points, 7, padding=3)

    def forward(self, image: Tensor) -> Blobs:
        """Detect the key points of images (B, 3, S, S), RGB in [0, 1]."""
        scores, side = self.kp(self.predictor(self.down(image))), self.config.motion_side
        heatmaps = F.softmax(scores.flatten(2) / self.config.temperature, dim=2).reshape(
            -1, self.config.points, side, side
        )
        points = soft_argmax(heatmaps, side)
        offset = coordinate_grid(side, heatmaps) - points[:, :, None, None, :]
        spread = torch.einsum("bkhw,bkhwi,bkhwj->bkij", heatmaps, offset, offset)
        least = self.config.least_variance * torch.eye(2, dtype=spread.dtype, device=spread.device)
        return Blobs(points, spread + least)


class MotionNetwork(nn.Module):
    """Dense motion: the weighted shifts of the key points, and a residual."""

    def __init__(self, config: MonkeyNetConfig) -> None:
        super().__init__()
        self.down = Downsample(3, config.reduction)
        self.hourglass = Hourglass(4 * (config.points + 1), config.motion)
        self.mask = nn.Conv2d(self.hourglass.channels_out, config.points + 1, 7, padding=3)
        self.residual = nn.Conv2d(self.hourglass.channels_out, 2, 7, padding=3)
        nn.init.zeros_(self.residual.weight)
        if self.residual.bias is not None:
            nn.init.zeros_(self.residual.bias)

    def forward(self, small: Tensor, bells: Tensor, sparse: Tensor) -> tuple[Tensor, Tensor]:
        """Combine the shifts.

        Args:
            small: (B, 3, h, h) the source, made smaller by ``down``, RGB in [0, 1].
            bells: (B, K, h, h) driving minus source Gaussians.
            sparse: (B, K + 1, h, h, 2) positions in the source, the background first.

        Returns:
            (B, 2, h, h) positions (x, y) in the source, and (B, K + 1, h, h) the weights of the shifts.
        """
        features = self.hourglass(evidence(small, bells, sparse))
        mask = F.softmax(self.mask(features), dim=1)
        coarse = torch.stack([(sparse[..., axis] * mask).sum(dim=1) for axis in (0, 1)], dim=1)
        return coarse + _MAX_RESIDUAL * torch.tanh(self.residual(features)), mask


class MotionTransferGenerator(nn.Module):
    """A U-Net that warps the source's features at every size and gets the differences of the heat maps there."""

    def __init__(self, points: int, config: HourglassConfig) -> None:
        super().__init__()
        self.encoder = Encoder(3, config)
        first, *rest = widths(config.width, config.max_width, config.blocks)[::-1]
        skips = [first, *rest[:-1]]  # channels of the features moved before each step up
        ins = [skip + points + (0 if number == 0 else skip) for number, skip in enumerate(skips)]
        self.up_blocks = nn.ModuleList(UpBlock(i, o) for i, o in zip(ins, rest, strict=True))
        self.final = nn.Conv2d(rest[-1] + points + 3, 3, 7, padding=3)

    def forward(self, source: Tensor, deformation: Tensor, bells: Tensor) -> Tensor:
        """Generate images.

        Args:
            source: (B, 3, S, S) RGB in [0, 1].
            deformation: (B, 2, h, h) positions (x, y) in the source.
            bells: (B, K, h, h) driving minus source Gaussians.

        Returns:
            (B, 3, S, S) RGB in (0, 1).
        """
        *levels, lowest = [self._moved(level, deformation, bells) for level in self.encoder(source)]
        out = lowest
        for block, level in zip(self.up_blocks, reversed(levels), strict=True):
            out = torch.cat([block(out), level], dim=1)
        return torch.sigmoid(self.final(out))

    def _moved(self, features: Tensor, deformation: Tensor, bells: Tensor) -> Tensor:
        side = features.shape[-1]
        flow = resize(deformation, side).permute(0, 2, 3, 1).to(features.dtype)
        return torch.cat([warp(features, flow), resize(bells, side).to(features.dtype)], dim=1)


class MonkeyNet(MotionModel):
    """Key-point detector, dense motion network, and motion transfer network.

    Attributes:
        config: The sizes it was built with.
    """

    kind = MONKEY_NET

    def __init__(self, config: MonkeyNetConfig) -> None:
        super().__init__()
        self.config, self.size, self.points = config, config.size, config.points
        self.kp_detector = BlobDetector(config)
        self.dense_motion_network = MotionNetwork(config)
        self.generator = MotionTransferGenerator(config.points, config.generator)

    def find(self, image: Tensor) -> KeypointTensors:
        """Detect the key points of images (B, 3, S, S), RGB in [0, 1]; with identity Jacobians."""
        return without_frames(self.kp_detector(image).points)

    def animate(self, source: Tensor, driving: Tensor, first_driving: Tensor | None = None) -> Prediction:
        """Animate sources with driving frames (see ``MotionModel``).

        Relative motion shifts the source's own Gaussians and keeps their shapes.
        """
        here, there = self.kp_detector(source), self.kp_detector(driving)
        if first_driving is not None:
            shift = there.points - self.kp_detector(first_driving).points
            there = Blobs(here.points + shift, here.covariances)
        side = self.config.motion_side
        bells = there.bells(side) - here.bells(side)
        source_points, driving_points = without_frames(here.points), without_frames(there.points)
        sparse = sparse_motions(source_points, driving_points, side)
        dense = self.dense_motion_network
        deformation, mask = dense(dense.down(source).float(), bells, sparse)
        image = self.generator(source, deformation, bells)
        return Prediction(image, deformation, source_points, driving_points, None, mask, sparse)

    def exact_heads(self) -> list[nn.Module]:
        """Return the heads of points, masks, residual, and colors."""
        dense = self.dense_motion_network
        return [self.kp_detector.kp, dense.mask, dense.residual, self.generator.final]
