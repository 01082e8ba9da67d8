"""X2Face (Wiles, Koepke, and Zisserman, ECCV 2018), driven by images.

It has no key points and generates no pixels: the source is warped to an embedded face, common to all its poses, and the
driving image determines, through a short code, where in it each pixel is sampled.
"""

from __future__ import annotations

from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from avatarify.networks.blocks import Encoder, Hourglass, UpBlock
from avatarify.networks.comparison.config import X2FaceConfig
from avatarify.networks.config import widths
from avatarify.networks.grid import coordinate_grid
from avatarify.networks.kinds import X2FACE
from avatarify.networks.motion_model import MotionModel, Prediction


class SamplerHead(nn.Module):
    """Turns features into positions: the identity plus offsets of at most half the image; starts as the identity."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.offset = nn.Conv2d(channels, 2, 7, padding=3)
        nn.init.zeros_(self.offset.weight)
        if self.offset.bias is not None:
            nn.init.zeros_(self.offset.bias)

    def forward(self, features: Tensor) -> Tensor:
        """Return (B, 2, S, S) positions (x, y); the center of pixel i of n is ``(2 i + 1) / n - 1``."""
        side = features.shape[-1]
        offset = torch.tanh(self.offset(features))
        own = coordinate_grid(side, offset) * ((side - 1) / side)
        return own.permute(2, 0, 1) + offset


class EmbeddingNetwork(nn.Module):
    """A U-Net from a source to the positions at which its embedded face is sampled."""

    def __init__(self, config: X2FaceConfig) -> None:
        super().__init__()
        self.hourglass = Hourglass(3, config.embedding)
        self.sampler = SamplerHead(self.hourglass.channels_out)

    def forward(self, source: Tensor) -> Tensor:
        """Return positions in the source, (B, 2, S, S), for sources (B, 3, S, S) in [0, 1]."""
        positions: Tensor = self.sampler(self.hourglass(source))
        return positions


class DrivingNetwork(nn.Module):
    """Encoder, code, and decoder: what does not fit into the code, such as the identity, is lost."""

    def __init__(self, config: X2FaceConfig) -> None:
        super().__init__()
        sizes = config.driving
        channels = widths(sizes.width, sizes.max_width, sizes.blocks)[::-1]
        self.shape = (channels[0], config.code_side, config.code_side)
        numbers = channels[0] * config.code_side**2
        self.encoder = Encoder(3, sizes)
        self.code = nn.Linear(numbers, config.code)
        self.uncode = nn.Linear(config.code, numbers)
        self.up_blocks = nn.ModuleList(UpBlock(i, o) for i, o in pairwise(channels))
        self.sampler = SamplerHead(channels[-1])

    def forward(self, driving: Tensor) -> Tensor:
        """Return positions in the embedded face, (B, 2, S, S), for driving images (B, 3, S, S) in [0, 1]."""
        out = F.relu(self.uncode(self.code(self.encoder(driving)[-1].flatten(1)))).reshape(-1, *self.shape)
        for block in self.up_blocks:
            out = block(out)
        positions: Tensor = self.sampler(out)
        return positions


class X2Face(MotionModel):
    """Embedding network and driving network.

    Attributes:
        config: The sizes it was built with.
    """

    kind = X2FACE

    def __init__(self, config: X2FaceConfig) -> None:
        super().__init__()
        self.config, self.size = config, config.size
        self.embedding_network = EmbeddingNetwork(config)
        self.driving_network = DrivingNetwork(config)

    def animate(self, source: Tensor, driving: Tensor, first_driving: Tensor | None = None) -> Prediction:
        """Animate sources with driving frames (see ``MotionModel``); there is no relative motion."""
        embedding, sampling = self.embedding_network(source), self.driving_network(driving)
        image = sampled(sampled(source, embedding), sampling)
        return Prediction(image, sampled(embedding, sampling))

    def exact_heads(self) -> list[nn.Module]:
        """Return the heads of both sampling maps."""
        return [self.embedding_network.sampler.offset, self.driving_network.sampler.offset]


def sampled(image: Tensor, positions: Tensor) -> Tensor:
    """Sample (B, C, S, S) at positions (B, 2, S, S), bilinearly; positions outside take the edge."""
    flow = positions.permute(0, 2, 3, 1)
    return F.grid_sample(image.to(flow.dtype), flow, mode="bilinear", padding_mode="border", align_corners=False)
