"""Self-reenactment: the first frame with a face is the portrait; the whole clip drives it and is the ground truth.

Landmarks, expressions, and poses come from MediaPipe, for driving frames and results alike. Each distance is reported
beside that of the still portrait, the result of doing nothing, and beside the floor, which MediaPipe gives for a
copy of the driving frame itself.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from avatarify.animate.model import AnimationModel
from avatarify.animate.options import MotionOptions
from avatarify.animate.portrait import Portrait, with_matte
from avatarify.capture.registry import open_recording
from avatarify.errors import InputError
from avatarify.evaluation import bars, metrics
from avatarify.evaluation.animated_portrait import AnimatedPortrait
from avatarify.evaluation.floor import Floor
from avatarify.evaluation.judge import Judge
from avatarify.evaluation.series import compare, compare_shapes, mean_series, mean_shapes
from avatarify.face.face import Face
from avatarify.face.landmarker import FaceLandmarker
from avatarify.frames import U8, Frame

_SIDE = 256  # side of the crops whose pixels are compared
_MEASURED = ("akd", "akd_still", "l1", "l1_still")
_DISTANCES = (*_MEASURED, "akd_floor")


@dataclass
class _Tally:
    distances: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in _MEASURED})
    driven: list[Face] = field(default_factory=list)
    made: list[Face] = field(default_factory=list)
    copied: list[tuple[Face, Face]] = field(
        default_factory=list
    )  # faces in copies of the driving frames, and in the frames themselves
    unmoved: dict[str, float] = field(default_factory=dict)  # of the first frame, which drives itself
    stretch: float = 1.0
    frames: int = 0
    with_face: int = 0
    lost: int = 0


def evaluate_clip(
    path: Path,
    model: AnimationModel,
    *,
    stride: int = 1,
    options: MotionOptions | None = None,
    keep: Callable[[int, U8, U8], None] | None = None,
) -> dict[str, Any]:
    """Evaluate one clip.

    Args:
        path: A video.
        model: The model on its runtime.
        stride: Take every n-th frame.
        options: How motion is transferred.
        keep: Called with (number, driving frame, result) of each evaluated frame, for contact sheets.

    Raises:
        InputError: no frame shows a face.
    """
    tally = _Tally()
    animated: AnimatedPortrait | None = None
    with FaceLandmarker() as driver_eye, Judge() as judge, Floor() as floor:
        for frame in read_frames(path, stride):
            tally.frames += 1
            face = driver_eye.find(frame)
            if face is None:
                continue
            tally.with_face += 1
            animated = animated or AnimatedPortrait(with_matte(Portrait(path.stem, frame.image, face)), model, options)
            result = animated.render(frame, face)
            if result is not None:
                tally.unmoved = tally.unmoved or bars.changed(frame.image, result, face)
                tally.stretch = max(tally.stretch, animated.stretch())
            _compare(tally, animated, frame, face, result, judge)
            if (copy := floor.find(frame, animated.portrait.box)) is not None:
                tally.copied.append((copy, face))
            if keep is not None and result is not None:
                keep(tally.frames, frame.image, result)
    if animated is None:
        raise InputError("No face was found in {name}.", "Leave it out of the suite.", name=path.name)
    return {"clip": path.name, **_figures(tally, animated.portrait.box.size)}


def read_frames(path: Path, stride: int) -> Iterator[Frame]:
    """Read every ``stride``-th frame of a video."""
    with open_recording(path) as video:
        number = 0
        while (frame := video.read()) is not None:
            if number % stride == 0:
                yield frame
            number += 1


def _compare(
    tally: _Tally, animated: AnimatedPortrait, frame: Frame, face: Face, result: U8 | None, judge: Judge
) -> None:
    found = None if result is None else judge.find(frame, result, face)
    if result is None or found is None:
        tally.lost += 1
        return
    portrait, box = animated.portrait, animated.portrait.box
    tally.driven.append(face)
    tally.made.append(found)
    shown = metrics.inside(box, frame.image, _SIDE)
    wanted, still = (box.cut(image, _SIDE)[shown] for image in (frame.image, portrait.image))
    figures = {
        "akd": metrics.average_keypoint_distance(found.landmarks, face.landmarks, box.size),
        "akd_still": metrics.average_keypoint_distance(portrait.face.landmarks, face.landmarks, box.size),
        "l1": metrics.l1(animated.square(result, _SIDE)[shown], wanted),
        "l1_still": metrics.l1(still, wanted),
    }
    for name, value in figures.items():
        tally.distances[name].append(value)


def _figures(tally: _Tally, side: float) -> dict[str, Any]:
    floor = [metrics.average_keypoint_distance(copy.landmarks, face.landmarks, side) for copy, face in tally.copied]
    means = {name: metrics.mean(values) for name, values in (tally.distances | {"akd_floor": floor}).items()}
    return {
        "frames": tally.frames,
        "face_share": tally.with_face / tally.frames,
        "lost": tally.lost,
        **means,
        **_ratios(means),
        "akd_interval": metrics.interval(tally.distances["akd"]),
        "akd_floor_interval": metrics.interval(floor),
        **compare(tally.made, tally.driven),
        "lids_agree": bars.lids_agree(tally.made, tally.driven),
        "stretch": tally.stretch,
        "unmoved": tally.unmoved,
        "shapes": compare_shapes(tally.made, tally.driven),
        "floor": compare(*_unzipped(tally.copied)),
    }


def _unzipped(pairs: list[tuple[Face, Face]]) -> tuple[list[Face], list[Face]]:
    return [one for one, _ in pairs], [other for _, other in pairs]


def _ratios(means: dict[str, float]) -> dict[str, float]:
    return {
        "akd_ratio": _ratio(means["akd"], means["akd_still"]),
        "akd_floor_ratio": _ratio(means["akd_floor"], means["akd_still"]),
        "l1_ratio": _ratio(means["l1"], means["l1_still"]),
    }


def _ratio(value: float, still: float) -> float:
    return value / still if still > 0 else math.nan


def mean_figures(clips: list[dict[str, Any]]) -> dict[str, Any]:
    """Return means over clips; correlations and gains only over clips that move that way."""
    means = {name: metrics.mean([clip[name] for clip in clips]) for name in _DISTANCES}
    floor = mean_series([clip["floor"] for clip in clips])
    held = {
        "lids_agree": bars.mean_of_known(clip["lids_agree"] for clip in clips),
        "stretch": max(clip["stretch"] for clip in clips),
        "unmoved": bars.worst(clip["unmoved"] for clip in clips),
        "shapes": mean_shapes(clips),
    }
    return {**means, **_ratios(means), **mean_series(clips), **held, "floor": floor}
