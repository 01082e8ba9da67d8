"""Evaluation figures against values worked out by hand."""

import math

import numpy as np
import pytest

from avatarify.evaluation import metrics
from avatarify.evaluation.reenactment import mean_figures
from avatarify.evaluation.table import markdown


def test_akd_is_in_pixels_of_a_256_crop():
    wanted = np.zeros((478, 2), np.float32)
    found = wanted + np.array([3, 4], np.float32)
    assert metrics.average_keypoint_distance(found, wanted, crop_side=512) == pytest.approx(2.5)


def test_akd_leaves_the_irises_out():
    wanted = np.zeros((478, 2), np.float32)
    found = wanted.copy()
    found[468:] = 100
    assert metrics.average_keypoint_distance(found, wanted, 256) == 0


def test_l1_of_black_and_white_is_one():
    black, white = np.zeros((4, 4, 3), np.uint8), np.full((4, 4, 3), 255, np.uint8)
    assert metrics.l1(black, white) == 1
    assert metrics.l1(white, white) == 0


def test_correlation_and_gain_of_a_scaled_copy():
    driver = np.sin(np.arange(50) / 5)
    assert metrics.correlation(0.4 * driver + 3, driver) == pytest.approx(1)
    assert metrics.gain(0.4 * driver + 3, driver) == pytest.approx(0.4)
    assert metrics.correlation(-driver, driver) == pytest.approx(-1)


def test_a_series_that_does_not_vary_has_no_correlation():
    assert math.isnan(metrics.correlation(np.ones(9), np.arange(9.0)))
    assert math.isnan(metrics.gain(np.arange(9.0), np.ones(9)))


def test_openings_do_not_depend_on_the_size_of_the_face():
    landmarks = np.random.default_rng(0).uniform(0, 100, (478, 2)).astype(np.float32)
    for read in (metrics.mouth_opening, metrics.eye_opening):
        assert read(landmarks * 3 + 7) == pytest.approx(read(landmarks), rel=1e-4)


def figures(akd, r):
    series = {"r": r, "gain": r}
    names = ("mouth", "eyes", "jawOpen", "eyeBlink", "smile", "yaw", "pitch", "roll")
    return {
        "clip": "a.mp4",
        "akd": akd,
        "akd_still": 10.0,
        "akd_ratio": akd / 10,
        "l1": 0.1,
        "l1_still": 0.2,
    } | dict.fromkeys(names, series)


def test_means_leave_out_clips_without_movement():
    mean = mean_figures([figures(1.0, 0.8), figures(3.0, math.nan)])
    assert mean["akd"] == 2.0
    assert mean["akd_ratio"] == pytest.approx(0.2)
    assert mean["mouth"] == {"r": 0.8, "gain": 0.8, "clips": 1}


def test_the_table_has_a_row_for_each_clip_and_the_mean():
    clips = [figures(1.0, 0.8), figures(3.0, math.nan)]
    rows = markdown(clips, mean_figures(clips)).splitlines()
    assert len(rows) == 5
    assert "–" in rows[3]
    assert "0.80 / 0.80" in rows[2]
