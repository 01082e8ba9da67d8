"""The built-in model as the three graphs that runtimes execute, and the reading of its weights."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn

from avatarify.errors import ModelError
from avatarify.networks import mobile_layout as layout
from avatarify.networks.graph import Graph
from avatarify.networks.mobile_generator import PORTRAIT_SIZE, MobileGenerator
from avatarify.networks.mobile_keypoints import INPUT_SIZE, KeypointDetector

FEATURES = ("drawn", "small", "maps")


class KeypointsGraph(nn.Module):
    """A tight crop to its key points: the mean of what is found in it and in its mirror image, which is steadier."""

    mirror: Tensor

    def __init__(self, detector: KeypointDetector) -> None:
        super().__init__()
        self.detector = detector
        self.register_buffer("mirror", layout.mirror_order(), persistent=False)

    def forward(self, image: Tensor) -> tuple[Tensor, Tensor]:
        """Turn (128, 128, 3) uint8 RGB into points (81, 2) and Jacobians (81, 2, 2)."""
        crop = image.permute(2, 0, 1)[None].float() / 255
        found = self.detector.find_points(torch.cat([crop, crop.flip(3)]))
        mirrored = found[1:, self.mirror] * torch.tensor([-1.0, 1.0])
        points = (found[:1] + mirrored) / 2
        return points[0], self.detector.fit_jacobians(points)[0]


class EncodeGraph(nn.Module):
    """A portrait to what every frame needs of it."""

    def __init__(self, generator: MobileGenerator) -> None:
        super().__init__()
        self.generator = generator

    def forward(self, portrait: Tensor, points: Tensor, jacobians: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Turn (256, 256, 3) uint8 RGB and its points into two small copies and the region maps."""
        return self.generator.encode(portrait.permute(2, 0, 1)[None].float() / 255, points[None])


class GenerateGraph(nn.Module):
    """An encoded portrait and the key points to follow to motion, drawn pixels and their blend."""

    def __init__(self, generator: MobileGenerator) -> None:
        super().__init__()
        self.generator = generator

    def forward(
        self,
        drawn: Tensor,
        small: Tensor,
        maps: Tensor,
        source_points: Tensor,
        source_jacobians: Tensor,
        driving_points: Tensor,
        driving_jacobians: Tensor,
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Return (128, 128, 3) uint8 RGB, deformation (256, 256, 2) and share of the warped portrait (128, 128)."""
        source = (source_points[None], source_jacobians[None])
        driving = (driving_points[None], driving_jacobians[None])
        out = self.generator((drawn, small, maps), source, driving)
        image = (out["image"][0].permute(1, 2, 0) * 255).round().to(torch.uint8)
        return image, out["deformation"][0], out["visible"][0, 0]


def graphs_of(detector: KeypointDetector, generator: MobileGenerator) -> dict[str, Graph]:
    """Return the graphs ``keypoints``, ``encode`` and ``generate`` of the two networks."""
    for network in (detector, generator):
        network.requires_grad_(False)
    parts = KeypointsGraph(detector).eval(), EncodeGraph(generator).eval(), GenerateGraph(generator).eval()
    crop = torch.full((INPUT_SIZE, INPUT_SIZE, 3), 128, dtype=torch.uint8)
    picture = torch.full((PORTRAIT_SIZE, PORTRAIT_SIZE, 3), 128, dtype=torch.uint8)
    points = detector.reference * 0.6
    jacobians = torch.eye(2).repeat(layout.COUNT, 1, 1) * 0.6
    portrait = {"portrait": picture, "points": points, "jacobians": jacobians}
    features = dict(zip(FEATURES, parts[1](*portrait.values()), strict=True))
    motion = {f"{who}_{what}": value for who in ("source", "driving") for what, value in list(portrait.items())[1:]}
    return {
        "keypoints": Graph(parts[0], {"image": crop}, ("points", "jacobians")),
        "encode": Graph(parts[1], portrait, FEATURES),
        "generate": Graph(parts[2], features | motion, ("image", "deformation", "visible")),
    }


def load_mobile(path: Path, config: dict[str, object]) -> dict[str, Graph]:
    """Read the built-in model.

    Args:
        path: A safetensors file with ``keypoints.*`` and ``generator.*``.
        config: Not used: this architecture has one size.

    Raises:
        ModelError: tensors are missing or have another shape.
    """
    from safetensors.torch import load_file

    try:
        tensors = load_file(path)
        detector = KeypointDetector(tensors["keypoints.reference"])
        generator = MobileGenerator(tensors["generator.local.reference"], PORTRAIT_SIZE)
        for prefix, network in (("keypoints.", detector), ("generator.", generator)):
            own = {key.removeprefix(prefix): value for key, value in tensors.items() if key.startswith(prefix)}
            network.load_state_dict(own)
    except Exception as error:
        raise ModelError(f"The weights {path} cannot be read: {_first_line(error)}", "Get the file again.") from error
    return graphs_of(detector, generator)


def save_mobile(path: Path, detector: KeypointDetector, generator: MobileGenerator) -> None:
    """Write both networks into one safetensors file."""
    from safetensors.torch import save_file

    tensors = {f"keypoints.{key}": value for key, value in detector.state_dict().items()}
    tensors |= {f"generator.{key}": value for key, value in generator.state_dict().items()}
    save_file({key: value.detach().clone() for key, value in tensors.items()}, path)


def join(keypoints: Path, generator: Path, out: Path) -> Path:
    """Join the checkpoints of the two parts' training into one file of weights; returns ``out``."""
    states = [torch.load(file, weights_only=True)["net"] for file in (keypoints, generator)]
    reference = states[0]["reference"]
    networks = KeypointDetector(reference), MobileGenerator(states[1]["local.reference"])
    for network, state in zip(networks, states, strict=True):
        network.load_state_dict(state)
    save_mobile(out, *networks)
    return out


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
