"""Series of numbers that describe a face over time, compared frame by frame with the driving face."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from avatarify.evaluation import metrics
from avatarify.face.face import Face

_SHAPE_LEAST = 0.03  # minimum standard deviation of a driving blend shape
_NO_SHAPE = "_neutral"  # the first of MediaPipe's scores: how little the others say
OPEN = 0.35  # mean blink of both eyes; above it MediaPipe's gaze reflects the lids, not the pupils


@dataclass(frozen=True)
class Series:
    """One measurement of a face.

    Attributes:
        read: Computes the value.
        least: Minimum standard deviation of the driving series for a meaningful correlation.
        open_eyes: Compare only frames in which the driving eyes are open.
    """

    read: Callable[[Face], float]
    least: float
    open_eyes: bool = False


def _blink(face: Face) -> float:
    return (face.expression["eyeBlinkLeft"] + face.expression["eyeBlinkRight"]) / 2


def gaze_horizontal(face: Face) -> float:
    """Mean of both eyes, -1 to 1, positive toward the person's left."""
    look = face.expression
    left = look["eyeLookOutLeft"] - look["eyeLookInLeft"]
    return (left + look["eyeLookInRight"] - look["eyeLookOutRight"]) / 2


def gaze_vertical(face: Face) -> float:
    """Mean of both eyes, -1 to 1, positive upwards."""
    look = face.expression
    up = look["eyeLookUpLeft"] + look["eyeLookUpRight"]
    return (up - look["eyeLookDownLeft"] - look["eyeLookDownRight"]) / 2


SERIES: dict[str, Series] = {
    "mouth": Series(lambda face: metrics.mouth_opening(face.landmarks), 0.01),
    "eyes": Series(lambda face: metrics.eye_opening(face.landmarks), 0.006),
    "jawOpen": Series(lambda face: face.expression["jawOpen"], 0.02),
    "eyeBlink": Series(_blink, 0.05),
    "eyeBlinkLeft": Series(lambda face: face.expression["eyeBlinkLeft"], 0.05),
    "eyeBlinkRight": Series(lambda face: face.expression["eyeBlinkRight"], 0.05),
    "smile": Series(lambda face: (face.expression["mouthSmileLeft"] + face.expression["mouthSmileRight"]) / 2, 0.05),
    "gaze_horizontal": Series(gaze_horizontal, 0.1, open_eyes=True),
    "gaze_vertical": Series(gaze_vertical, 0.1, open_eyes=True),
    "yaw": Series(lambda face: face.yaw, 1.5),
    "pitch": Series(lambda face: face.pitch, 1.5),
    "roll": Series(lambda face: face.roll, 1.0),
}


def compare(made: Sequence[Face], driven: Sequence[Face]) -> dict[str, dict[str, float]]:
    """Compare all series of a clip.

    Args:
        made: The faces found in the results.
        driven: The driving faces in the same frames.

    Returns:
        ``r`` and ``gain`` by name; NaN where the driving face does not move that way.
    """
    return {name: _compare(series, made, driven) for name, series in SERIES.items()}


def compare_shapes(made: Sequence[Face], driven: Sequence[Face]) -> dict[str, dict[str, float]]:
    """Compare every blend shape of a clip; as ``compare``."""
    names = [name for name in driven[0].expression if name != _NO_SHAPE] if driven else []
    return {name: _compare(Series(_shape(name), _SHAPE_LEAST), made, driven) for name in names}


def _shape(name: str) -> Callable[[Face], float]:
    return lambda face: face.expression[name]


def _compare(series: Series, made: Sequence[Face], driven: Sequence[Face]) -> dict[str, float]:
    pairs = [(m, d) for m, d in zip(made, driven, strict=True) if not series.open_eyes or _blink(d) < OPEN]
    result = np.array([series.read(face) for face, _ in pairs])
    wanted = np.array([series.read(face) for _, face in pairs])
    if len(pairs) < 3 or float(wanted.std()) < series.least:
        return {"r": math.nan, "gain": math.nan}
    return {"r": metrics.correlation(result, wanted), "gain": metrics.gain(result, wanted)}


def mean_series(clips: Sequence[dict[str, Any]]) -> dict[str, dict[str, float]]:
    """Return the means of ``compare`` over the ``clips`` that move that way."""
    return {name: _mean([clip[name] for clip in clips]) for name in SERIES}


def mean_shapes(clips: Sequence[dict[str, Any]]) -> dict[str, dict[str, float]]:
    """Return the means of ``compare_shapes``, under ``shapes`` of each clip, over the clips that move that way."""
    names = dict.fromkeys(name for clip in clips for name in clip["shapes"])
    return {name: _mean([clip["shapes"][name] for clip in clips if name in clip["shapes"]]) for name in names}


def _mean(figures: Sequence[dict[str, float]]) -> dict[str, float]:
    moved = [pair for pair in figures if not math.isnan(pair["r"])]
    return {key: metrics.mean([pair[key] for pair in moved]) for key in ("r", "gain")} | {"clips": len(moved)}
