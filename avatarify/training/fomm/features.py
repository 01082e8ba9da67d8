"""Feature networks for the perceptual loss: the user's VGG, or a fixed random one that needs no download."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor, nn

from avatarify.errors import InputError

_MEAN, _SPREAD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)  # of ImageNet, on which VGG was trained
_KEY = re.compile(r"(?:features\.)?(\d+)\.weight")
_LAYERS = 5
_HINT = "Name a state dict of torchvision's VGG (vgg19-dcbb9e9d.pth, or the same as .safetensors)."


class VggFeatures(nn.Module):
    """The first layer of each block of a VGG, after its ReLU (``relu1_1`` to ``relu5_1`` for VGG-19).

    Args:
        state: torchvision's names (``features.0.weight`` …). The gaps between the numbers show where ReLUs and
            poolings are, so VGG-11, 13, 16, and 19 without batch norm can be read.
    """

    mean: Tensor
    spread: Tensor

    def __init__(self, state: Mapping[str, Tensor]) -> None:
        super().__init__()
        self.register_buffer("mean", torch.tensor(_MEAN).view(1, 3, 1, 1))
        self.register_buffer("spread", torch.tensor(_SPREAD).view(1, 3, 1, 1))
        self.blocks = nn.ModuleList(_vgg_blocks(state))
        self.requires_grad_(False)

    def forward(self, images: Tensor) -> list[Tensor]:
        """Return five layers of (B, 3, H, W) RGB in [0, 1]; H and W at least 16."""
        x, layers = (images - self.mean) / self.spread, []
        for block in self.blocks:
            x = block(x)
            layers.append(x)
        return layers


class RandomFeatures(VggFeatures):
    """A VGG-11 of half the width with fixed random weights: untrained edge filters at growing scales.

    Args:
        seed: Another seed gives another network.
    """

    def __init__(self, seed: int = 0) -> None:
        dice = torch.Generator().manual_seed(seed)
        channels, plan = 3, {0: 32, 3: 64, 6: 128, 8: 128, 11: 256, 13: 256, 16: 256}
        state = {}
        for number, width in plan.items():
            spread = (2 / (9 * channels)) ** 0.5
            state[f"{number}.weight"] = torch.randn(width, channels, 3, 3, generator=dice) * spread
            state[f"{number}.bias"] = torch.zeros(width)
            channels = width
        super().__init__(state)


def load_features(file: Path | None) -> VggFeatures:
    """Return the feature network: (B, 3, H, W) RGB in [0, 1] to five layers.

    Args:
        file: State dict of a VGG (.pth or .safetensors), read without executing code. ``RandomFeatures`` if None.

    Raises:
        InputError: the file is missing, damaged, unsafe, or belongs to another network.
    """
    return RandomFeatures() if file is None else VggFeatures(_read(file))


def _read(file: Path) -> Mapping[str, Tensor]:
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    if not file.is_file():
        raise InputError("The feature network {file} does not exist.", _HINT, file=file)
    try:
        state = load_file(file) if file.suffix == ".safetensors" else torch.load(file, weights_only=True)
    except (OSError, SafetensorError) as error:
        raise InputError(
            "The feature network {file} cannot be read: {reason}.", _HINT, file=file, reason=error
        ) from error
    except Exception as error:  # torch.load fails in many ways
        raise InputError(
            "The feature network {file} is damaged or contains more than weights.", _HINT, file=file
        ) from error
    try:
        VggFeatures(state)(torch.zeros(1, 3, 16, 16))
    except (TypeError, AttributeError, LookupError, ValueError, RuntimeError) as error:
        raise InputError("{file} does not contain a VGG network.", _HINT, file=file) from error
    return dict(state)


def _vgg_blocks(state: Mapping[str, Tensor]) -> list[nn.Sequential]:
    """Build the part of the network from each requested layer to the next."""
    numbers = sorted(int(match[1]) for key in state if (match := _KEY.fullmatch(key)))
    prefix = "features." if f"features.{numbers[0]}.weight" in state else ""
    blocks: list[list[nn.Module]] = [[]]
    for number, following in itertools.pairwise([*numbers, numbers[-1] + 3]):
        weight, bias = state[f"{prefix}{number}.weight"], state[f"{prefix}{number}.bias"]
        blocks[-1] += [_convolution(weight, bias), nn.ReLU()]
        if following - number == 3:
            blocks.append([nn.MaxPool2d(2)])
    if len(blocks) <= _LAYERS:
        raise ValueError("fewer than five blocks")
    return _cut(blocks)


def _cut(blocks: list[list[nn.Module]]) -> list[nn.Sequential]:
    """From blocks of layers to the layers between one block's first ReLU and the next one's."""
    cut: list[nn.Sequential] = []
    rest: list[nn.Module] = []
    for block in blocks[:_LAYERS]:
        first = next(i for i, layer in enumerate(block) if isinstance(layer, nn.ReLU)) + 1
        cut.append(nn.Sequential(*rest, *block[:first]))
        rest = block[first:]
    return cut


def _convolution(weight: Tensor, bias: Tensor) -> nn.Conv2d:
    outputs, inputs, side, _ = weight.shape
    layer = nn.Conv2d(inputs, outputs, side, padding=side // 2)
    layer.load_state_dict({"weight": weight, "bias": bias})
    return layer
