"""What torch in float32 computes for real frames: the reference with which every other runtime is compared.

The frames are the demo clip's, as a session sees them: cropped to the face, and moved onto a portrait.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from avatarify.engines.reference_inputs import ReferenceInputs, View, read_inputs
from avatarify.errors import EngineError, MotionError
from avatarify.frames import Keypoints
from avatarify.graphs.check import check_graphs
from avatarify.graphs.spec import (
    ENCODE,
    FRAME,
    GENERATE,
    KEYPOINTS,
    EncodeInputs,
    FrameInputs,
    GenerateInputs,
    KeypointsInputs,
    KeypointsOutputs,
)
from avatarify.motion import first_order
from avatarify.motion.one_euro import Past
from avatarify.runtimes.base import Arrays, run_graph

if TYPE_CHECKING:
    from avatarify.graphs.graph import Graph
    from avatarify.runtimes.base import Runtime

Array = NDArray[Any]
FRAMES = 10
_APART_S = 12 / 25  # seconds of the clip between two cases
_SOURCE = ("source_points", "source_jacobians")  # what of a pose is stored once
_DRIVING = ("driving_points", "driving_jacobians")  # and what for each frame
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
    graph: str = GENERATE.name


def write_reference(graphs: Mapping[str, Graph], kind: str, file: Path) -> None:
    """Run the reference on the demo clip and store inputs and outputs as npz, without pickles.

    Args:
        graphs: Of the model.
        kind: Of the model; it decides how tightly faces are cropped.
        file: Where to.

    Raises:
        EngineError: The reference frames are missing.
    """
    from avatarify.runtimes.torch_runtime import TorchRuntime

    runtime = TorchRuntime(graphs)
    sizes = check_graphs(runtime.signatures)
    tight = kind == "mobile"
    inputs = read_inputs(tight=tight, keypoint_size=sizes.keypoint_crop, portrait_size=sizes.portrait_crop)
    portrait = _portrait(runtime, inputs)
    source = Keypoints(portrait.points, portrait.jacobians)
    features = run_graph(runtime, ENCODE, portrait).features
    neutral = _found(_detect(runtime, inputs.frames[0], _LEARNED)[1], inputs.frames[0])
    stored: Arrays = {"graph": np.array(GENERATE.name), **_named("encode", portrait.arrays())}
    stored |= _named("source", _pose(features, source, source).arrays(), _SOURCE)
    for number, view in enumerate(inputs.frames[:0:-1]):  # from the last to the second: the first one has moved
        face, out = _detect(runtime, view, _LEARNED)
        pose = _pose(features, source, _moved(source, neutral, _found(out, view), number))
        stored[f"{number}/to_reference"] = view.to_reference
        stored |= _named(f"{number}/keypoints", face.arrays())
        stored |= _named(f"{number}/generate", pose.arrays(), _DRIVING)
        stored |= _named(f"{number}/expected/keypoints", out.arrays())
        stored |= _named(f"{number}/expected/generate", run_graph(runtime, GENERATE, pose).arrays())
    _write(file, stored)


def _pose(features: Mapping[str, Array], source: Keypoints, driving: Keypoints) -> GenerateInputs[Array]:
    return GenerateInputs(
        features=features,
        source_points=source.points,
        source_jacobians=source.jacobians,
        driving_points=driving.points,
        driving_jacobians=driving.jacobians,
    )


def _named(part: str, group: Arrays, names: Collection[str] | None = None) -> Arrays:
    """Return a group of arrays, or those of some names, as entries of the file."""
    return {f"{part}/{name}": value for name, value in group.items() if names is None or name in names}


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
    """Run the graph ``frame`` on a reference's frames, one after the other as in a session, and store it likewise.

    Args:
        runtime: torch, float32, with the graph.
        reference: Of the model's other graphs.
        file: Where to.
    """
    stored: Arrays = {"graph": np.array(FRAME.name), **_named("encode", reference.encode)}
    stored |= _named("source", reference.source)
    features = run_graph(runtime, ENCODE, EncodeInputs.from_arrays(reference.encode)).features
    source = GenerateInputs.from_arrays({**reference.cases[0].generate, **reference.source})
    neutral = _in_reference(reference.cases[-1])
    past = Past(neutral, neutral.points, np.zeros_like(neutral.points))
    for number, case in enumerate(reference.cases):
        given = _frame_inputs(case, features, source, neutral, past, number)
        drawn = run_graph(runtime, FRAME, given)
        past = Past(Keypoints(drawn.steadied_points, drawn.steadied_jacobians), drawn.points, drawn.speed)
        stored[f"{number}/to_reference"] = case.to_reference
        stored |= _named(f"{number}/keypoints", case.keypoints)
        stored |= _named(f"{number}/generate", given.arrays(), given.arrays().keys() - features.keys() - set(_SOURCE))
        stored |= _named(f"{number}/expected/keypoints", case.expected_keypoints)
        stored |= _named(f"{number}/expected/generate", drawn.arrays())
    _write(file, stored)


def _frame_inputs(
    case: Case,
    features: Mapping[str, Array],
    source: GenerateInputs[Array],
    neutral: Keypoints,
    past: Past,
    number: int,
) -> FrameInputs[Array]:
    """Inputs of ``frame``; the last frame but one takes the user's absolute pose."""
    face = KeypointsInputs.from_arrays(case.keypoints)
    return FrameInputs(
        features=features,
        crop=face.image,
        mesh=face.mesh,
        mesh_share=face.mesh_share,
        to_reference=case.to_reference,
        neutral_points=neutral.points,
        neutral_jacobians=neutral.jacobians,
        past_points=past.steadied.points,
        past_jacobians=past.steadied.jacobians,
        past_raw=past.raw,
        past_speed=past.speed,
        seconds=_number(_APART_S),
        past_counts=_number(number > 0),
        strength=_number(1 + 0.1 * (number % 3)),
        scale=_number(1.1),
        relative=_number(number != FRAMES - 2),
        source_points=source.source_points,
        source_jacobians=source.source_jacobians,
    )


def _number(value: float) -> Array:
    return np.array([value], np.float32)


def _in_reference(case: Case) -> Keypoints:
    """Key points of a frame in the neutral frame's coordinates; with Jacobians that can be inverted."""
    face = KeypointsInputs.from_arrays(case.keypoints)
    view = View(face.image, np.zeros((0, 2), np.float32), case.to_reference)
    return _usable(_found(KeypointsOutputs.from_arrays(case.expected_keypoints), view))


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


def _portrait(runtime: Runtime, inputs: ReferenceInputs) -> EncodeInputs[Array]:
    """Return the inputs of ``encode``, with the portrait's key points in its own crop."""
    source = _usable(_found(_detect(runtime, inputs.portrait, _REFINED)[1], inputs.portrait))
    return EncodeInputs(inputs.wide, inputs.matte, source.points, source.jacobians)


def _detect(
    runtime: Runtime, view: View, mesh: tuple[float, float]
) -> tuple[KeypointsInputs[Array], KeypointsOutputs[Array]]:
    """Run ``keypoints``; return its inputs and outputs."""
    weights = np.array(mesh, np.float32)
    given: KeypointsInputs[Array] = KeypointsInputs(image=view.image, mesh=view.mesh, mesh_share=weights)
    return given, run_graph(runtime, KEYPOINTS, given)


def _found(out: KeypointsOutputs[Array], view: View) -> Keypoints:
    """Return the detected key points in the reference crop's coordinates."""
    linear, shift = view.to_reference[:, :2], view.to_reference[:, 2]
    points = out.points @ linear.T + shift
    return Keypoints(np.asarray(points, np.float32), np.asarray(linear @ out.jacobians, np.float32))


def _usable(keypoints: Keypoints) -> Keypoints:
    """Take identity Jacobians where a model without training gives none that can be inverted."""
    try:
        return first_order.checked(keypoints)
    except MotionError:
        return Keypoints(np.nan_to_num(keypoints.points), _identity(keypoints))


def _moved(source: Keypoints, neutral: Keypoints, driving: Keypoints, number: int) -> Keypoints:
    """Move the portrait as the face moved; with a model that cannot follow a face, in waves."""
    try:
        return first_order.relative(source, neutral, driving, first_order.movement_scale(source, neutral))
    except MotionError:
        wave = _WAVE * np.sin(10 * source.points[:, ::-1] + number)
        return Keypoints(np.asarray(source.points + wave, np.float32), source.jacobians)


def _identity(keypoints: Keypoints) -> NDArray[np.float32]:
    return np.tile(np.eye(2, dtype=np.float32), (len(keypoints.points), 1, 1))
