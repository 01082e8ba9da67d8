"""The light and the colors of a portrait, estimated from its eyes.

The painters of eyes and mouth were trained on heads rendered in white light. Their teeth would look blue in a yellowed
painting, and their lids pink in a black and white photograph. So a portrait is brought to white light before eyes and
mouth are painted, and the painted patches back to the portrait's light.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor

_IRIS = 0.26  # radius with some margin, in eye widths
_LIDS = 0.02  # distance kept from the lids, in eye widths
_SOFT = 0.015
_BRIGHT = 8.0  # how much more bright pixels count: eyelashes and shadows are not white
_EVEN = (1.095, 0.985, 0.92)  # whites of the eyes in white light over their mean, from the bundled rendered portraits
_LEAST, _MOST = 0.4, 1.7
_COLORFUL = 0.12  # largest minus smallest channel around the eyes of a portrait in full color


class PortraitLight(NamedTuple):
    """Light and saturation of a portrait, for RGB in [0, 1].

    Attributes:
        cast: (1, 3, 1, 1) color of the light, about 1 in white light.
        white: (1, 3, 1, 1) how white looks, over its mean.
        colors: (1, 3, 1, 1) or (1, 1, 1, 1), 1 in a portrait in full color, 0 in a black and white one.
    """

    cast: Tensor
    white: Tensor
    colors: Tensor

    def matrix(self) -> Tensor:
        """Return (3, 3): what ``applied_to`` multiplies RGB, as a column, with."""
        return self.applied_to(torch.eye(3).to(self.cast).reshape(3, 3, 1, 1)).flatten(1).T

    def removed_from(self, image: Tensor) -> Tensor:
        """Bring an image (B, 3, H, W), RGB in [0, 1], to white light."""
        return (image / self.cast).clamp(max=1)

    def applied_to(self, painted: Tensor) -> Tensor:
        """Bring an image (B, 3, H, W) painted in white light to the portrait's light and saturation."""
        lit = painted * self.cast
        gray = lit.mean(1, keepdim=True) * self.white
        return gray + self.colors * (lit - gray)


def find_light(eyes: Tensor, shapes: Tensor) -> PortraitLight:
    """Estimate a portrait's light from the whites of its eyes, and its saturation from their surroundings.

    Args:
        eyes: (2, 3, h, w) RGB in [0, 1], patches of both eyes.
        shapes: (2, 4, h, w), as of ``EyePainter.shapes``.
    """
    upper, lower, across, along = shapes.unbind(1)
    open_at = torch.sigmoid((upper - _LIDS) / _SOFT) * torch.sigmoid((-lower - _LIDS) / _SOFT)
    from_pupil = (across * across + along * along + 1e-6).sqrt()
    weight = (open_at * torch.sigmoid((from_pupil - _IRIS) / _SOFT))[:, None]
    bright = eyes.mean(1, keepdim=True)
    usual = (weight * bright).sum() / (weight.sum() + 1e-3)
    weight = weight * torch.exp(_BRIGHT * (bright - usual))
    white = (weight * eyes).sum((0, 2, 3), keepdim=True) / (weight.sum() + 1e-3) + 1e-3
    white = white / white.mean()
    even = torch.tensor(_EVEN).to(white).reshape(1, 3, 1, 1)
    spread = (eyes.amax(1, keepdim=True) - eyes.amin(1, keepdim=True)).mean((0, 2, 3), keepdim=True)
    return PortraitLight((white / even).clamp(_LEAST, _MOST), white, (spread / _COLORFUL).clamp(max=1))


def never_blue(mouth: Tensor) -> Tensor:
    """Limit green and blue of (B, 3, H, W) in white light: teeth, tongue, and lips never exceed their red."""
    red = mouth[:, :1]
    return torch.minimum(mouth, torch.cat([red, red * 0.97, red * 0.93], 1))
