"""What must hold in every result, whoever drives it: nothing torn, eyes that shut together, a portrait left alone."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from avatarify.face.face import Face
from avatarify.frames import F32, U8, Keypoints
from avatarify.motion import layout
from avatarify.motion.lids import openness

SHUT = 0.08  # openness in widths of the eye: MediaPipe reads below 0 on shut eyes, about 0.2 on lowered ones
APART = 0.1  # difference of openness up to which both eyes of a result are equally shut
_OUTLINES = {
    "eyes": [[left, *upper, right, *lower[::-1]] for left, right, upper, lower in layout.EYES],
    "lips": [list(layout.OUTER_LIPS)],
}


def lids_agree(made: Sequence[Face], driven: Sequence[Face]) -> float:
    """Return the fraction of the frames with both of the driver's eyes shut whose results are equally shut.

    Args:
        made: The faces found in the results.
        driven: The driving faces in the same frames.

    Returns:
        0 to 1; NaN if the driver never shuts both eyes.
    """
    shut = [_both_lids(one) for one, other in zip(made, driven, strict=True) if max(_both_lids(other)) < SHUT]
    return float(np.mean([abs(left - right) < APART for left, right in shut])) if shut else math.nan


def stretch(source: Keypoints, moved: Keypoints) -> float:
    """Return the largest factor by which a local map ``J_S J_D^-1`` (Eq. 4) stretches or compresses; 1 or more.

    Args:
        source: The portrait's key points, S.
        moved: Those of the image to draw, D.
    """
    maps = source.jacobians.astype(np.float64) @ np.linalg.inv(moved.jacobians.astype(np.float64))
    values = np.linalg.svd(maps, compute_uv=False)
    return float(max(values.max(), 1 / values.min()))


def changed(before: U8, after: U8, face: Face) -> dict[str, float]:
    """Return the mean absolute difference of two images (H, W, 3) inside eyes and lips, in 1/255.

    Args:
        before: The portrait.
        after: The result of driving it with itself, of any size.
        face: The portrait's.
    """
    import cv2

    if after.shape != before.shape:
        after = np.asarray(cv2.resize(after, before.shape[1::-1], interpolation=cv2.INTER_AREA), np.uint8)
    difference = np.abs(before.astype(np.float32) - after).mean(-1)
    return {name: _inside(difference, face, outlines) for name, outlines in _OUTLINES.items()}


def mean_of_known(values: Iterable[float]) -> float:
    """Return the mean without NaN; NaN of nothing."""
    known = [value for value in values if not math.isnan(value)]
    return float(np.mean(known)) if known else math.nan


def worst(changes: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """Return the largest of each change by name; NaN counts for nothing."""
    found: dict[str, float] = {}
    for change in changes:
        for name, value in change.items():
            found[name] = max(found.get(name, 0.0), 0.0 if math.isnan(value) else value)
    return found


def _both_lids(face: Face) -> tuple[float, float]:
    points = face.named_points()
    return float(openness(points, 0)), float(openness(points, 1))


def _inside(difference: F32, face: Face, outlines: Sequence[Sequence[int]]) -> float:
    import cv2

    mask: NDArray[np.uint8] = np.zeros(difference.shape, np.uint8)
    for outline in outlines:
        points = face.landmarks[[layout.MESH_FEATURES[k] for k in outline]]
        cv2.fillPoly(mask, [np.rint(points).astype(np.int32)], 1)
    return float(difference[mask > 0].mean()) if mask.any() else math.nan
