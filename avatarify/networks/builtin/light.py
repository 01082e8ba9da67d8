"""The light and the colours of a portrait, told by its eyes: painters know rendered heads in white light only.

Teeth painted for white light shine blue in an old yellowed painting, and lids pink in a black and white photograph. So
a portrait is brought to white light before eyes and mouth are painted, and what was painted back to the portrait's.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
from torch import Tensor

_IRIS = 0.26  # its radius with some margin, in eye widths
_LIDS = 0.02  # distance kept from the lids, in eye widths
_SOFT = 0.015
_BRIGHT = 8.0  # how much more bright places count: lashes and shadows do not tell
_EVEN = (1.095, 0.985, 0.92)  # whites of the eyes in white light over their mean: the carried rendered portraits
_LEAST, _MOST = 0.4, 1.7
_COLOURFUL = 0.12  # largest less smallest channel around the eyes of a portrait that has all its colours


class PortraitLight(NamedTuple):
    """What colours a portrait; all are factors or shares for RGB in [0, 1].

    Attributes:
        cast: (1, 3, 1, 1) the light's colour, about 1 in white light.
        white: (1, 3, 1, 1) what white looks like, over its mean.
        colours: (1, 3, 1, 1) or (1, 1, 1, 1) 1 in a picture with all its colours, 0 in a black and white one.
    """

    cast: Tensor
    white: Tensor
    colours: Tensor

    def packed(self) -> Tensor:
        """As one (3, 3): a row of RGB each."""
        return torch.stack([part.flatten().expand(3) for part in self])

    @staticmethod
    def unpacked(packed: Tensor) -> PortraitLight:
        """From (3, 3)."""
        cast, white, colours = packed.reshape(3, 1, 3, 1, 1).unbind(0)
        return PortraitLight(cast, white, colours)

    def taken(self, image: Tensor) -> Tensor:
        """Bring a picture (B, 3, H, W) to white light."""
        return (image / self.cast).clamp(max=1)

    def given(self, painted: Tensor) -> Tensor:
        """Bring what was painted in white light (B, 3, H, W) to the portrait's light and colours."""
        lit = painted * self.cast
        grey = lit.mean(1, keepdim=True) * self.white
        return grey + self.colours * (lit - grey)


def find_light(eyes: Tensor, shapes: Tensor) -> PortraitLight:
    """Find a portrait's light in the whites of its eyes, and its colours around them.

    Args:
        eyes: (2, 3, h, w) RGB in [0, 1], patches of both eyes.
        shapes: (2, 4, h, w) height above the upper and the lower lid and offset from the pupil, in eye widths.
    """
    upper, lower, across, along = shapes.unbind(1)
    open_at = torch.sigmoid((upper - _LIDS) / _SOFT) * torch.sigmoid((-lower - _LIDS) / _SOFT)
    from_pupil = (across * across + along * along + 1e-6).sqrt()
    share = (open_at * torch.sigmoid((from_pupil - _IRIS) / _SOFT))[:, None]
    bright = eyes.mean(1, keepdim=True)
    usual = (share * bright).sum() / (share.sum() + 1e-3)
    share = share * torch.exp(_BRIGHT * (bright - usual))
    white = (share * eyes).sum((0, 2, 3), keepdim=True) / (share.sum() + 1e-3) + 1e-3
    white = white / white.mean()
    even = torch.tensor(_EVEN).to(white).reshape(1, 3, 1, 1)
    spread = (eyes.amax(1, keepdim=True) - eyes.amin(1, keepdim=True)).mean((0, 2, 3), keepdim=True)
    return PortraitLight((white / even).clamp(_LEAST, _MOST), white, (spread / _COLOURFUL).clamp(max=1))


def never_blue(mouth: Tensor) -> Tensor:
    """Take from (B, 3, H, W) in white light what teeth, tongue and lips never are: greener or bluer than red."""
    red, green, blue = mouth.unbind(1)
    return torch.stack([red, torch.minimum(green, red * 0.97), torch.minimum(blue, red * 0.93)], 1)
