"""All networks of the built-in model, and its file of weights."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor, nn

from avatarify.networks.builtin.closeups import Closeups
from avatarify.networks.builtin.details import DetailDetector
from avatarify.networks.builtin.generator import PORTRAIT_SIZE, BuiltinGenerator
from avatarify.networks.builtin.keypoints import BuiltinKeypointDetector

PARTS = ("keypoints", "details", "generator", "closeups")
_LARGE = 1000  # elements of a tensor above which it is stored as float16


class BuiltinModel(nn.Module):
    """All networks of the built-in model.

    Args:
        reference: (81, 2) mean shape R in the key-point crop's coordinates.
    """

    def __init__(self, reference: Tensor) -> None:
        super().__init__()
        self.keypoints = BuiltinKeypointDetector(reference)
        self.details = DetailDetector(reference)
        self.generator = BuiltinGenerator(reference, PORTRAIT_SIZE)
        self.closeups = Closeups(reference)


def save_builtin(path: Path, model: BuiltinModel) -> None:
    """Write all networks into one safetensors file.

    Large tensors are stored as float16: half the size, and no visible loss.
    """
    from safetensors.torch import save_file

    def packed(value: Tensor) -> Tensor:
        value = value.detach().clone().contiguous()
        return value.half() if value.is_floating_point() and value.numel() > _LARGE else value

    save_file({key: packed(value) for key, value in model.state_dict().items()}, path)


def join(checkpoints: Mapping[str, Path], out: Path) -> Path:
    """Join the checkpoints of separately trained parts into one file of weights.

    Args:
        checkpoints: A file for each of ``PARTS``.
        out: Where to write.

    Returns:
        ``out``.
    """
    states = {part: torch.load(checkpoints[part], weights_only=True)["net"] for part in PARTS}
    model = BuiltinModel(states["keypoints"]["reference"])
    for part, state in states.items():
        network = getattr(model, part)
        # Training keeps more in its state than the model's weights.
        network.load_state_dict({key: state[key] for key in network.state_dict()})
    save_builtin(out, model)
    return out
