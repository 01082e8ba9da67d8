"""The First Order Motion Model as the three graphs that runtimes execute."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from avatarify.graphs.graph import Graph
from avatarify.graphs.spec import (
    ENCODE,
    GENERATE,
    KEYPOINTS,
    EncodeInputs,
    GenerateInputs,
    GenerateOutputs,
    KeypointsInputs,
    KeypointsOutputs,
)
from avatarify.networks.fomm.model import Fomm
from avatarify.networks.grid import KeypointTensors

FEATURES = ("features", "small")


class FommKeypointsGraph(nn.Module):
    """Detects key points."""

    def __init__(self, model: Fomm) -> None:
        super().__init__()
        self.detector, self.seen = model.kp_detector, model.seen

    def forward(self, image: Tensor) -> tuple[Tensor, ...]:
        """Return points (K, 2) and Jacobians (K, 2, 2), float32, of an image (S, S, 3) uint8 RGB."""
        points, jacobians = self.detector(self.seen(_from_pixels(image)))
        return KeypointsOutputs(points[0], jacobians[0]).tensors()


class FommEncodeGraph(nn.Module):
    """Computes what every frame needs of a portrait."""

    def __init__(self, model: Fomm) -> None:
        super().__init__()
        self.generator, self.seen = model.generator, model.seen

    def forward(self, portrait: Tensor, points: Tensor, jacobians: Tensor) -> tuple[Tensor, Tensor]:
        """Encode a portrait.

        Args:
            portrait: (S, S, 3) uint8 RGB.
            points: (K, 2) float32; not used, but every model is given them.
            jacobians: (K, 2, 2) float32; not used.

        Returns:
            ``FEATURES``: features (C, H, W) and a small copy (channels, h, w), float32.
        """
        image = self.seen(_from_pixels(portrait))
        return self.generator.encode(image)[0], self.generator.dense_motion_network.down(image)[0]


class FommGenerateGraph(nn.Module):
    """Draws an encoded portrait with given key points."""

    def __init__(self, model: Fomm) -> None:
        super().__init__()
        self.generator, self.edges, self.shown = model.generator, model.edges, model.shown
        self.side = model.config.motion_side

    def forward(
        self,
        features: Tensor,
        small: Tensor,
        source_points: Tensor,
        source_jacobians: Tensor,
        driving_points: Tensor,
        driving_jacobians: Tensor,
    ) -> tuple[Tensor, ...]:
        """Draw one frame.

        Returns:
            Image (S, S, 3) uint8 RGB; deformation (h, w, 2) float32, positions in the portrait,
            ``align_corners=False``; weight of the warped portrait (h, w) float32, all zeros because this generator
            draws every pixel itself.
        """
        source = KeypointTensors(source_points[None], source_jacobians[None])
        driving = KeypointTensors(driving_points[None], driving_jacobians[None])
        motion = self.generator.dense_motion_network(small[None], source, driving)
        image = self.generator.decode(features[None], motion.deformation, motion.occlusion)
        return GenerateOutputs(
            image=_to_pixels(self.shown(image)),
            deformation=self.edges(motion.deformation)[0].permute(1, 2, 0),
            visible=small.new_zeros(self.side, self.side),
            matte=None,
        ).tensors()


def fomm_graphs(model: Fomm) -> dict[str, Graph]:
    """Return the graphs ``keypoints``, ``encode``, and ``generate`` of a model, which is put into evaluation mode."""
    model.requires_grad_(False)
    # The wrappers too: the exporter restores the mode of the module that it was given.
    detect, encode, draw = (kind(model).eval() for kind in (FommKeypointsGraph, FommEncodeGraph, FommGenerateGraph))
    size, count = model.config.size, model.config.points
    image = torch.full((size, size, 3), 128, dtype=torch.uint8)
    points, jacobians = torch.zeros(count, 2), torch.eye(2).repeat(count, 1, 1)
    face = KeypointsInputs(image=image, mesh=None, mesh_share=None)
    portrait = EncodeInputs(portrait=image, matte=None, points=points, jacobians=jacobians).arrays()
    pose = GenerateInputs(
        features=dict(zip(FEATURES, encode(*portrait.values()), strict=True)),
        source_points=points,
        source_jacobians=jacobians,
        driving_points=points,
        driving_jacobians=jacobians,
    )
    return {
        KEYPOINTS.name: Graph(detect, face.arrays(), KEYPOINTS.output_names()),
        ENCODE.name: Graph(encode, portrait, FEATURES),
        GENERATE.name: Graph(draw, pose.arrays(), GENERATE.output_names(without=frozenset({"matte"}))),
    }


def _from_pixels(image: Tensor) -> Tensor:
    """(H, W, 3) uint8 to (1, 3, H, W) in [0, 1]."""
    return image.permute(2, 0, 1)[None].float() / 255


def _to_pixels(image: Tensor) -> Tensor:
    """(1, 3, H, W) in [0, 1] to (H, W, 3) uint8, rounded."""
    return (image[0].permute(1, 2, 0) * 255).round().to(torch.uint8)
