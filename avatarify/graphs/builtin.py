"""The built-in model as the three graphs that runtimes execute, loaded from its file of weights."""

from __future__ import annotations

from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from avatarify.errors import ModelError, first_line
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
from avatarify.motion import layout
from avatarify.networks.builtin import point_weights
from avatarify.networks.builtin.closeups import Closeups
from avatarify.networks.builtin.details import DetailDetector
from avatarify.networks.builtin.generator import PORTRAIT_SIZE, BuiltinGenerator
from avatarify.networks.builtin.inference.generator import Drawer, PortraitEncoder, PortraitFeatures
from avatarify.networks.builtin.keypoints import INPUT_SIZE, BuiltinKeypointDetector
from avatarify.networks.builtin.model import BuiltinModel

FEATURES = PortraitFeatures._fields
CROP_SIZE = 256


class BuiltinKeypointsGraph(nn.Module):
    """Detects key points in a tight crop, in two stages, and mixes them with MediaPipe's face mesh.

    The first stage is the mean of the detections in the image and in its mirror image; eyes and mouth are the mean of
    both stages. Each mean follows real people better than its parts (docs/lab/training-notes.md).
    """

    mirror: Tensor
    flip: Tensor
    shares: Tensor
    vertices: Tensor

    def __init__(self, detector: BuiltinKeypointDetector, details: DetailDetector) -> None:
        super().__init__()
        self.detector, self.details = detector, details
        self.register_buffer("mirror", point_weights.mirror_order(), persistent=False)
        self.register_buffer("flip", torch.tensor([-1.0, 1.0]), persistent=False)
        shares, vertices = torch.zeros(layout.COUNT, 2), torch.zeros(layout.COUNT, dtype=torch.long)
        for column, group in enumerate((layout.MESH_FACE, layout.MESH_FEATURES)):
            shares[list(group), column] = 1
            vertices[list(group)] = torch.tensor(list(group.values()))
        self.register_buffer("shares", shares, persistent=False)
        self.register_buffer("vertices", vertices, persistent=False)

    def forward(self, image: Tensor, mesh: Tensor, mesh_share: Tensor) -> tuple[Tensor, ...]:
        """Detect the key points.

        Args:
            image: (256, 256, 3) uint8 RGB.
            mesh: (478, 2) float32, MediaPipe's face mesh in the crop's coordinates.
            mesh_share: (2,) float32 in [0, 1], its weight: for the face, and for eyes, lips, and pupils.

        Returns:
            Points (81, 2) and Jacobians (81, 2, 2), float32.
        """
        sharp = image.permute(2, 0, 1)[None].float() / 255
        crop = F.avg_pool2d(sharp, CROP_SIZE // INPUT_SIZE)
        found = self.detector.find_points(torch.cat([crop, crop.flip(3)]))
        mirrored = found[1:, self.mirror] * self.flip
        points = (found[:1] + mirrored) / 2
        points = (points + self.details(sharp, points)) / 2
        share = (self.shares * mesh_share).sum(1)[None, :, None]
        points = points + share * (mesh[self.vertices][None] - points)
        return KeypointsOutputs(points[0], self.detector.fit_jacobians(points)[0]).tensors()


class BuiltinEncodeGraph(nn.Module):
    """Computes what every frame needs of a portrait."""

    def __init__(self, generator: BuiltinGenerator, closeups: Closeups) -> None:
        super().__init__()
        self.encoder = PortraitEncoder(generator, closeups)

    def forward(self, portrait: Tensor, matte: Tensor, points: Tensor, jacobians: Tensor) -> tuple[Tensor, ...]:
        """Encode a portrait.

        Args:
            portrait: (256, 256, 3) uint8 RGB.
            matte: (256, 256) uint8, opacity of the person.
            points: (81, 2) float32.
            jacobians: (81, 2, 2) float32; not used.

        Returns:
            ``FEATURES``, float32 (see ``PortraitFeatures``).
        """
        picture = portrait.permute(2, 0, 1)[None].float() / 255
        return tuple(self.encoder(picture, matte[None, None].float() / 255, points))


class BuiltinGenerateGraph(nn.Module):
    """Draws an encoded portrait with given key points: motion, generated pixels, and their blend."""

    def __init__(self, generator: BuiltinGenerator, closeups: Closeups) -> None:
        super().__init__()
        self.drawer = Drawer(generator, closeups)

    def forward(
        self,
        even: Tensor,
        light: Tensor,
        drawn: Tensor,
        maps: Tensor,
        eyes: Tensor,
        eye_patches: Tensor,
        mouth_patch: Tensor,
        source_points: Tensor,
        source_jacobians: Tensor,
        driving_points: Tensor,
        driving_jacobians: Tensor,
    ) -> tuple[Tensor, ...]:
        """Draw one frame.

        Args:
            even: The first of the features (see ``PortraitFeatures``, and so the next six).
            light: A feature.
            drawn: A feature.
            maps: A feature.
            eyes: A feature.
            eye_patches: A feature.
            mouth_patch: A feature.
            source_points: (81, 2) float32, and so the other points.
            source_jacobians: (81, 2, 2) float32, and so the other Jacobians.
            driving_points: As ``source_points``.
            driving_jacobians: As ``source_jacobians``.

        Returns:
            Image (256, 256, 3) uint8 RGB, deformation (256, 256, 2), weight of the warped portrait (256, 256), and
            matte (128, 128), float32.
        """
        encoded = PortraitFeatures(even, light, drawn, maps, eyes, eye_patches, mouth_patch)
        out = self.drawer(encoded, (source_points, source_jacobians), (driving_points, driving_jacobians))
        return GenerateOutputs(
            image=(out.image[0] * 255).round().permute(1, 2, 0).to(torch.uint8),  # last: TensorRT moves no bytes
            deformation=out.deformation[0].permute(1, 2, 0),
            visible=out.visible[0, 0],
            matte=out.matte[0, 0],
        ).tensors()


def builtin_graphs(model: BuiltinModel) -> dict[str, Graph]:
    """Return the graphs ``keypoints``, ``encode``, and ``generate`` of a model, which is put into evaluation mode."""
    model.eval().requires_grad_(False)
    detect = BuiltinKeypointsGraph(model.keypoints, model.details).eval()
    encode = BuiltinEncodeGraph(model.generator, model.closeups).eval()
    draw = BuiltinGenerateGraph(model.generator, model.closeups).eval()
    image = torch.full((PORTRAIT_SIZE, PORTRAIT_SIZE, 3), 128, dtype=torch.uint8)
    # Points of a face and invertible Jacobians, so that tracing never divides by zero.
    points, jacobians = model.keypoints.reference * 0.6, torch.eye(2).repeat(layout.COUNT, 1, 1) * 0.6
    face = KeypointsInputs(image=image, mesh=torch.zeros(layout.MESH_COUNT, 2), mesh_share=torch.zeros(2))
    portrait = EncodeInputs(portrait=image, matte=image[..., 0], points=points, jacobians=jacobians).arrays()
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
        GENERATE.name: Graph(draw, pose.arrays(), GENERATE.output_names()),
    }


def load_builtin(path: Path) -> dict[str, Graph]:
    """Load the built-in model.

    Args:
        path: A safetensors file with the state of ``BuiltinModel``.

    Returns:
        The graphs ``keypoints``, ``encode``, and ``generate``, by name.

    Raises:
        ModelError: The file cannot be read, or a tensor is missing or has another shape.
    """
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        tensors = load_file(path)
        model = BuiltinModel(tensors["keypoints.reference"])
        model.load_state_dict(tensors)
    except (OSError, SafetensorError, KeyError, IndexError, RuntimeError) as error:
        text = "The weights {path} cannot be read: {reason}."
        raise ModelError(text, "Get the file again.", path=path, reason=first_line(error)) from error
    return builtin_graphs(model)
