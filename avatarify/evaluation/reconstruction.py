"""Video reconstruction as in the paper: the first frame is the source; every frame drives and is the ground truth.

Each metric is reported beside that of the still source, the result of doing nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from avatarify.evaluation import metrics, pixels
from avatarify.evaluation.faces import FaceJudge
from avatarify.evaluation.perceptual import Perceptual
from avatarify.evaluation.performer import Performer, sized
from avatarify.frames import U8

STILL = "still source"
# The metrics of each clip, and how many of their digits are significant.
FIGURES = {
    "l1": 4, "akd": 3, "mkr": 3, "aed": 3, "psnr": 2, "ssim": 4, "perceptual": 4, "unsteadiness": 4,
}  # fmt: skip
_DRAWS = 1000
_BLOCK = 10  # frames that are resampled together, because neighbors are correlated

Series = dict[str, list[float]]


@dataclass(frozen=True)
class Judges:
    """The networks that compare images.

    Attributes:
        perceptual: Compares images by features.
        faces: Compares faces; None skips AKD, MKR, and AED.
    """

    perceptual: Perceptual
    faces: FaceJudge | None


class Follower:
    """Collects the metrics of one method on one clip, frame by frame.

    Args:
        judges: The networks that compare.
        source: (S, S, 3) uint8 RGB, the clip's first frame.
    """

    def __init__(self, judges: Judges, source: U8) -> None:
        self._judges = judges
        self._last = self._last_wanted = source
        self._face = judges.faces.begin() if judges.faces is not None else None
        self.series: Series = {}

    def add(self, result: U8, wanted: U8) -> None:
        """Compare one result with its ground truth, both (S, S, 3) uint8 RGB."""
        figures = {
            "l1": metrics.l1(result, wanted),
            "mse": pixels.squared_error(result, wanted),
            "ssim": pixels.ssim(result, wanted),
            "perceptual": self._judges.perceptual(result, wanted),
        }
        if self.series:  # the first frame has no predecessor
            figures["unsteadiness"] = pixels.unsteadiness(result, self._last, wanted, self._last_wanted)
        if self._face is not None:
            figures |= self._face.compare(result, wanted)
        for name, value in figures.items():
            self.series.setdefault(name, []).append(value)
        self._last, self._last_wanted = result, wanted

    def close(self) -> None:
        """Close the landmarkers."""
        if self._face is not None:
            self._face.close()


def reconstruct(pictures: Iterable[U8], performer: Performer | None, judges: Judges) -> tuple[Series, int]:
    """Reconstruct a clip with a method.

    Args:
        pictures: The frames, (S, S, 3) uint8 RGB; results are compared at this size.
        performer: The method; None keeps the source still.
        judges: The networks that compare.

    Returns:
        The series of metrics, and the number of frames without a result, where the previous result counts.

    Raises:
        InputError: the clip's first frame cannot be used as the source.
    """
    follower: Follower | None = None
    lost = 0
    try:
        for wanted in pictures:
            if follower is None:
                shown, follower = wanted, Follower(judges, wanted)
                if performer is not None:
                    performer.begin(wanted)
            if performer is not None:
                made = performer.follow(wanted)
                lost += made is None
                shown = shown if made is None else sized(made.image, wanted.shape[0])
            follower.add(shown, wanted)
    finally:
        if follower is not None:
            follower.close()
    return (follower.series if follower is not None else {}), lost


def figures_of(series: Series, seed: int = 0) -> dict[str, Any]:
    """Return a clip's means by ``FIGURES`` (None for what was not measured), and their 95 % intervals."""
    means = {name: _mean(series, name) for name in FIGURES}
    intervals = {name: _interval(series, name, seed) for name, value in means.items() if value is not None}
    return {"frames": len(series.get("l1", ())), **means, "intervals": intervals}


def mean_of(clips: Sequence[Mapping[str, Any]], seed: int = 0) -> dict[str, Any]:
    """Return the means over clips of ``figures_of``, each over the clips that have it, with intervals over clips."""
    columns = {name: [clip[name] for clip in clips if clip[name] is not None] for name in FIGURES}
    means = {name: float(np.mean(values)) if values else None for name, values in columns.items()}
    intervals = {
        name: metrics.interval(values, block=1, draws=_DRAWS, seed=seed) for name, values in columns.items() if values
    }
    if len(clips) == 1:  # with one clip, the interval comes from its frames
        intervals = clips[0]["intervals"]
    return {"clips": len(clips), **means, "intervals": intervals}


def _values(series: Series, name: str) -> list[float]:
    """Return the values that a metric averages; PSNR is computed from the mean squared error."""
    return series.get("mse" if name == "psnr" else name, [])


def _mean(series: Series, name: str) -> float | None:
    values = np.asarray(_values(series, name), np.float64)
    values = values[~np.isnan(values)]
    if not len(values):
        return None
    mean = float(values.mean())
    return pixels.psnr(mean) if name == "psnr" else mean


def _interval(series: Series, name: str, seed: int) -> tuple[float, float]:
    values = [value for value in _values(series, name) if not np.isnan(value)]
    low, high = metrics.interval(values, block=max(1, min(_BLOCK, len(values) // 4)), draws=_DRAWS, seed=seed)
    return (pixels.psnr(high), pixels.psnr(low)) if name == "psnr" else (low, high)
