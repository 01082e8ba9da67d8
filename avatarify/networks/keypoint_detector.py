"""Key points with local affine frames, found without supervision (paper, section 3.1)."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from avatarify.networks.blocks import Downsample, Hourglass
from avatarify.networks.config import FommConfig
from avatarify.networks.grid import KeypointTensors, soft_argmax


class KeypointDetector(nn.Module):
    """One heat map and one map of Jacobians for each key point."""

    def __init__(self, config: FommConfig) -> None:
        super().__init__()
        self.config = config
        self.down = Downsample(3, config.reduction)
        self.predictor = Hourglass(3, config.detector)
        # No padding: a key point is never placed by what lies outside the picture.
        self.kp = nn.Conv2d(self.predictor.channels_out, config.points, 7)
        self.jacobian = nn.Conv2d(self.predictor.channels_out, 4 * config.points, 7)
        self._start_at_identity()

    def forward(self, image: Tensor) -> KeypointTensors:
        """Find the key points of pictures (B, 3, S, S), RGB in [0, 1]."""
        features = self.predictor(self.down(image))
        heatmaps = self._heatmaps(features)
        points, side = self.config.points, self.config.heatmap_side
        maps = self.jacobian(features).reshape(-1, points, 4, side, side)
        jacobians = (maps * heatmaps[:, :, None]).sum(dim=(3, 4))
        return KeypointTensors(soft_argmax(heatmaps, side), jacobians.reshape(-1, points, 2, 2))

    def _heatmaps(self, features: Tensor) -> Tensor:
        points, side = self.config.points, self.config.heatmap_side
        scores = self.kp(features).reshape(-1, points, side * side)
        return F.softmax(scores / self.config.temperature, dim=2).reshape(-1, points, side, side)

    def _start_at_identity(self) -> None:
        nn.init.zeros_(self.jacobian.weight)
        with torch.no_grad():
            bias = self.jacobian.bias
            if bias is not None:
                bias.copy_(torch.eye(2).flatten().repeat(bias.shape[0] // 4))
