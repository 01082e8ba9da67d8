"""Rendered humans in memory: shards of frames with exact ground truth.

A shard is an .npz of N identities with F frames each; frame f and f^1 form a pair, for which the flow is given:

- ``rgb`` (N, F, H, H, 3) uint8 RGB
- ``lm`` (N, F, 81, 2) float32 key points in [-1, 1] (see ``networks.mobile_layout``)
- ``flow`` (N, F, 64, 64, 2) float16: where the surface seen in a cell of this frame is in the other frame of its pair
- ``part`` (N, F, 64, 64) uint8: 0 background, 1 body, 2 cloth, 3 eyes, 4 teeth, 5 tongue, 6 brow, 7 hair, 8 lash
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from avatarify.errors import InputError


@dataclass
class Shards:
    """All shards of a folder, identities concatenated; the arrays as in a shard, as tensors."""

    rgb: Tensor
    points: Tensor
    flow: Tensor
    part: Tensor

    @property
    def identities(self) -> int:
        """Number of identities."""
        return int(self.rgb.shape[0])

    @property
    def frames(self) -> int:
        """Frames of each identity."""
        return int(self.rgb.shape[1])

    def split(self, held_out: int = 64) -> tuple[Shards, Shards]:
        """Return (for training, held out) by identity."""
        cut = self.identities - held_out
        fields = (self.rgb, self.points, self.flow, self.part)
        return Shards(*(t[:cut] for t in fields)), Shards(*(t[cut:] for t in fields))


def fix_lips(points: Tensor) -> Tensor:
    """Replace key points 49 and 53 by the middle of their neighbours: their vertices lie inside the rendered mouth."""
    fixed = points.clone()
    for k in (49, 53):
        fixed[..., k, :] = (points[..., k - 1, :] + points[..., k + 1, :]) / 2
    return fixed


def load_shards(folder: Path) -> Shards:
    """Read all shards of a folder, in the order of their names.

    Raises:
        InputError: the folder has none.
    """
    files = sorted(folder.glob("*.npz"))
    if not files:
        raise InputError(f"There are no shards (*.npz) in {folder}.", "Render some first.")
    parts: dict[str, list[Tensor]] = {"rgb": [], "lm": [], "flow": [], "part": []}
    for file in files:
        with np.load(file) as shard:
            for key, tensors in parts.items():
                tensors.append(torch.from_numpy(shard[key]))
    joined = {key: torch.cat(tensors) for key, tensors in parts.items()}
    return Shards(joined["rgb"], fix_lips(joined["lm"].float()), joined["flow"], joined["part"])
