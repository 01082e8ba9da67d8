"""What torch in float32 computes for real frames: the reference with which every other runtime is compared.

The frames are the demo clip's, as a session sees them: cropped to the face, and moved onto a portrait.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from avatarify.engines.reference_inputs import ReferenceInputs, View, read_inputs
from avatarify.errors import EngineError, MotionError
from avatarify.runtimes.base import Arrays

if TYPE_CHECKING:
    from avatarify.frames import Keypoints
    from avatarify.graphs.graph import Graph
    from avatarify.runtimes.base import Runtime

FRAMES = 10
_APART_S = 12 / 25  # seconds of the clip between two cases
_DRIVEN = ("driving_points", "driving_jacobians")
_WAVE = 0.03
_LEARNED, _REFINED = (0.0, 0.0), (0.0, 1.0)  # how far the mesh replaces key points, as in a session


@dataclass(frozen=True)
class Case:
    """One frame: inputs and what the reference made of them, by graph.

    Attributes:
        keypoints: Inputs of ``keypoints``.
        to_reference: (2, 3) from its crop to the neutral frame's square.
        generate: Inputs of ``generate`` besides the encoded portrait, or of ``frame``.
        expected_keypoints: What ``keypoints`` gave.
        expected_generate: What ``generate`` gave, or ``frame``.
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
        source: ``source_points`` and ``source_jacobians``.
        cases: The frames; not in the clip's order: the first one has moved.
        graph: What draws them: ``generate`` or ``frame``.
    """

    encode: Arrays
    source: Arrays
    cases: list[Case]
    graph: str = "generate"


def write_reference(graphs: Mapping[str, Graph], kind: str, file: Path) -> None:
    """Run the reference on the demo clip and keep inputs and outputs as npz, without pickles.

    Raises:
        EngineError: the reference frames are missing.
    """
    from avatarify.runtimes.torch_runtime import TorchRuntime

    runtime = TorchRuntime(graphs)
    sizes = {
        "keypoint_size": runtime.shape("keypoints", "image")[0],
        "portrait_size": runtime.shape("encode", "portrait")[0],
    }
    inputs = read_inputs(tight=kind == "mobile", **sizes)
    source, encode = _portrait(runtime, inputs)
    still: Arrays = {"source_points": source.points, "source_jacobians": source.jacobians}
    features = runtime.run("encode", encode) | still
    neutral = _found(_detect(runtime, inputs.frames[0], _LEARNED)[1], inputs.frames[0])
    kept: Arrays = {"graph": np.array("generate"), **_named("encode", encode), **_named("source", still)}
    for number, view in enumerate(inputs.frames[:0:-1]):  # from the last to the second: the first one has moved
        face, out = _detect(runtime, view, _LEARNED)
        driving = _moved(source, neutral, _found(out, view), number)
        pose: Arrays = dict(zip(_DRIVEN, (driving.points, driving.jacobians), strict=True))
        kept[f"{number}/to_reference"] = view.to_reference
        groups = {"keypoints": face, "generate": pose, "expected/keypoints": out}
        groups["expected/generate"] = runtime.run("generate", features | pose)
        for part, group in groups.items():
            kept |= _named(f"{number}/{part}", group)
    _write(file, kept)


def _named(part: str, group: Arrays) -> Arrays:
    return {f"{part}/{name}": value for name, value in group.items()}


def read_reference(file: Path, count: int = FRAMES) -> Reference:
    """Read a portrait and its first frames.

    Raises:
        EngineError: the file is missing or damaged.
    """
    try:
        with np.load(file, allow_pickle=False) as content:
            cases = [_case(content, number) for number in range(count)]
            return Reference(_part(content, "encode/"), _part(content, "source/"), cases, str(content["graph"]))
    except (OSError, ValueError, KeyError) as error:
        raise EngineError(f"The reference {file} cannot be read: {error}.", "Delete it; it is made again.") from error


def write_frame_reference(runtime: Runtime, reference: Reference, file: Path) -> None:
    """Run the graph ``frame`` on a reference's frames, one after the other as in a session, and keep it likewise.

    Args:
        runtime: torch, float32, with the graph.
        reference: Of the model's other graphs.
        file: Where to.
    """
    kept: Arrays = {"graph": np.array("frame"), **_named("encode", reference.encode)}
    kept |= _named("source", reference.source)
    encoded = runtime.run("encode", reference.encode) | reference.source
    neutral = _in_reference(reference.cases[-1])
    past = (neutral.points, neutral.jacobians, neutral.points, np.zeros_like(neutral.points))
    for number, case in enumerate(reference.cases):
        given = _framed(case, neutral, past, number)
        drawn = runtime.run("frame", encoded | given)
        past = drawn["steadied_points"], drawn["steadied_jacobians"], drawn["points"], drawn["speed"]
        kept[f"{number}/to_reference"] = case.to_reference
        groups = {"keypoints": case.keypoints, "generate": given}
        groups |= {"expected/keypoints": case.expected_keypoints, "expected/generate": drawn}
        for part, group in groups.items():
            kept |= _named(f"{number}/{part}", group)
    _write(file, kept)


def _framed(case: Case, neutral: Keypoints, past: tuple[NDArray[np.float32], ...], number: int) -> Arrays:
    """Inputs of ``frame`` besides the encoded portrait; the last frame but one follows the user absolutely."""
    face = {"crop" if name == "image" else name: value for name, value in case.keypoints.items()}
    user: Arrays = {"to_reference": case.to_reference}
    user |= {"neutral_points": neutral.points, "neutral_jacobians": neutral.jacobians}
    told = dict(zip(("past_points", "past_jacobians", "past_raw", "past_speed"), past, strict=True))
    how = np.array([_APART_S, number > 0, 1 + 0.1 * (number % 3), 1.1, number != FRAMES - 2], np.float32)
    return face | user | told | {"how": how}


def _in_reference(case: Case) -> Keypoints:
    """Key points of a frame in the neutral frame's coordinates; with Jacobians that can be inverted."""
    view = View(case.keypoints["image"], case.keypoints["mesh"], case.to_reference)
    return _usable(_found(case.expected_keypoints, view))


def _write(file: Path, arrays: dict[str, Any]) -> None:
    with file.open("wb") as stream:
        np.savez(stream, **arrays)
        stream.flush()
        os.fsync(stream.fileno())


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


def _portrait(runtime: Runtime, inputs: ReferenceInputs) -> tuple[Keypoints, Arrays]:
    """Return the portrait's key points in its own crop, and the inputs of ``encode``."""
    source = _usable(_found(_detect(runtime, inputs.portrait, _REFINED)[1], inputs.portrait))
    encode: Arrays = {"portrait": inputs.wide, "matte": inputs.matte}
    return source, encode | {"points": source.points, "jacobians": source.jacobians}


def _detect(runtime: Runtime, view: View, mesh: tuple[float, float]) -> tuple[Arrays, Arrays]:
    """Run ``keypoints``; return its inputs and outputs."""
    given: Arrays = {"image": view.image, "mesh": view.mesh, "mesh_share": np.array(mesh, np.float32)}
    return given, runtime.run("keypoints", given)


def _found(out: Arrays, view: View) -> Keypoints:
    """Return the detected key points in the reference crop's coordinates."""
    from avatarify.frames import Keypoints

    linear, shift = view.to_reference[:, :2], view.to_reference[:, 2]
    points = out["points"] @ linear.T + shift
    return Keypoints(np.asarray(points, np.float32), np.asarray(linear @ out["jacobians"], np.float32))


def _usable(keypoints: Keypoints) -> Keypoints:
    """Take identity Jacobians where a model without training gives none that can be inverted."""
    from avatarify.frames import Keypoints
    from avatarify.motion import first_order

    try:
        return first_order.checked(keypoints)
    except MotionError:
        return Keypoints(np.nan_to_num(keypoints.points), _identity(keypoints))


def _moved(source: Keypoints, neutral: Keypoints, driving: Keypoints, number: int) -> Keypoints:
    """Move the portrait as the face moved; with a model that cannot follow a face, in waves."""
    from avatarify.frames import Keypoints
    from avatarify.motion import first_order

    try:
        return first_order.relative(source, neutral, driving, first_order.movement_scale(source, neutral))
    except MotionError:
        wave = _WAVE * np.sin(10 * source.points[:, ::-1] + number)
        return Keypoints(np.asarray(source.points + wave, np.float32), source.jacobians)


def _identity(keypoints: Keypoints) -> NDArray[np.float32]:
    return np.tile(np.eye(2, dtype=np.float32), (len(keypoints.points), 1, 1))
