"""The types that all stages share: frames, sizes, key points, and the output of a generator."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
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
            UsageError: It is not two even integers from 16 to 4096.
        """
        match = re.fullmatch(r"(\d+)x(\d+)", text.strip().lower())
        if match is None:
            raise UsageError("'{text}' is not a size.", "Write it as WIDTHxHEIGHT, such as 1280x720.", text=text)
        width, height = int(match[1]), int(match[2])
        if not all(16 <= side <= 4096 and side % 2 == 0 for side in (width, height)):
            raise UsageError(
                "The size {text} cannot be used.", "Both sides must be even and from 16 to 4096.", text=text
            )
        return cls(width, height)

    def __str__(self) -> str:
        return f"{self.width}x{self.height}"


@dataclass(frozen=True, slots=True)
class Performance:
    """What a face does at one moment, measured without a camera image: by another tracker, or from a voice.

    Attributes:
        units: Weights of ARKit's face units by name (``jawOpen``), 0 to 1; missing ones are 0.
        yaw: Degrees, positive when the person looks to the right of the picture; so the others as in ``face.Face``.
        pitch: Degrees, positive when the person looks down.
        roll: Degrees, positive clockwise in the picture.
        shift: Of the head to the right, down, and toward the viewer, in half sides of the portrait's crop.
    """

    units: Mapping[str, float] = field(default_factory=dict)
    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    shift: tuple[float, float, float] = (0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Frame:
    """An image with the time at which it was captured.

    Attributes:
        image: (H, W, 3) uint8, RGB, C-contiguous; must not be written to.
        index: Number of the frame in its source, from 0; gaps are dropped frames.
        captured_at: ``time.perf_counter()`` when the frame was captured, in seconds.
        media_time: Presentation time inside a file in seconds; NaN for a camera.
        performance: What the face does, from a source that knows it without an image; None to look for it in ``image``.
    """

    image: U8
    index: int
    captured_at: float
    media_time: float = float("nan")
    performance: Performance | None = None


@dataclass(frozen=True, slots=True)
class Keypoints:
    """Key points of one image, with their local affine motion.

    Points are (x, y), x to the right, y down; -1 and 1 are the edges of the crop in which they were detected.
    ``jacobians[k]`` is d/dp T_{X<-R} at key point k (paper Eq. 5): columns are derivatives by reference x and y.

    Attributes:
        points: (K, 2) float32.
        jacobians: (K, 2, 2) float32, no unit.
    """

    points: F32
    jacobians: F32


@dataclass(frozen=True, slots=True)
class Generated:
    """The output of a generator for one frame; all of it covers the square crop of the portrait.

    Attributes:
        image: (S, S, 3) uint8 RGB, the generated image.
        deformation: (h, w, 2) float32, backward flow: for each output position the (x, y) in the portrait's crop to
            sample; -1 and 1 are the outer edges of the outer pixels (``align_corners=False``).
        visible: (v, v) float32 in [0, 1], the occlusion map: weight of the warped portrait; the rest is ``image``.
            All zeros for a generator that draws every pixel itself.
        matte: (m, m) float32 in [0, 1], opacity of the person in ``image``; None from a generator without a matte.
        head: (2, 3) float32, the rigid motion of the head in the coordinates of ``deformation``: the position p shows
            what the portrait has at ``head[:, :2] @ p + head[:, 2]``; None if unknown.
        points: (2, K, 2) float32, the key points of the portrait and of ``image``, crop coordinates; None if unknown.
    """

    image: U8
    deformation: F32
    visible: F32
    matte: F32 | None = None
    head: F32 | None = None
    points: F32 | None = None
