"""The steadying filter: how much noise it takes away, how little it holds back, and what makes it start anew."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from avatarify.frames import F32, Frame, Keypoints
from avatarify.motion.one_euro import OneEuro, OneEuroFilter, low_pass_weight, time_of

FPS = 30.0
PIXEL = 2 / 256  # of the portrait's crop


def keypoints(points: NDArray[np.float64] | list[list[float]]) -> Keypoints:
    places = np.asarray(points, np.float32)
    return Keypoints(places, np.tile(np.eye(2, dtype=np.float32), (len(places), 1, 1)))


def run(filter_: OneEuroFilter, series: NDArray[np.float64], fps: Any = FPS) -> F32:
    """Filter (T, K, 2) positions; return them steadied."""
    return np.array([filter_.update(keypoints(points), n / fps).points for n, points in enumerate(series)])


def test_the_weight_is_that_of_a_first_order_low_pass() -> None:
    cutoff, seconds = 2.0, 1 / 30
    time_constant = 1 / (2 * np.pi * cutoff)
    assert low_pass_weight(cutoff, seconds) == pytest.approx(seconds / (seconds + time_constant))


def test_noise_at_rest_is_reduced_as_theory_says() -> None:
    noise = np.random.default_rng(0).normal(0, 1, (4000, 4, 2))
    steadied = run(OneEuroFilter(OneEuro(1.5, 0.0, 4.0)), noise)[100:]
    part = float(low_pass_weight(1.5, 1 / FPS))
    assert steadied.var() == pytest.approx(part / (2 - part), rel=0.05)  # of an AR(1) process


def test_camera_jitter_nearly_vanishes() -> None:
    noise = np.random.default_rng(1).normal(0, 0.03 * PIXEL, (600, 81, 2))
    steadied = run(OneEuroFilter(), noise)[60:]
    assert np.abs(np.diff(steadied, axis=0)).mean() < 0.35 * np.abs(np.diff(noise, axis=0)).mean()


def test_a_blink_arrives_in_the_frame_in_which_it_happens() -> None:
    lid = np.zeros((60, 1, 2))
    lid[30:, 0, 1] = 5 * PIXEL
    steadied = run(OneEuroFilter(), lid)
    assert steadied[30, 0, 1] > 0.95 * 5 * PIXEL
    assert steadied[31, 0, 1] > 0.99 * 5 * PIXEL


def test_a_turning_head_is_followed_within_two_milliseconds() -> None:
    seconds = np.arange(240) / FPS
    path = (20 * PIXEL * np.sin(2 * np.pi * 0.5 * seconds))[:, None, None] * np.ones((1, 5, 2))
    steadied, speed = run(OneEuroFilter(), path), np.gradient(path, 1 / FPS, axis=0)
    lag_s = ((path - steadied) * speed)[30:].sum() / (speed**2)[30:].sum()
    assert 0 <= lag_s < 0.002


def test_a_still_point_stays_steady_beside_a_moving_one() -> None:
    noise = np.random.default_rng(2).normal(0, 0.03 * PIXEL, (300, 2, 2))
    noise[:, 1] += np.linspace(0, 1, 300)[:, None]
    steadied = run(OneEuroFilter(), noise)[30:]
    assert np.abs(np.diff(steadied[:, 0], axis=0)).mean() < 0.35 * np.abs(np.diff(noise[:, 0], axis=0)).mean()


def test_jacobians_are_filtered_with_their_points() -> None:
    steady = OneEuroFilter(OneEuro(1.0, 0.0, 4.0))
    still, turned = np.eye(2, dtype=np.float32)[None], np.array([[[0, 1], [-1, 0]]], np.float32)
    points = np.zeros((1, 2), np.float32)
    steady.update(Keypoints(points, still), 0.0)
    found = steady.update(Keypoints(points, turned), 0.1)
    part = float(low_pass_weight(1.0, 0.1))
    assert found.jacobians == pytest.approx((1 - part) * still + part * turned)


@pytest.mark.parametrize("at_s", [0.0, -1.0, 0.7], ids=["the same moment", "backwards", "after a pause"])
def test_it_starts_over_after_a_jump(at_s: float) -> None:
    steady = OneEuroFilter()
    steady.update(keypoints([[0.0, 0.0]]), 0.0)
    assert steady.update(keypoints([[0.001, 0.0]]), at_s).points[0, 0] == np.float32(0.001)


def test_a_reset_forgets_the_past() -> None:
    steady = OneEuroFilter()
    steady.update(keypoints([[0.0, 0.0]]), 0.0)
    steady.reset()
    assert steady.update(keypoints([[0.001, 0.0]]), 0.04).points[0, 0] == np.float32(0.001)


def test_the_first_key_points_are_returned_unchanged() -> None:
    first = keypoints([[0.3, -0.2]])
    assert OneEuroFilter().update(first, 5.0) is first


def test_inputs_are_not_modified() -> None:
    steady, points = OneEuroFilter(), [keypoints([[0.001 * n, 0.0]]) for n in range(3)]
    for n, one in enumerate(points):
        steady.update(one, n / FPS)
    assert [float(one.points[0, 0]) for one in points] == pytest.approx([0, 0.001, 0.002])


def test_a_frame_has_the_time_of_its_file_or_of_the_camera() -> None:
    image = np.zeros((2, 2, 3), np.uint8)
    assert time_of(Frame(image, 0, captured_at=9.0, media_time=0.5)) == 0.5
    assert time_of(Frame(image, 0, captured_at=9.0)) == 9.0
