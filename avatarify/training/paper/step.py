"""One step's losses of detector and generator, in mixed precision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import Tensor, nn

from avatarify.networks.blocks import Downsample
from avatarify.networks.dense_motion import DenseMotion
from avatarify.networks.fomm import Fomm
from avatarify.networks.grid import KeypointTensors
from avatarify.training.paper.config import PaperConfig
from avatarify.training.paper.losses import equivariance, feature_distance
from avatarify.training.paper.spline import Spline

_SMALLEST_LEVEL = 32  # pixels; VGG halves four times

Losses = dict[str, Tensor]


@dataclass(frozen=True, slots=True)
class Precision:
    """In which numbers the convolutions are computed; coordinates and losses stay float32.

    Attributes:
        device: ``cpu`` or ``cuda``.
        dtype: float32, bfloat16 or float16.
    """

    device: str
    dtype: torch.dtype

    def mixed(self) -> torch.autocast:
        """Return the context for networks."""
        return torch.autocast(self.device, self.dtype, enabled=self.dtype != torch.float32)

    def exact(self) -> torch.autocast:
        """Return the context for what needs all 24 bits."""
        return torch.autocast(self.device, enabled=False)


class Drawn(NamedTuple):
    """What the model made of a batch.

    Attributes:
        image: (B, 3, S, S) RGB in (0, 1).
        source: Key points of the source.
        driving: Key points of the driving frame.
        motion: Dense motion between them.
    """

    image: Tensor
    source: KeypointTensors
    driving: KeypointTensors
    motion: DenseMotion


def draw(model: Fomm, source: Tensor, driving: Tensor) -> Drawn:
    """Move sources (B, 3, S, S) as driving frames (B, 3, S, S) of the same clip look, absolutely."""
    generator = model.generator
    source_points, driving_points = model.kp_detector(source), model.kp_detector(driving)
    small = generator.dense_motion_network.down(source).float()
    motion = generator.dense_motion_network(small, source_points, driving_points)
    image = generator.decode(generator.encode(source), motion.deformation, motion.occlusion)
    return Drawn(image, source_points, driving_points, motion)


def keep_heads_exact(model: Fomm, precision: Precision) -> None:
    """Compute the heads that become coordinates, masks and colours in float32, whatever the rest uses."""
    dense = model.generator.dense_motion_network
    for head in (model.kp_detector.kp, model.kp_detector.jacobian, dense.mask, dense.occlusion, model.generator.final):
        head.register_forward_pre_hook(lambda _, inputs: (inputs[0].float(),))
        head.forward = precision.exact()(head.forward)  # type: ignore[method-assign]


class GeneratorStep(nn.Module):
    """The model with its self-supervised losses, as one module, so that gradients can be averaged over processes.

    Args:
        model: Trained in place.
        features: Pictures are compared by its layers.
        config: The recipe.
        precision: Of the convolutions.
    """

    def __init__(self, model: Fomm, features: nn.Module, config: PaperConfig, precision: Precision) -> None:
        super().__init__()
        self.model, self.features, self.config, self.precision = model, features, config, precision
        size = model.config.size
        levels = [factor for factor in config.pyramid if size // factor >= _SMALLEST_LEVEL] or [1]
        self.downs = nn.ModuleList(Downsample(3, factor) if factor > 1 else nn.Identity() for factor in levels)
        keep_heads_exact(model, precision)

    def forward(self, source: Tensor, driving: Tensor, spline: Spline) -> tuple[Losses, Drawn]:
        """Return the weighted losses by name and what was drawn; pictures are (B, 3, S, S) in [0, 1]."""
        bent_pictures = spline.pictures(driving)
        with self.precision.mixed():
            drawn = draw(self.model, source, driving)
            bent = self.model.kp_detector(bent_pictures)
        value, jacobian = equivariance(drawn.driving, bent, spline)
        losses = {
            "perceptual": self._perceptual(drawn.image, driving),
            "equivariance_value": self.config.equivariance_value * value,
            "equivariance_jacobian": self.config.equivariance_jacobian * jacobian,
        }
        return losses, drawn

    def _perceptual(self, found: Tensor, wanted: Tensor) -> Tensor:
        terms = []
        for down in self.downs:
            layers = self._layers(down(found))
            with torch.no_grad():
                layers_wanted = self._layers(down(wanted))
            terms.append(feature_distance(layers, layers_wanted, self.config.perceptual))
        total: Tensor = torch.stack(terms).sum()
        return total

    def _layers(self, images: Tensor) -> list[Tensor]:
        with self.precision.mixed():
            return [layer.float() for layer in self.features(images)]
