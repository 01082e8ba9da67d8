"""Metrics of how well a result follows its driving frame. Pure functions on arrays."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from avatarify.face.box import CropBox
from avatarify.frames import F32, U8

MESH_POINTS = 468  # MediaPipe's face without the irises
REFERENCE_SIDE = 256.0


def average_keypoint_distance(found: F32, wanted: F32, crop_side: float) -> float:
    """Mean distance of landmarks in pixels of a 256-pixel crop (AKD).

    Args:
        found: (478, 2) pixels in the result.
        wanted: (478, 2) pixels in the driving frame, same image coordinates.
        crop_side: Side of the animated square in the same pixels.
    """
    distance = np.linalg.norm(found[:MESH_POINTS] - wanted[:MESH_POINTS], axis=1)
    return float(distance.mean() * REFERENCE_SIDE / crop_side)


def l1(result: U8, wanted: U8) -> float:
    """Return the mean absolute difference of two images of one shape, 0 to 1."""
    return float(np.abs(result.astype(np.float32) - wanted.astype(np.float32)).mean() / 255)


def inside(box: CropBox, image: U8, side: int) -> tuple[slice, slice]:
    """Return the rows and columns of an upright crop of ``side`` pixels that lie inside the image (H, W, 3)."""
    height, width = image.shape[:2]
    cells = [
        (np.array([0, length]) - (center - box.size / 2)) * side / box.size
        for center, length in ((box.y, height), (box.x, width))
    ]
    rows, columns = (np.clip(np.rint(ends), 0, side).astype(int) for ends in cells)
    return slice(*rows.tolist()), slice(*columns.tolist())


def correlation(result: NDArray[np.float64], wanted: NDArray[np.float64]) -> float:
    """Pearson's r of two series; NaN if one of them does not vary."""
    if len(result) < 3 or min(result.std(), wanted.std()) < 1e-9:
        return math.nan
    return float(np.corrcoef(result, wanted)[0, 1])


def gain(result: NDArray[np.float64], wanted: NDArray[np.float64]) -> float:
    """Slope of the result against the driver: 1 is full amplitude; NaN if the driver does not vary."""
    if len(result) < 3 or wanted.std() < 1e-9:
        return math.nan
    return float(np.polyfit(wanted, result, 1)[0])


def mean(values: Sequence[float]) -> float:
    """Mean; NaN of nothing."""
    return float(np.mean(values)) if len(values) else math.nan


def interval(values: Sequence[float], block: int = 10, draws: int = 500, seed: int = 0) -> tuple[float, float]:
    """Return the 95 % interval of a series' mean by the moving-block bootstrap; two NaN for an empty series.

    Args:
        values: One value per frame, in order.
        block: Frames that are resampled together, because neighbors are correlated.
        draws: Number of resampled series.
        seed: Seed of the resampling.
    """
    if len(values) == 0:
        return math.nan, math.nan
    series, block = np.asarray(values, np.float64), min(block, len(values))
    starts = np.random.default_rng(seed).integers(0, len(series) - block + 1, (draws, math.ceil(len(series) / block)))
    drawn = series[(starts[..., None] + np.arange(block)).reshape(draws, -1)].mean(axis=1)
    low, high = np.percentile(drawn, (2.5, 97.5))
    return float(low), float(high)


def mouth_opening(landmarks: F32) -> float:
    """Distance of the inner lips' middles in face heights (brows to chin)."""
    return _distance(landmarks, 13, 14) / _height(landmarks)


def eye_opening(landmarks: F32) -> float:
    """Mean distance of upper and lower lids of both eyes in face heights."""
    return (_distance(landmarks, 159, 145) + _distance(landmarks, 386, 374)) / 2 / _height(landmarks)


def _distance(landmarks: F32, a: int, b: int) -> float:
    return float(np.linalg.norm(landmarks[a] - landmarks[b]))


def _height(landmarks: F32) -> float:
    return float(np.linalg.norm((landmarks[105] + landmarks[334]) / 2 - landmarks[152]))
