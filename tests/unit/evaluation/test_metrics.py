"""Evaluation figures against values worked out by hand."""

import math

import numpy as np
import pytest

from avatarify.evaluation import metrics
from avatarify.face.box import CropBox


def test_akd_is_in_pixels_of_a_256_crop() -> None:
    wanted = np.zeros((478, 2), np.float32)
    found = wanted + np.array([3, 4], np.float32)
    assert metrics.average_keypoint_distance(found, wanted, crop_side=512) == pytest.approx(2.5)


def test_akd_leaves_the_irises_out() -> None:
    wanted = np.zeros((478, 2), np.float32)
    found = wanted.copy()
    found[468:] = 100
    assert metrics.average_keypoint_distance(found, wanted, 256) == 0


def test_l1_of_black_and_white_is_one() -> None:
    black, white = np.zeros((4, 4, 3), np.uint8), np.full((4, 4, 3), 255, np.uint8)
    assert metrics.l1(black, white) == 1
    assert metrics.l1(white, white) == 0


def test_only_what_lies_in_the_picture_is_compared() -> None:
    image = np.zeros((100, 200, 3), np.uint8)
    rows, columns = metrics.inside(CropBox(50, 40, 100), image, 10)
    assert (rows, columns) == (slice(1, 10), slice(0, 10))
    rows, columns = metrics.inside(CropBox(190, 80, 100), image, 10)
    assert (rows, columns) == (slice(0, 7), slice(0, 6))


def test_correlation_and_gain_of_a_scaled_copy() -> None:
    driver = np.sin(np.arange(50) / 5)
    assert metrics.correlation(0.4 * driver + 3, driver) == pytest.approx(1)
    assert metrics.gain(0.4 * driver + 3, driver) == pytest.approx(0.4)
    assert metrics.correlation(-driver, driver) == pytest.approx(-1)


def test_a_series_that_does_not_vary_has_no_correlation() -> None:
    assert math.isnan(metrics.correlation(np.ones(9), np.arange(9.0)))
    assert math.isnan(metrics.gain(np.arange(9.0), np.ones(9)))


def test_openings_do_not_depend_on_the_size_of_the_face() -> None:
    landmarks = np.random.default_rng(0).uniform(0, 100, (478, 2)).astype(np.float32)
    for read in (metrics.mouth_opening, metrics.eye_opening):
        assert read(landmarks * 3 + 7) == pytest.approx(read(landmarks), rel=1e-4)


def test_the_interval_of_independent_values_is_two_standard_errors_wide() -> None:
    values = np.random.default_rng(1).normal(5, 2, 4000).tolist()
    low, high = metrics.interval(values, block=1)
    assert (low + high) / 2 == pytest.approx(np.mean(values), abs=0.02)
    assert (high - low) / 2 == pytest.approx(1.96 * 2 / math.sqrt(4000), rel=0.15)


def test_the_interval_knows_that_neighboring_frames_resemble_each_other() -> None:
    values = np.repeat(np.random.default_rng(2).normal(size=400), 10).tolist()
    single, blocks = (float(np.ptp(np.array(metrics.interval(values, block=block)))) for block in (1, 40))
    assert blocks > 2 * single


def test_an_empty_series_has_neither_mean_nor_interval() -> None:
    assert math.isnan(metrics.mean([]))
    assert all(math.isnan(side) for side in metrics.interval([]))
