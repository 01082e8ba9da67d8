"""What must hold in every result, measured on faces and pictures whose answer is known."""

import math

import numpy as np
import pytest

from avatarify.evaluation import bars
from avatarify.face.face import Face
from avatarify.frames import U8, Keypoints
from avatarify.motion import layout


def face(left: float, right: float, size: float = 40.0) -> Face:
    """A face whose eyes are open by these fractions of their width; lips are a hexagon."""
    landmarks = np.zeros((478, 2), np.float32)
    for opening, x, (corner, other, upper, lower) in zip((left, right), (20.0, 100.0), layout.EYES, strict=True):
        vertex = layout.MESH_FEATURES
        landmarks[vertex[corner]], landmarks[vertex[other]] = (x, 50), (x + size, 50)
        for share, up, low in zip((1 / 3, 2 / 3), upper, lower, strict=True):
            landmarks[vertex[up]] = (x + share * size, 50 - opening * size / 2)
            landmarks[vertex[low]] = (x + share * size, 50 + opening * size / 2)
    for number, k in enumerate(layout.OUTER_LIPS):
        turn = 2 * math.pi * number / len(layout.OUTER_LIPS)
        landmarks[layout.MESH_FEATURES[k]] = (80 + 20 * math.cos(turn), 110 + 10 * math.sin(turn))
    return Face(landmarks, {}, 0.0, 0.0, 0.0)


def test_lids_are_judged_only_where_the_driver_shuts_both() -> None:
    driven = [face(0.3, 0.3), face(0.0, 0.3), face(0.0, 0.0), face(-0.05, 0.02), face(0.19, 0.19)]
    made = [face(0.0, 0.3), face(0.0, 0.3), face(0.05, 0.02), face(0.0, 0.25), face(0.0, 0.3)]
    assert bars.lids_agree(made, driven) == 0.5
    assert math.isnan(bars.lids_agree(made[:2], driven[:2]))


def test_stretch_is_the_larger_of_the_factor_and_its_inverse() -> None:
    still = np.tile(np.eye(2, dtype=np.float32), (3, 1, 1))
    points = np.zeros((3, 2), np.float32)
    wide = still.copy()
    wide[1, 0, 0] = 2
    narrow = still.copy()
    narrow[2, 1, 1] = 0.2
    assert bars.stretch(Keypoints(points, still), Keypoints(points, still)) == pytest.approx(1)
    assert bars.stretch(Keypoints(points, still), Keypoints(points, wide)) == pytest.approx(2)
    assert bars.stretch(Keypoints(points, still), Keypoints(points, narrow)) == pytest.approx(5)


def test_changes_are_measured_inside_eyes_and_lips_alone() -> None:
    portrait = np.full((160, 160, 3), 100, np.uint8)
    result: U8 = portrait.copy()
    result[:30] = 0  # forehead
    result[90:130, 50:110] = 106  # around the mouth
    assert bars.changed(portrait, result, face(0.3, 0.3)) == pytest.approx({"eyes": 0.0, "lips": 6.0})


def test_the_worst_change_is_reported_for_each_part() -> None:
    assert bars.worst([{"eyes": 1.0, "lips": 3.0}, {"eyes": math.nan, "lips": 2.0}, {}]) == {"eyes": 1.0, "lips": 3.0}
    assert math.isnan(bars.mean_of_known([math.nan]))
    assert bars.mean_of_known([1.0, math.nan, 3.0]) == 2.0
