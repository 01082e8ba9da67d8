"""Distance of two images by a feature network: the LPIPS formula without its learned weights.

LPIPS needs a network trained on ImageNet, whose weights cannot be bundled. Without a VGG file, the features
are fixed random convolutions: they respond to edges, textures, and positions at several scales and do not
favor any method, but they do not model human perception. The name in reports says which network was used.
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
    """Computes layers of features of images."""

    def __call__(self, images: Tensor) -> Sequence[Tensor]:
        """Return layers (B, C, h, w) of (B, 3, S, S) RGB in [0, 1]."""
        ...

    def state_dict(self) -> dict[str, Tensor]:
        """Return the weights."""
        ...


class Perceptual:
    """Distance of images by a feature network: squared differences of unit vectors at each position, over all layers.

    Args:
        network: Runs on the CPU.
        name: Its name in reports.
        side: Larger images are shrunk to this to save time; None compares them at full size.

    Attributes:
        name: The name with the first digits of the weights' SHA-256.
    """

    def __init__(self, network: FeatureNetwork, name: str, side: int | None = None) -> None:
        self._network, self._side = network, side
        self._kept: list[tuple[U8, list[Tensor]]] = []
        self.name = f"{name}, SHA-256 {_digest(network)}"

    def __call__(self, result: U8, wanted: U8) -> float:
        """Compare two images (S, S, 3) uint8 RGB; 0 means identical."""
        pairs = zip(self._features(result), self._features(wanted), strict=True)
        return float(np.mean([float((a - b).square().sum(1).mean()) for a, b in pairs]))

    def _features(self, image: U8) -> list[Tensor]:
        """Return the unit vectors of each layer; the last three images are cached, since most are used again."""
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
