"""Many frames of the full model at once: pictures in, pictures out, and nothing else leaves the GPU."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from avatarify.graphs.graph import Graph
from avatarify.networks.fomm.model import Fomm
from avatarify.networks.grid import KeypointTensors, inverse, product


class BatchGraph(nn.Module):
    """Key points, relative motion (Eq. 13-14), dense motion and generator for one or more pictures of a user."""

    def __init__(self, model: Fomm) -> None:
        super().__init__()
        self.model = model

    def forward(
        self,
        frames: Tensor,
        features: Tensor,
        small: Tensor,
        source_points: Tensor,
        source_jacobians: Tensor,
        neutral_points: Tensor,
        neutral_jacobians: Tensor,
        scale: Tensor,
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Draw the portrait as the user is in each frame.

        Args:
            frames: (B, S, S, 3) uint8 RGB, all cut by the square around the neutral face.
            features: What ``encode`` gave of the portrait.
            small: Likewise.
            source_points: (K, 2) of the portrait.
            source_jacobians: (K, 2, 2).
            neutral_points: (K, 2) of the user's neutral frame.
            neutral_jacobians: (K, 2, 2).
            scale: (1,) size of the portrait's face against the user's.

        Returns:
            ``images`` (B, S, S, 3) uint8 RGB; ``points`` (B, K, 2) and ``jacobians`` (B, K, 2, 2) of the user.
        """
        found = self.model.kp_detector(frames.float().permute(0, 3, 1, 2) / 255)
        turned = product(inverse(neutral_jacobians), source_jacobians)
        moved = KeypointTensors(
            source_points[None] + scale * (found.points - neutral_points[None]),
            product(found.jacobians, turned[None]),
        )
        source = KeypointTensors(source_points[None], source_jacobians[None])
        generator, count = self.model.generator, frames.shape[0]
        motion = generator.dense_motion_network(small[None].expand(count, -1, -1, -1), source, moved)
        image = generator.decode(features[None].expand(count, -1, -1, -1), motion.deformation, motion.occlusion)
        pixels = (image.permute(0, 2, 3, 1) * 255).round().to(torch.uint8)
        return pixels, found.points, found.jacobians


def batch_graph(model: Fomm, encode: Graph, batch: int = 1) -> Graph:
    """Return the graph ``frames``; the number of frames is free.

    Args:
        model: In evaluation mode.
        encode: The model's graph of that name, for examples of what it gives.
        batch: Frames of the example.
    """
    size, count = model.config.size, model.config.points
    points, jacobians = torch.zeros(count, 2), torch.eye(2).repeat(count, 1, 1)
    inputs = {"frames": torch.full((batch, size, size, 3), 128, dtype=torch.uint8)}
    inputs |= dict(zip(encode.outputs, encode.module(*encode.inputs.values()), strict=True))
    for who in ("source", "neutral"):
        inputs |= {f"{who}_points": points, f"{who}_jacobians": jacobians}
    inputs["scale"] = torch.ones(1)
    names = ("images", "points", "jacobians")
    return Graph(BatchGraph(model).eval(), inputs, names, ("frames", *names))
