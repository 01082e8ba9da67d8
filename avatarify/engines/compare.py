"""Holds a runtime to the reference: torch, float32, on real frames."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from avatarify.engines.reference import FRAMES, Reference, read_reference
from avatarify.errors import EngineError
from avatarify.graphs.spec import ENCODE, KEYPOINTS
from avatarify.runtimes.base import Arrays

if TYPE_CHECKING:
    from avatarify.runtimes.base import Runtime

KEYPOINT_LIMIT = 0.01  # of [-1, 1], the largest difference of any coordinate
IMAGE_LIMITS = {"fp32": 1.0, "fp16": 2.0}  # of 255, on the mean of a picture
MOTION_LIMIT = 0.01  # of [-1, 1], on the mean: the portrait is bent by it at full size


@dataclass(frozen=True)
class Difference:
    """The worst of all frames.

    Attributes:
        keypoints: Largest difference of a coordinate, of [-1, 1].
        image: Mean difference of a picture, in 1/255.
        motion: Mean difference of the deformation, of [-1, 1].
        frames: How many were compared.
    """

    keypoints: float
    image: float
    motion: float
    frames: int

    def problem(self, precision: str) -> str:
        """Say which limit is passed; empty where none is."""
        limits = {
            f"key points differ by {self.keypoints:.4f} (limit {KEYPOINT_LIMIT})": self.keypoints <= KEYPOINT_LIMIT,
            f"pictures differ by {self.image:.2f}/255 on the mean (limit {IMAGE_LIMITS[precision]:g}/255)": (
                self.image <= IMAGE_LIMITS[precision]
            ),
            f"the motion differs by {self.motion:.4f} on the mean (limit {MOTION_LIMIT})": self.motion <= MOTION_LIMIT,
        }
        return "; ".join(told for told, fine in limits.items() if not fine)  # NaN is not fine

    def as_dict(self) -> dict[str, float]:
        """Return the fields, for JSON."""
        return asdict(self)


def compare(runtime: Runtime, reference: Reference) -> Difference:
    """Run all of a reference's frames.

    Each graph but ``encode`` gets the reference's own inputs; the encoded portrait is the runtime's.

    Raises:
        EngineError: the runtime gave up.
    """
    encoded = runtime.run(ENCODE.name, reference.encode) | reference.source
    worst = [0.0, 0.0, 0.0]
    for case in reference.cases:
        found = runtime.run(KEYPOINTS.name, case.keypoints)
        drawn = runtime.run(reference.graph, encoded | case.generate)
        seen = _differences(case.expected_keypoints, found, case.expected_generate, drawn)
        worst = [float(np.maximum(a, b)) for a, b in zip(worst, seen, strict=True)]  # keeps NaN
    return Difference(worst[0], worst[1], worst[2], len(reference.cases))


def hold(runtime: Runtime, file: Path, what: str, precision: str, count: int = FRAMES) -> Difference:
    """Compare, and refuse what differs too much.

    Args:
        runtime: To be trusted or not.
        file: The reference.
        what: Its name for the user, such as ``the engine tensorrt-rtx fp16 of 'built-in'``.
        precision: Decides about the limits.
        count: How many frames.

    Raises:
        EngineError: it is refused, by name and with the figures.
    """
    difference = compare(runtime, read_reference(file, count))
    if problem := difference.problem(precision):
        raise EngineError(f"{what} is refused: {problem}.", "Build it again with --precision fp32, or report this.")
    return difference


def _differences(points: Arrays, found: Arrays, picture: Arrays, drawn: Arrays) -> tuple[float, float, float]:
    outputs = [*found.values(), *drawn.values()]
    if not all(np.isfinite(value).all() for value in outputs if value.dtype != np.uint8):
        return (float("nan"),) * 3
    moved = [name for name in picture if name.endswith("_points")]  # a whole frame gives those that it moved
    return (
        max(_most(points["points"], found["points"]), *(_most(picture[name], drawn[name]) for name in moved), 0.0),
        _mean(picture["image"].astype(np.float32), drawn["image"]),
        _mean(picture["deformation"], drawn["deformation"]),
    )


def _most(a: NDArray[Any], b: NDArray[Any]) -> float:
    return float(np.abs(a - b).max())


def _mean(a: NDArray[Any], b: NDArray[Any]) -> float:
    return float(np.abs(a - b).mean())
