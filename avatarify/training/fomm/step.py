"""The losses of one training step of detector and generator, in mixed precision."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from avatarify.networks.blocks import Downsample
from avatarify.networks.motion_model import MotionModel, Prediction
from avatarify.training.fomm.config import PaperConfig
from avatarify.training.fomm.losses import equivariance, feature_distance
from avatarify.training.fomm.spline import Spline

_SMALLEST_LEVEL = 32  # pixels; VGG halves four times

Losses = dict[str, Tensor]


@dataclass(frozen=True, slots=True)
class Precision:
    """Precision of the convolutions; coordinates and losses stay float32.

    Attributes:
        device: ``cpu`` or ``cuda``.
        dtype: float32, bfloat16 or float16.
    """

    device: str
    dtype: torch.dtype

    def mixed(self) -> torch.autocast:
        """Return the autocast context for networks."""
        return torch.autocast(self.device, self.dtype, enabled=self.dtype != torch.float32)

    def exact(self) -> torch.autocast:
        """Return the context for computations that need full float32."""
        return torch.autocast(self.device, enabled=False)


def keep_heads_exact(model: MotionModel, precision: Precision) -> None:
    """Compute the heads for coordinates, masks, and colors in float32, whatever the rest uses."""
    for head in model.exact_heads():
        head.register_forward_pre_hook(lambda _, inputs: (inputs[0].float(),))
        head.forward = precision.exact()(head.forward)


class GeneratorStep(nn.Module):
    """The model with its self-supervised losses as one module, so that gradients can be averaged over processes.

    Args:
        model: Trained in place.
        features: Feature network of the perceptual loss.
        config: The recipe.
        precision: Precision of the convolutions.
    """

    def __init__(self, model: MotionModel, features: nn.Module, config: PaperConfig, precision: Precision) -> None:
        super().__init__()
        self.model, self.features, self.config, self.precision = model, features, config, precision
        size = model.size
        levels = [factor for factor in config.pyramid if size // factor >= _SMALLEST_LEVEL] or [1]
        self.downs = nn.ModuleList(Downsample(3, factor) if factor > 1 else nn.Identity() for factor in levels)
        keep_heads_exact(model, precision)

    def forward(self, source: Tensor, driving: Tensor, spline: Spline) -> tuple[Losses, Prediction]:
        """Return the weighted losses by name and the generated result; images are (B, 3, S, S) in [0, 1]."""
        config = self.config
        with self.precision.mixed():
            drawn = self.model.animate(source, driving)
        losses = self._equivariance(drawn, driving, spline)
        if any(config.perceptual):
            losses = {"perceptual": self._perceptual(drawn.image, driving), **losses}
        if config.pixels:
            losses["pixels"] = config.pixels * (drawn.image.float() - driving).abs().mean()
        return losses, drawn

    def _equivariance(self, drawn: Prediction, driving: Tensor, spline: Spline) -> Losses:
        """Compare the key points of the driving frame with those of the same frame, warped."""
        value, jacobian = self.config.equivariance_value, self.config.equivariance_jacobian
        if drawn.driving is None or not (value or jacobian):
            return {}
        with self.precision.mixed():
            bent = self.model.find(spline.pictures(driving))
        of_values, of_jacobians = equivariance(drawn.driving, bent, spline)
        losses = {"equivariance_value": value * of_values, "equivariance_jacobian": jacobian * of_jacobians}
        return {name: loss for name, loss in losses.items() if getattr(self.config, name)}

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
