"""What the reference (torch, float32) gives for real frames: every other runtime is held to it.

The frames are the demo clip's, as a session sees them: faces found, cropped, measured and moved onto a portrait.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from avatarify.errors import EngineError, MotionError
from avatarify.runtimes.base import Arrays

if TYPE_CHECKING:
    from avatarify.face.face import Face
    from avatarify.frames import Frame, Keypoints
    from avatarify.networks.graph import Graph
    from avatarify.runtimes.base import Runtime

FRAMES = 10
PORTRAIT = "mona-lisa"
_APART = 12  # frames of the clip between two cases
_DRIVEN = ("driving_points", "driving_jacobians")
_WAVE = 0.03


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
        EngineError: the clip or the portrait is not carried here.
    """
    from avatarify.runtimes.torch_runtime import TorchRuntime

    recorded = _Recording(TorchRuntime(graphs))
    _drive(recorded, tight=kind == "mobile")
    _write(file, recorded.flat())


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
    kept: Arrays = {"graph": np.array("frame")}
    for part, group in (("encode", reference.encode), ("source", reference.source)):
        kept |= {f"{part}/{name}": value for name, value in group.items()}
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
        kept |= {f"{number}/{part}/{name}": value for part, group in groups.items() for name, value in group.items()}
    _write(file, kept)


def _framed(case: Case, neutral: Keypoints, past: tuple[NDArray[np.float32], ...], number: int) -> Arrays:
    """Inputs of ``frame`` besides the encoded portrait; the last frame but one follows the user absolutely."""
    face = {"crop" if name == "image" else name: value for name, value in case.keypoints.items()}
    user: Arrays = {"to_reference": case.to_reference}
    user |= {"neutral_points": neutral.points, "neutral_jacobians": neutral.jacobians}
    told = dict(zip(("past_points", "past_jacobians", "past_raw", "past_speed"), past, strict=True))
    how = np.array([_APART / 25, number > 0, 1 + 0.1 * (number % 3), 1.1, number != FRAMES - 2], np.float32)
    return face | user | told | {"how": how}


def _in_reference(case: Case) -> Keypoints:
    """Key points of a frame in the neutral frame's coordinates; with Jacobians that can be inverted."""
    from avatarify.frames import Keypoints

    linear, found = case.to_reference[:, :2], case.expected_keypoints
    points = found["points"] @ linear.T + case.to_reference[:, 2]
    return _usable(Keypoints(np.asarray(points, np.float32), np.asarray(linear @ found["jacobians"], np.float32)))


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


class _Recording:
    """A runtime that keeps what went in and out of another one."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self.name, self.device, self.graphs = runtime.name, runtime.device, runtime.graphs
        self.calls: list[tuple[str, Arrays, Arrays]] = []
        self.maps: list[NDArray[np.float32]] = []  # of each frame

    def shape(self, graph: str, name: str) -> tuple[int, ...]:
        return self._runtime.shape(graph, name)

    def run(self, graph: str, inputs: Mapping[str, NDArray[Any]]) -> Arrays:
        outputs = self._runtime.run(graph, inputs)
        self.calls.append((graph, dict(inputs), outputs))
        return outputs

    def close(self) -> None:
        self._runtime.close()

    def flat(self) -> Arrays:
        """Arrays by their names in the file: the portrait's calls come first, then two for each frame."""
        _, encode, features = next(call for call in self.calls if call[0] == "encode")
        frames = self.calls[-2 * FRAMES :]
        kept: Arrays = {"graph": np.array("generate")} | {f"encode/{name}": value for name, value in encode.items()}
        kept |= {f"{number}/to_reference": value for number, value in enumerate(self.maps)}
        for number, ((_, face, found), (_, pose, drawn)) in enumerate(zip(frames[::2], frames[1::2], strict=True)):
            kept |= {f"source/{name}": pose[name] for name in ("source_points", "source_jacobians")}
            driven = {name: value for name, value in pose.items() if name in _DRIVEN and name not in features}
            parts = {"keypoints": face, "generate": driven, "expected/keypoints": found, "expected/generate": drawn}
            kept |= {f"{number}/{part}/{name}": value for part, group in parts.items() for name, value in group.items()}
        return kept


def _drive(runtime: _Recording, *, tight: bool) -> None:
    """Call the model as a session does."""
    from avatarify.animate.model import REFINED, AnimationModel
    from avatarify.animate.portrait import load_portrait

    model, portrait = AnimationModel(runtime, tight_keypoints=tight), load_portrait(PORTRAIT)
    source = _usable(model.keypoints(portrait.image, portrait.face, portrait.box, REFINED))
    encoded = model.encode(*portrait.crops(model.portrait_size), source)
    faces = list(_faces())
    box = faces[0][1].portrait_box()
    neutral = model.keypoints(faces[0][0].image, faces[0][1], box)
    for number, (frame, face) in enumerate(faces[:0:-1]):  # from the last to the second
        driving = model.keypoints(frame.image, face, box)
        runtime.maps.append(model.keypoint_box(face).map_to(box))
        model.generate(encoded, _moved(source, neutral, driving, number))


def _faces() -> Iterator[tuple[Frame, Face]]:
    """The neutral frame and those to compare, spread over the demo clip."""
    from avatarify.capture.demo import DemoSource
    from avatarify.face.landmarker import FaceLandmarker

    with DemoSource(pace=False) as source, FaceLandmarker() as landmarker:
        found = 0
        for number in range(_APART * 3 * FRAMES):
            frame = source.read()
            if frame is None or found > FRAMES:
                break
            if number % _APART == 0 and (face := landmarker.find(frame)) is not None:
                found += 1
                yield frame, face
    if found <= FRAMES:
        raise EngineError("The demo clip shows too few faces.", "Install avatarify again.")


def _usable(keypoints: Keypoints) -> Keypoints:
    """Take identity Jacobians where a model without training gives none that can be inverted."""
    from avatarify.animate import motion
    from avatarify.frames import Keypoints

    try:
        return motion.checked(keypoints)
    except MotionError:
        return Keypoints(np.nan_to_num(keypoints.points), _identity(keypoints))


def _moved(source: Keypoints, neutral: Keypoints, driving: Keypoints, number: int) -> Keypoints:
    """Move the portrait as the face moved; with a model that cannot follow a face, in waves."""
    from avatarify.animate import motion
    from avatarify.frames import Keypoints

    try:
        return motion.relative(source, neutral, driving, motion.movement_scale(source, neutral))
    except MotionError:
        wave = _WAVE * np.sin(10 * source.points[:, ::-1] + number)
        return Keypoints(np.asarray(source.points + wave, np.float32), source.jacobians)


def _identity(keypoints: Keypoints) -> NDArray[np.float32]:
    return np.tile(np.eye(2, dtype=np.float32), (len(keypoints.points), 1, 1))
