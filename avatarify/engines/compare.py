"""Compares a runtime with the reference: torch, float32, on real frames."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from avatarify.engines.reference.file import FRAMES, Case, Reference, read_reference
from avatarify.errors import EngineError
from avatarify.graphs.spec import ENCODE, GRAPHS, KEYPOINTS, FrameOutputs, GenerateOutputs, KeypointsOutputs
from avatarify.messages import Message

if TYPE_CHECKING:
    from avatarify.runtimes.base import Runtime

Array = NDArray[Any]


class Limits(NamedTuple):
    """The largest differences from the reference that are accepted, in the units of ``Difference``."""

    keypoints: float
    image: float
    motion: float


LIMITS = {
    "fp32": Limits(keypoints=0.01, image=1.0, motion=0.01),
    "fp16": Limits(keypoints=0.01, image=2.0, motion=0.01),
    "int8": Limits(keypoints=0.01, image=2.0, motion=0.01),
    # An ONNX file is computed like torch's graph, up to rounding: a wrong operator must not hide in the tolerance.
    "onnx": Limits(keypoints=1e-3, image=0.05, motion=5e-4),
}


@dataclass(frozen=True)
class Difference:
    """The largest differences of all frames; NaN where the runtime returned a value that is not finite.

    Attributes:
        keypoints: Largest difference of a key point's coordinate, in half crops.
        image: Mean difference of the generated image, in 1/255.
        motion: Mean difference of the deformation, in half crops.
        frames: Number of frames that were compared.
    """

    keypoints: float
    image: float
    motion: float
    frames: int

    def problems(self, precision: str) -> list[Message]:
        """Return which of ``LIMITS`` (``fp32``, ``fp16``, ``int8``, or ``onnx``) are exceeded; empty if none is."""
        limits = LIMITS[precision]
        problems = []
        if not self.keypoints <= limits.keypoints:  # negated, since NaN must fail
            text = "key points differ by {value:.4f} (limit {limit})"
            problems.append(Message(text, value=self.keypoints, limit=limits.keypoints))
        if not self.image <= limits.image:
            text = "mean image difference {value:.2f}/255 (limit {limit:g}/255)"
            problems.append(Message(text, value=self.image, limit=limits.image))
        if not self.motion <= limits.motion:
            text = "mean motion difference {value:.4f} (limit {limit})"
            problems.append(Message(text, value=self.motion, limit=limits.motion))
        return problems

    def as_dict(self) -> dict[str, float]:
        """Return the fields, for JSON."""
        return asdict(self)


def compare(runtime: Runtime, reference: Reference) -> Difference:
    """Run all frames of a reference.

    ``keypoints`` and the drawing graph get the reference's inputs, except for the encoded portrait, which the runtime
    computes itself.

    Args:
        runtime: With the reference's graphs.
        reference: Portrait, frames, and expected outputs.

    Raises:
        EngineError: The runtime failed.
    """
    encoded = runtime.run(ENCODE.name, reference.encode) | reference.source
    outputs: type[GenerateOutputs[Array]] = GRAPHS[reference.graph].outputs
    worst = np.zeros(3)
    for case in reference.cases:
        found = KeypointsOutputs.from_arrays(runtime.run(KEYPOINTS.name, case.keypoints))
        drawn = outputs.from_arrays(runtime.run(reference.graph, encoded | case.generate))
        worst = np.maximum(worst, _differences(case, found, drawn))  # keeps NaN
    keypoints, image, motion = map(float, worst)
    return Difference(keypoints, image, motion, len(reference.cases))


def check(runtime: Runtime, file: Path, subject: Message, precision: str, count: int = FRAMES) -> Difference:
    """Compare a runtime with the reference, and reject it if it differs too much.

    Args:
        runtime: The runtime.
        file: The reference.
        subject: Name of the runtime in the error: ``The engine tensorrt-rtx fp16 of 'built-in'``.
        precision: ``fp32``, ``fp16``, or ``int8``; selects the limits.
        count: Number of frames.

    Raises:
        EngineError: It is rejected; the message contains the differences.
    """
    difference = compare(runtime, read_reference(file, count))
    if problems := difference.problems(precision):
        raise EngineError(
            "{subject} was rejected: {problems}.",
            "Build it again with --precision fp32, or report this.",
            subject=subject,
            problems=problems,
        )
    return difference


def _differences(
    case: Case, found: KeypointsOutputs[Array], drawn: GenerateOutputs[Array]
) -> tuple[float, float, float]:
    """Return the differences of key points, image, and motion for one frame."""
    outputs = [*found.tensors(), *drawn.tensors()]
    if not all(np.isfinite(value).all() for value in outputs if value.dtype != np.uint8):
        return (float("nan"),) * 3
    expected = type(drawn).from_arrays(case.expected_generate)
    points = _points(KeypointsOutputs.from_arrays(case.expected_keypoints), expected)
    worst = max(_max(a, b) for a, b in zip(points, _points(found, drawn), strict=True))
    image = _mean(expected.image.astype(np.float32), drawn.image)
    return worst, image, _mean(expected.deformation, drawn.deformation)


def _points(found: KeypointsOutputs[Array], drawn: GenerateOutputs[Array]) -> list[Array]:
    """Return the detected key points and, from the graph ``frame``, the filtered and the moved ones."""
    moved = [drawn.steadied_points, drawn.moved_points] if isinstance(drawn, FrameOutputs) else []
    return [found.points, *moved]


def _max(a: Array, b: Array) -> float:
    return float(np.abs(a - b).max())


def _mean(a: Array, b: Array) -> float:
    return float(np.abs(a - b).mean())
