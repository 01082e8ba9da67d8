"""Self-reenactment: the first frame with a face is the portrait, the whole clip drives it, and is what should come out.

Landmarks, expressions and poses are MediaPipe's, in the driver and in the result alike. Beside each distance stands
that of the still portrait, which is what doing nothing would give.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from avatarify.animate.animator import Animator, MotionOptions
from avatarify.animate.model import AnimationModel
from avatarify.animate.portrait import Portrait
from avatarify.capture.media import VideoFile
from avatarify.compose.compositor import Compositor
from avatarify.errors import InputError, MotionError
from avatarify.evaluation import metrics
from avatarify.face.face import Face
from avatarify.face.landmarker import FaceLandmarker
from avatarify.frames import U8, Frame

# What is compared as a series over the clip: name, reading of a face, and the driver's least standard deviation for
# which a correlation means anything.
_SERIES: dict[str, tuple[Callable[[Face], float], float]] = {
    "mouth": (lambda face: metrics.mouth_opening(face.landmarks), 0.01),
    "eyes": (lambda face: metrics.eye_opening(face.landmarks), 0.006),
    "jawOpen": (lambda face: face.expression["jawOpen"], 0.02),
    "eyeBlink": (lambda face: (face.expression["eyeBlinkLeft"] + face.expression["eyeBlinkRight"]) / 2, 0.05),
    "smile": (lambda face: (face.expression["mouthSmileLeft"] + face.expression["mouthSmileRight"]) / 2, 0.05),
    "yaw": (lambda face: face.yaw, 1.5),
    "pitch": (lambda face: face.pitch, 1.5),
    "roll": (lambda face: face.roll, 1.0),
}


@dataclass
class _Tally:
    akd: list[float] = field(default_factory=list)
    akd_still: list[float] = field(default_factory=list)
    l1: list[float] = field(default_factory=list)
    l1_still: list[float] = field(default_factory=list)
    driven: list[Face] = field(default_factory=list)
    made: list[Face] = field(default_factory=list)
    frames: int = 0
    with_face: int = 0
    lost: int = 0


def evaluate_clip(
    path: Path, model: AnimationModel, *, stride: int = 1, keep: Callable[[int, U8, U8], None] | None = None
) -> dict[str, object]:
    """Evaluate one clip.

    Args:
        path: A video.
        model: What animates.
        stride: Take every n-th frame.
        keep: Given (number, driving picture, result) of each evaluated frame, for contact sheets.

    Raises:
        InputError: no frame shows a face.
    """
    tally = _Tally()
    made_by: Animator | None = None
    with FaceLandmarker() as driver_eye, FaceLandmarker() as result_eye:
        for frame in _frames(path, stride):
            tally.frames += 1
            face = driver_eye.find(frame)
            if face is None:
                continue
            tally.with_face += 1
            if made_by is None:
                portrait = Portrait(path.stem, frame.image, face)
                made_by = Animator(model, portrait, MotionOptions())
                compositor = Compositor(portrait.image, portrait.box, None, badge=False)
            try:
                result = compositor.render(made_by.animate(frame, face))
            except MotionError:
                tally.lost += 1
                continue
            _compare(tally, portrait, frame, face, result, result_eye)
            if keep is not None:
                keep(tally.frames, frame.image, result)
    if made_by is None:
        raise InputError(f"No face was found in {path.name}.", "Leave it out of the suite.")
    return {"clip": path.name, **_figures(tally)}


def _frames(path: Path, stride: int) -> Iterator[Frame]:
    with VideoFile(path) as video:
        number = 0
        while (frame := video.read()) is not None:
            if number % stride == 0:
                yield frame
            number += 1


def _compare(tally: _Tally, portrait: Portrait, frame: Frame, face: Face, result: U8, eye: FaceLandmarker) -> None:
    scale = frame.image.shape[1] / result.shape[1]  # the result's sides are even, the clip's may be odd
    found = eye.find(Frame(result, frame.index, frame.captured_at, frame.media_time))
    side = portrait.box.size
    tally.akd_still.append(metrics.average_keypoint_distance(portrait.face.landmarks, face.landmarks, side))
    if found is None:
        tally.lost += 1
        tally.akd_still.pop()
        return
    tally.akd.append(
        metrics.average_keypoint_distance(np.asarray(found.landmarks * scale, np.float32), face.landmarks, side)
    )
    tally.driven.append(face)
    tally.made.append(found)
    wanted = portrait.box.cut(frame.image, 256)
    box = type(portrait.box)(portrait.box.x / scale, portrait.box.y / scale, side / scale)
    tally.l1.append(metrics.l1(box.cut(result, 256), wanted))
    tally.l1_still.append(metrics.l1(portrait.box.cut(portrait.image, 256), wanted))


def _figures(tally: _Tally) -> dict[str, object]:
    out: dict[str, object] = {
        "frames": tally.frames,
        "face_share": tally.with_face / tally.frames,
        "lost": tally.lost,
        "akd": _mean(tally.akd),
        "akd_still": _mean(tally.akd_still),
        "akd_ratio": _mean(tally.akd) / _mean(tally.akd_still),
        "l1": _mean(tally.l1),
        "l1_still": _mean(tally.l1_still),
    }
    for name, (read, least) in _SERIES.items():
        driven = np.array([read(face) for face in tally.driven])
        made = np.array([read(face) for face in tally.made])
        moves = len(driven) > 2 and float(driven.std()) >= least
        out[name] = {
            "r": metrics.correlation(made, driven) if moves else math.nan,
            "gain": metrics.gain(made, driven) if moves else math.nan,
        }
    return out


def _mean(values: list[float]) -> float:
    return float(np.mean(values)) if values else math.nan


def mean_figures(clips: list[dict[str, object]]) -> dict[str, object]:
    """Return means over clips; correlations and gains only over clips in which the driver moves that way."""
    out: dict[str, object] = {}
    for name in ("akd", "akd_still", "l1", "l1_still"):
        out[name] = _mean([float(clip[name]) for clip in clips])  # type: ignore[arg-type]
    out["akd_ratio"] = out["akd"] / out["akd_still"]  # type: ignore[operator]
    for name in _SERIES:
        pairs = [clip[name] for clip in clips]
        out[name] = {
            key: _mean([pair[key] for pair in pairs if not math.isnan(pair[key])])  # type: ignore[index]
            for key in ("r", "gain")
        } | {"clips": sum(not math.isnan(pair["r"]) for pair in pairs)}  # type: ignore[index]
    return out
