"""A picture split into layers: exact when composited again, and no person left in the background."""

import cv2
import numpy as np
import pytest
from helpers.drawn import drawn_face
from numpy.typing import NDArray

from avatarify.compose.clean_plate import clean_plate
from avatarify.compose.layers import Background, over, split_layers
from avatarify.frames import U8


def person(height: int = 300, width: int = 400) -> tuple[U8, U8, U8]:
    """A drawn person and its matte; the background is a gradient."""
    picture = drawn_face(height, width, (200, 150), 170)
    empty = np.empty_like(picture)
    empty[:] = (np.linspace(0.75, 1.1, height * 4)[:, None, None] * (150, 170, 190)).astype(np.uint8)[::4]
    away = np.abs(picture.astype(int) - empty).max(axis=2)
    matte = cv2.GaussianBlur(((away > 12) * 255).astype(np.uint8), (0, 0), 1)
    return picture, matte, empty


@pytest.mark.parametrize("background", ["own", "blurred", (10, 200, 30)])
def test_over_matches_the_definition_of_compositing(background: Background) -> None:
    picture, matte, _ = person()
    layers = split_layers(picture, matte, background)
    color, alpha = layers.person[..., :3].astype(float), layers.person[..., 3:] / 255
    expected = color + layers.background * (1 - alpha)
    assert np.abs(over(layers.person, layers.background) - expected).max() <= 1
    assert (layers.person[..., :3] <= layers.person[..., 3:]).all()  # no color without its share


def test_the_composite_of_the_layers_is_the_picture() -> None:
    picture, matte, _ = person()
    for soft in (matte, np.zeros_like(matte), np.full_like(matte, 255), cv2.GaussianBlur(matte, (0, 0), 20)):
        assert np.abs(split_layers(picture, soft).composite().astype(int) - picture).max() <= 1


def test_noise_is_reproduced() -> None:
    random = np.random.default_rng(0)
    picture, matte = (random.integers(0, 256, shape, dtype=np.uint8) for shape in ((90, 120, 3), (90, 120)))
    assert np.abs(split_layers(picture, matte).composite().astype(int) - picture).max() <= 1


def test_the_clean_plate_shows_no_person() -> None:
    picture, matte, empty = person()
    plate = clean_plate(picture, matte)
    assert np.abs(plate.astype(int) - empty).max(axis=2)[matte > 0].mean() < 4
    assert np.abs(picture.astype(int) - empty).max(axis=2)[matte > 250].mean() > 30
    np.testing.assert_array_equal(plate[:, :60], picture[:, :60])  # far from the person nothing is touched


def test_the_clean_plate_has_the_grain_of_the_background() -> None:
    picture, matte, _ = person()
    rough = np.clip(picture + np.random.default_rng(1).normal(0, 8, picture.shape), 0, 255).astype(np.uint8)

    def grain(image: U8, where: NDArray[np.bool_]) -> float:
        fine = image.astype(float) - cv2.GaussianBlur(image.astype(float), (0, 0), 1.2)
        return float(fine[where].std())

    plate = clean_plate(rough, matte)
    assert 0.4 < grain(plate, matte > 250) / grain(plate, matte == 0) < 1.6
    smooth = clean_plate(picture, matte)
    assert grain(smooth, matte > 250) < 1


def test_another_background_shows_nothing_of_the_old_one() -> None:
    picture, matte, _ = person()
    joined = split_layers(picture, matte, (0, 255, 0)).composite()
    np.testing.assert_array_equal(joined[matte == 0], np.broadcast_to((0, 255, 0), joined[matte == 0].shape))
    np.testing.assert_array_equal(joined[matte == 255], picture[matte == 255])
