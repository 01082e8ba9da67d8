"""Key points with Jacobians, learned without supervision (paper, section 3.1)."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from avatarify.networks.blocks import Hourglass, downsample
from avatarify.networks.fomm.config import FommConfig
from avatarify.networks.grid import KeypointTensors, soft_argmax, without_frames


class KeypointDetector(nn.Module):
    """Predicts a heat map and a map of Jacobians for each key point."""

    def __init__(self, config: FommConfig) -> None:
        super().__init__()
        self.config = config
        self.down = downsample(config.channels, config.reduction)
        self.predictor = Hourglass(config.channels, config.detector)
        # No padding, so that a key point is never placed by what is outside the image.
        self.kp = nn.Conv2d(self.predictor.channels_out, config.points, 7)
        self.jacobian: nn.Conv2d | None = None
        if config.jacobians:
            self.jacobian = nn.Conv2d(self.predictor.channels_out, 4 * config.jacobian_maps, 7)
            _start_at_identity(self.jacobian)

    def forward(self, image: Tensor) -> KeypointTensors:
        """Detect the key points of images (B, channels, S, S) in [0, 1]."""
        features = self.predictor(self.down(image))
        heatmaps = self._heatmaps(features)
        points, side = self.config.points, self.config.heatmap_side
        found = soft_argmax(heatmaps, side)
        if self.jacobian is None:
            return without_frames(found)
        maps = self.jacobian(features).reshape(-1, self.config.jacobian_maps, 4, side, side)
        jacobians = (maps * heatmaps[:, :, None]).sum(dim=(3, 4))
        return KeypointTensors(found, jacobians.reshape(-1, points, 2, 2))

    def _heatmaps(self, features: Tensor) -> Tensor:
        points, side = self.config.points, self.config.heatmap_side
        scores = self.kp(features).reshape(-1, points, side * side)
        return F.softmax(scores / self.config.temperature, dim=2).reshape(-1, points, side, side)


def _start_at_identity(head: nn.Conv2d) -> None:
    nn.init.zeros_(head.weight)
    with torch.no_grad():
        if head.bias is not None:
            head.bias.copy_(torch.eye(2).flatten().repeat(head.bias.shape[0] // 4))
