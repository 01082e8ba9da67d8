"""The words all stages share: frames, sizes, key points, and what a generator gives back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from avatarify.errors import UsageError

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in pixels."""

    width: int
    height: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``1280x720``.

        Raises:
            UsageError: not two positive whole numbers, or odd, or above 4096.
        """
        match = re.fullmatch(r"(\d+)x(\d+)", text.strip().lower())
        if match is None:
            raise UsageError(f"'{text}' is not a size.", "Write it as WIDTHxHEIGHT, for example 1280x720.")
        width, height = int(match[1]), int(match[2])
        if not all(16 <= side <= 4096 and side % 2 == 0 for side in (width, height)):
            raise UsageError(f"The size {text} cannot be used.", "Both sides must be even and between 16 and 4096.")
        return cls(width, height)

    def __str__(self) -> str:
        return f"{self.width}x{self.height}"


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture with the time it was grabbed.

    Attributes:
        image: (H, W, 3) uint8, RGB, C-contiguous; not to be written to.
        index: Number of the frame in its source, from 0; gaps mean dropped frames.
        captured_at: ``time.perf_counter()`` at the moment the frame was grabbed, in seconds.
        media_time: Presentation time inside a file in seconds; NaN for a camera.
    """

    image: U8
    index: int
    captured_at: float
    media_time: float = float("nan")


@dataclass(frozen=True, slots=True)
class Keypoints:
    """Key points with local affine motion, of one picture.

    Convention: points are (x, y), x to the right, y down; -1 and 1 are the edges of the crop they were found in.
    ``jacobians[k]`` is d/dp T_{X<-R} at key point k (paper Eq. 5): columns are derivatives by reference x and y.

    Attributes:
        points: (K, 2) float32.
        jacobians: (K, 2, 2) float32.
    """

    points: F32
    jacobians: F32


@dataclass(frozen=True, slots=True)
class Generated:
    """What a generator gives for one frame, all in the square crop of the portrait.

    Attributes:
        image: (S, S, 3) uint8 RGB, the generated picture.
        deformation: (h, w, 2) float32, backward flow: for each output position the (x, y) in the portrait crop to
            take, -1 and 1 being the outer edges of the outer pixels (``align_corners=False``).
        visible: (m, m) float32 in [0, 1]: share to take from the warped portrait; the rest is ``image``.
            All zeros for a generator that draws every pixel itself.
        matte: (m, m) float32 in [0, 1]: share of ``image`` that is the person and not what is behind; None from a
            generator that does not tell.
        head: (2, 3) float32, the motion of the head as one piece in the terms of ``deformation``: a place p shows what
            stands at ``head[:, :2] @ p + head[:, 2]``; None where nobody told.
    """

    image: U8
    deformation: F32
    visible: F32
    matte: F32 | None = None
    head: F32 | None = None
