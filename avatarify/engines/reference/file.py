"""The file of a reference: inputs and outputs of each graph, as npz without pickles."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from avatarify.boundary import reason_of
from avatarify.errors import EngineError
from avatarify.files import open_atomic
from avatarify.graphs.spec import GENERATE
from avatarify.npz import reading_arrays
from avatarify.runtimes.base import Arrays

FRAMES = 10
_SOURCE = ("source_points", "source_jacobians")  # stored once, not for each frame


@dataclass(frozen=True)
class Case:
    """One frame: inputs and outputs by graph.

    Attributes:
        keypoints: Inputs of ``keypoints``.
        to_reference: (2, 3) float32, affine map from the frame's crop to the neutral frame's square.
        generate: Inputs of the drawing graph, besides the encoded portrait.
        expected_keypoints: Outputs of ``keypoints``.
        expected_generate: Outputs of the drawing graph.
    """

    keypoints: Arrays
    to_reference: NDArray[np.float32]
    generate: Arrays
    expected_keypoints: Arrays
    expected_generate: Arrays


@dataclass(frozen=True)
class Reference:
    """A portrait and its frames.

    Attributes:
        encode: Inputs of ``encode``.
        source: ``source_points`` and ``source_jacobians``, inputs of the drawing graph that are the same in all frames.
        cases: The frames. Not in the clip's order: in the first one the face has moved.
        graph: The drawing graph: ``generate`` or ``frame``.
    """

    encode: Arrays
    source: Arrays
    cases: Sequence[Case]
    graph: str = GENERATE.name


def save_reference(file: Path, reference: Reference, features: Collection[str]) -> None:
    """Write a reference.

    Args:
        file: Where it goes.
        reference: The portrait and its frames.
        features: Names of the outputs of ``encode``, which are not stored: each runtime computes its own.

    Raises:
        OSError: It cannot be written.
    """
    arrays: Arrays = {"graph": np.array(reference.graph)}
    arrays |= _named("encode", reference.encode) | _named("source", reference.source)
    for number, case in enumerate(reference.cases):
        arrays[f"{number}/to_reference"] = case.to_reference
        arrays |= _named(f"{number}/keypoints", case.keypoints)
        arrays |= _named(f"{number}/generate", case.generate, without={*features, *_SOURCE})
        arrays |= _named(f"{number}/expected/keypoints", case.expected_keypoints)
        arrays |= _named(f"{number}/expected/generate", case.expected_generate)
    with open_atomic(file) as stream:
        np.savez(stream, **arrays)  # type: ignore[arg-type]  # its stub takes the names for options


def read_reference(file: Path, count: int = FRAMES) -> Reference:
    """Read a portrait and its first frames.

    Args:
        file: Of the reference.
        count: Number of frames.

    Raises:
        EngineError: The file is missing or damaged.
    """
    try:
        with reading_arrays(file) as content:
            cases = [_case(content, number) for number in range(count)]
            return Reference(_part(content, "encode/"), _part(content, "source/"), cases, str(content["graph"]))
    except (OSError, ValueError) as error:
        raise EngineError(
            "The reference {file} cannot be read: {reason}.",
            "Delete it; it will be made again.",
            file=file,
            reason=reason_of(error),
        ) from error


def source_of(inputs: Mapping[str, NDArray[Any]]) -> Arrays:
    """Return the inputs of a drawing graph that are the same in all frames."""
    return {name: inputs[name] for name in _SOURCE}


def _named(part: str, group: Arrays, without: Collection[str] = ()) -> Arrays:
    """Return arrays under the names that they have in the file."""
    return {f"{part}/{name}": value for name, value in group.items() if name not in without}


def _case(content: Any, number: int) -> Case:
    return Case(
        _part(content, f"{number}/keypoints/"),
        content[f"{number}/to_reference"],
        _part(content, f"{number}/generate/"),
        _part(content, f"{number}/expected/keypoints/"),
        _part(content, f"{number}/expected/generate/"),
    )


def _part(content: Any, start: str) -> Arrays:
    found = {name.removeprefix(start): content[name] for name in content.files if name.startswith(start)}
    if not found:
        raise KeyError(start)
    return found
