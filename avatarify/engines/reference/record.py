"""Records a reference: runs a model in float32 on the frames of ``reference.inputs``, moved onto a portrait."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from avatarify.engines.reference.file import FRAMES, Case, Reference, save_reference, source_of
from avatarify.engines.reference.inputs import ReferenceInputs, View, read_inputs
from avatarify.errors import MotionError
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
from avatarify.motion.layout import COUNT
from avatarify.motion.one_euro import Past
from avatarify.motion.strength import WHOLE
from avatarify.runtimes.base import run_graph

if TYPE_CHECKING:
    from avatarify.runtimes.base import Runtime

Array = NDArray[Any]
_INTERVAL_S = 12 / 25  # seconds of the clip between two frames
_REGIONS = (0.9, 1.2, 1.3, 1.0)  # on every second frame, factors of head, eyes, and mouth, and a gaze on the camera
_LIDS = ((0.3, 0.3), (0.06, 0.06))  # range of the user's eyes
_WAVE = 0.03  # amplitude of an invented motion, in half crops
# How far the face mesh replaces key points, as in a session: not in the user's frames; in the portrait, eyes and lips.
_USER_MESH, _PORTRAIT_MESH = (0.0, 0.0), (0.0, 1.0)


def record_reference(runtime: Runtime, kind: str, file: Path) -> None:
    """Run the graphs ``keypoints``, ``encode`` and ``generate`` on the reference frames and write the result.

    Args:
        runtime: In float32, with these graphs: torch, or the ONNX files where torch is not installed.
        kind: Of the model; it decides how tightly faces are cropped.
        file: Where the reference goes.

    Raises:
        EngineError: The reference frames are missing.
        OSError: The file cannot be written.
    """
    sizes = check_graphs(runtime.signatures)
    inputs = read_inputs(tight=kind == "mobile", keypoint_size=sizes.keypoint_crop, portrait_size=sizes.portrait_crop)
    portrait = _portrait(runtime, inputs)
    source = Keypoints(portrait.points, portrait.jacobians)
    features = run_graph(runtime, ENCODE, portrait).features
    neutral = _in_neutral_square(_detect(runtime, inputs.frames[0], _USER_MESH)[1], inputs.frames[0])
    cases = []
    for number, view in enumerate(inputs.frames[:0:-1]):  # from the last to the second: in the first case it has moved
        face, found = _detect(runtime, view, _USER_MESH)
        pose = _pose(features, source, _moved(source, neutral, _in_neutral_square(found, view), number))
        drawn = run_graph(runtime, GENERATE, pose)
        cases.append(Case(face.arrays(), view.to_reference, pose.arrays(), found.arrays(), drawn.arrays()))
    fixed = source_of(_pose(features, source, source).arrays())
    save_reference(file, Reference(portrait.arrays(), fixed, cases), features.keys())


def record_frame_reference(runtime: Runtime, reference: Reference, file: Path) -> None:
    """Run the graph ``frame`` on a reference's frames, one after the other as in a session, and write the result.

    Args:
        runtime: torch in float32 with this graph.
        reference: Of the model's other graphs.
        file: Where the new reference goes.

    Raises:
        OSError: The file cannot be written.
    """
    features = run_graph(runtime, ENCODE, EncodeInputs.from_arrays(reference.encode)).features
    source = GenerateInputs.from_arrays({**reference.cases[0].generate, **reference.source})
    neutral = _neutral_of(reference.cases[-1])
    past = Past(neutral, neutral.points, np.zeros_like(neutral.points))
    cases = []
    for number, case in enumerate(reference.cases):
        inputs = _frame_inputs(case, features, source, neutral, past, number)
        drawn = run_graph(runtime, FRAME, inputs)
        past = Past(Keypoints(drawn.steadied_points, drawn.steadied_jacobians), drawn.points, drawn.speed)
        cases.append(Case(case.keypoints, case.to_reference, inputs.arrays(), case.expected_keypoints, drawn.arrays()))
    save_reference(file, Reference(reference.encode, reference.source, cases, FRAME.name), features.keys())


def _portrait(runtime: Runtime, inputs: ReferenceInputs) -> EncodeInputs[Array]:
    """Return the inputs of ``encode``, with the portrait's key points in its own crop."""
    found = _detect(runtime, inputs.portrait, _PORTRAIT_MESH)[1]
    source = _invertible(_in_neutral_square(found, inputs.portrait))
    return EncodeInputs(inputs.wide, inputs.matte, source.points, source.jacobians)


def _detect(
    runtime: Runtime, view: View, mesh: tuple[float, float]
) -> tuple[KeypointsInputs[Array], KeypointsOutputs[Array]]:
    """Run ``keypoints``; return its inputs and outputs."""
    weights = np.array(mesh, np.float32)
    inputs: KeypointsInputs[Array] = KeypointsInputs(image=view.image, mesh=view.mesh, mesh_share=weights)
    return inputs, run_graph(runtime, KEYPOINTS, inputs)


def _in_neutral_square(found: KeypointsOutputs[Array], view: View) -> Keypoints:
    """Map key points from a frame's crop to the neutral frame's square; of a portrait, to its wide crop."""
    linear, shift = view.to_reference[:, :2], view.to_reference[:, 2]
    points = found.points @ linear.T + shift
    return Keypoints(np.asarray(points, np.float32), np.asarray(linear @ found.jacobians, np.float32))


def _pose(features: Mapping[str, Array], source: Keypoints, driving: Keypoints) -> GenerateInputs[Array]:
    return GenerateInputs(
        features=features,
        source_points=source.points,
        source_jacobians=source.jacobians,
        driving_points=driving.points,
        driving_jacobians=driving.jacobians,
    )


def _frame_inputs(
    case: Case,
    features: Mapping[str, Array],
    source: GenerateInputs[Array],
    neutral: Keypoints,
    past: Past,
    number: int,
) -> FrameInputs[Array]:
    """Return the inputs of ``frame``; the last but one takes the user's absolute pose, so that both ways are tested."""
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
        seconds=_scalar(_INTERVAL_S),
        past_counts=_scalar(number > 0),
        strength=_scalar(1 + 0.1 * (number % 3)),
        regions=np.array(WHOLE if number % 2 else _REGIONS, np.float32) if len(neutral.points) == COUNT else None,
        scale=_scalar(1.1),
        relative=_scalar(number != FRAMES - 2),
        lids=np.array(_LIDS, np.float32),
        source_points=source.source_points,
        source_jacobians=source.source_jacobians,
    )


def _scalar(value: float) -> Array:
    return np.array([value], np.float32)


def _neutral_of(case: Case) -> Keypoints:
    """Return the key points of a frame in the neutral frame's square, with invertible Jacobians."""
    face = KeypointsInputs.from_arrays(case.keypoints)
    view = View(face.image, np.zeros((0, 2), np.float32), case.to_reference)
    return _invertible(_in_neutral_square(KeypointsOutputs.from_arrays(case.expected_keypoints), view))


def _invertible(keypoints: Keypoints) -> Keypoints:
    """Replace Jacobians by identities where an untrained model gives some that cannot be inverted."""
    try:
        return first_order.checked(keypoints)
    except MotionError:
        count = len(keypoints.points)
        return Keypoints(np.nan_to_num(keypoints.points), np.tile(np.eye(2, dtype=np.float32), (count, 1, 1)))


def _moved(source: Keypoints, neutral: Keypoints, driving: Keypoints, number: int) -> Keypoints:
    """Move the portrait as the face moved; for an untrained model, which finds no motion, move it in waves."""
    try:
        return first_order.relative(source, neutral, driving, first_order.movement_scale(source, neutral))
    except MotionError:
        wave = _WAVE * np.sin(10 * source.points[:, ::-1] + number)
        return Keypoints(np.asarray(source.points + wave, np.float32), source.jacobians)
