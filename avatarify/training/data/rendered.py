"""Rendered people in memory: clips of ``dataset render`` with the ground truth that the built-in model trains on."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from avatarify.errors import InputError
from avatarify.training.data.clip import Clip
from avatarify.training.data.clips import Clips
from avatarify.training.data.open_clips import open_clips

_TRUTH = ("points", "flow", "part", "visible")


@dataclass
class Rendered:
    """N clips of F frames each; frames f and ``f ^ 1`` form a pair.

    Attributes:
        rgb: (N, F, H, H, 3) uint8.
        points: (N, F, 81, 2) float32 key points in [-1, 1].
        flow: (N, F, 64, 64, 2) float16: position in the other frame of the pair of the surface seen in a cell.
        part: (N, F, 128, 128) uint8, 0 is background (see ``clips.Truth``).
        visible: (N, F, 64, 64) uint8: 1 where that surface is visible in the other frame.
    """

    rgb: Tensor
    points: Tensor
    flow: Tensor
    part: Tensor
    visible: Tensor

    @property
    def identities(self) -> int:
        """Number of clips."""
        return int(self.rgb.shape[0])

    @property
    def frames(self) -> int:
        """Number of frames of each clip."""
        return int(self.rgb.shape[1])


def load_rendered(folder: Path) -> tuple[Rendered, Rendered]:
    """Read a data set of rendered people as (training, held out), split by identity.

    Raises:
        InputError: not a data set, no ground truth, or clips of different length.
    """
    clips = open_clips(folder, cache_bytes=0)
    if clips.kind != "rendered":
        raise InputError("{folder} has no ground truth.", "Use clips of 'avatarify dataset render'.", folder=folder)
    training, test = clips.split()
    return _read(training), _read(test)


def _read(clips: Clips) -> Rendered:
    def one(clip: Clip) -> list[Tensor]:
        pictures = np.stack([clips.picture(clip, frame) for frame in range(clip.frames)])
        truth = clip.truth_of(*_TRUTH)
        return [torch.from_numpy(array) for array in (pictures, *(truth[name] for name in _TRUTH))]

    if len({clip.frames for clip in clips}) > 1:
        raise InputError(
            "The clips in {folder} differ in length.", "Render them all with the same --frames.", folder=clips.folder
        )
    with ThreadPoolExecutor(2) as pool:
        columns = zip(*pool.map(one, clips), strict=True)
    rgb, points, flow, part, visible = (torch.stack(tensors) for tensors in columns)
    return Rendered(rgb, points.float(), flow, part, visible)
