"""How differently two pictures look to a feature network: LPIPS's formula without its learned weights.

LPIPS needs a network trained on ImageNet, whose weights may not be carried here. Without a file of VGG's, the features
are fixed random convolutions: they notice edges, textures and where things are at several sizes, and are no more
partial to one method than to another; but they know nothing of what people mind. The name in reports says which it was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

import numpy as np

from avatarify.evaluation.performer import one_thread, sized
from avatarify.frames import U8

if TYPE_CHECKING:
    from torch import Tensor


class FeatureNetwork(Protocol):
    """Turns pictures into layers of features."""

    def __call__(self, images: Tensor) -> Sequence[Tensor]:
        """Return layers (B, C, h, w) of (B, 3, S, S) RGB in [0, 1]."""
        ...

    def state_dict(self) -> dict[str, Tensor]:
        """Return the weights."""
        ...


class Perceptual:
    """Distance of pictures by a feature network: at each place the squared difference of unit vectors, all layers.

    Args:
        network: Executed on the CPU.
        name: What it is.
        side: Larger pictures are shrunk to this, for time; None compares them as they are.

    Attributes:
        name: The name with the beginning of the weights' SHA-256.
    """

    def __init__(self, network: FeatureNetwork, name: str, side: int | None = None) -> None:
        self._network, self._side = network, side
        self._kept: list[tuple[U8, list[Tensor]]] = []
        self.name = f"{name}, SHA-256 {_digest(network)}"

    def __call__(self, result: U8, wanted: U8) -> float:
        """Compare two pictures (S, S, 3) uint8 RGB; 0 is the same."""
        pairs = zip(self._features(result), self._features(wanted), strict=True)
        return float(np.mean([float((a - b).square().sum(1).mean()) for a, b in pairs]))

    def _features(self, image: U8) -> list[Tensor]:
        """Return unit vectors of each layer; those of the last three pictures are kept, for most come again."""
        found = next((kept for kept in self._kept if kept[0] is image), None) or (image, self._compute(image))
        self._kept = [*(kept for kept in self._kept if kept[0] is not image), found][-3:]
        return found[1]

    def _compute(self, image: U8) -> list[Tensor]:
        import torch
        import torch.nn.functional as F

        image = sized(image, min(image.shape[0], self._side or image.shape[0]))
        with torch.no_grad(), one_thread(image.shape[0]):
            given = torch.from_numpy(np.ascontiguousarray(image)).permute(2, 0, 1)[None].float() / 255
            return [F.normalize(layer, dim=1, eps=1e-6) for layer in self._network(given)]


def _digest(network: FeatureNetwork) -> str:
    digest = hashlib.sha256()
    for name, tensor in sorted(network.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.cpu().contiguous().numpy().tobytes())
    return digest.hexdigest()[:16]
