"""Filling unknown values."""

import numpy as np
import pytest

from avatarify.compose.fill import fill
from avatarify.frames import F32


def field(height: int = 61, width: int = 80) -> F32:
    y, x = np.mgrid[:height, :width].astype(np.float32)
    return np.stack([np.sin(x / 20), np.cos(y / 15)], axis=-1).astype(np.float32)


def test_known_values_are_kept() -> None:
    values = field()
    weights = np.zeros(values.shape[:2], np.float32)
    weights[10:30, 20:50] = 1
    filled = fill(values, weights)
    np.testing.assert_allclose(filled[10:30, 20:50], values[10:30, 20:50], atol=1e-6)
    assert np.isfinite(filled).all()


@pytest.mark.parametrize(
    "where", [(slice(0, 4), slice(0, 4)), (slice(30, 31), slice(79, 80)), (slice(None), slice(40, 42))]
)
def test_one_known_value_fills_everything(where: tuple[slice, slice]) -> None:
    weights = np.zeros((61, 80), np.float32)
    weights[where] = 1
    values = np.full((61, 80, 3), np.nan, np.float32)
    values[:] = 7e5  # what is unknown must not matter
    values[where] = (3, -2, 0.5)
    np.testing.assert_allclose(fill(values, weights), np.broadcast_to((3, -2, 0.5), values.shape), rtol=1e-4, atol=1e-4)


def test_a_hole_gets_only_values_from_around_it() -> None:
    values = field()
    weights = np.ones(values.shape[:2], np.float32)
    weights[20:32, 30:42] = 0
    filled = fill(np.where(weights[..., None] > 0, values, 99).astype(np.float32), weights)
    assert np.abs(filled - values)[20:32, 30:42].max() < 0.25
    rim = values[14:38, 24:48]
    hole = filled[20:32, 30:42]
    assert (hole >= rim.min((0, 1)) - 1e-4).all()
    assert (hole <= rim.max((0, 1)) + 1e-4).all()


def test_nearer_values_count_more() -> None:
    values = np.zeros((64, 64, 1), np.float32)
    weights = np.zeros((64, 64), np.float32)
    values[:, 60:], weights[:, 60:], weights[:, :4] = 1, 1, 1
    middle = fill(values, weights)[32, :, 0]
    assert middle[8] < 0.2 < 0.8 < middle[56]


def test_nothing_known_gives_zeros() -> None:
    np.testing.assert_array_equal(fill(field(), np.zeros((61, 80), np.float32)), 0)
