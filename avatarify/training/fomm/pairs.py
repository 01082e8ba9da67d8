"""Pairs of frames of one clip, determined by seed and step, decoded ahead of their use."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import NamedTuple, Self

import numpy as np
import torch
from torch import Tensor

from avatarify.frames import U8
from avatarify.training.data.clip import Clip
from avatarify.training.data.clips import Clips

_AHEAD = 3  # batches


class FramePair(NamedTuple):
    """Two frames of a clip, the earlier one first."""

    clip: Clip
    source: int
    driving: int


class PairSampler:
    """Samples pairs: an identity (all equally often), then a clip of it, then two frames.

    Args:
        clips: A clip with a single frame pairs it with itself.
        seed: Another seed gives other pairs.
    """

    def __init__(self, clips: Clips, seed: int = 0) -> None:
        self.seed = seed
        by_identity: dict[str, list[Clip]] = {}
        for clip in clips:
            by_identity.setdefault(clip.identity, []).append(clip)
        self._identities = list(by_identity.values())

    def draw(self, step: int, count: int) -> list[FramePair]:
        """Return the pairs of a step; depends only on the arguments and the seed."""
        dice = np.random.default_rng([self.seed, step])
        return [self._one(dice) for _ in range(count)]

    def _one(self, dice: np.random.Generator) -> FramePair:
        own = self._identities[dice.integers(len(self._identities))]
        clip = own[dice.integers(len(own))]
        frames = sorted(dice.choice(clip.frames, 2, replace=clip.frames < 2).tolist())
        return FramePair(clip, *frames)


class PairLoader:
    """Loads the batches of one process, step by step, and decodes the next ones ahead.

    Args:
        clips: The data set.
        size: Side to which images are resized, pixels.
        sampler: Samples the pairs of all processes together.
        batch: Pairs per step, over all processes.
        share: (rank, processes): this one takes every n-th pair.
        workers: Decoding threads; the decoder releases the GIL.
    """

    def __init__(
        self, clips: Clips, size: int, sampler: PairSampler, batch: int, share: tuple[int, int], workers: int
    ) -> None:
        self._clips, self._size, self._sampler, self._batch = clips, size, sampler, batch
        self._rank, self._world = share
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="pairs")
        self._coming: dict[int, list[Future[Tensor]]] = {}

    def batch(self, step: int) -> Tensor:
        """Return the step's pairs (B, 2, S, S, 3) uint8 RGB on the CPU.

        Raises:
            InputError: an image cannot be read.
        """
        for ahead in range(step, step + _AHEAD):
            if ahead not in self._coming:
                self._coming[ahead] = self._ask(ahead)
        return torch.stack([future.result() for future in self._coming.pop(step)])

    def close(self) -> None:
        """Stop the threads."""
        self._pool.shutdown(wait=True, cancel_futures=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _ask(self, step: int) -> list[Future[Tensor]]:
        pairs = self._sampler.draw(step, self._batch)[self._rank :: self._world]
        return [self._pool.submit(read_pair, self._clips, pair, self._size) for pair in pairs]


def read_pair(clips: Clips, pair: FramePair, size: int) -> Tensor:
    """Return source and driving frame (2, size, size, 3) uint8 RGB."""
    frames = [_sized(clips.picture(pair.clip, frame), size) for frame in (pair.source, pair.driving)]
    return torch.from_numpy(np.stack(frames))


def _sized(image: U8, size: int) -> U8:
    import cv2

    if image.shape[0] == size:
        return image
    way = cv2.INTER_AREA if image.shape[0] > size else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(image, (size, size), interpolation=way))
