"""Square crops: the maps between their coordinates, and resampling."""

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from avatarify.face.box import CropBox
from avatarify.frames import U8, Keypoints

BOXES = [CropBox(100, 80, 60), CropBox(31.5, 200.25, 77.3, 0.4), CropBox(-20, 10, 150, -2.9)]


def smooth_picture(height: int = 160, width: int = 200) -> U8:
    y, x = np.mgrid[:height, :width]
    return np.stack([x, y, (x + y) / 2], axis=-1).astype(np.uint8)


@pytest.mark.parametrize("box", BOXES)
def test_points_survive_a_round_trip_to_pixels(box: CropBox) -> None:
    points = np.random.default_rng(0).uniform(-1.5, 1.5, (50, 2)).astype(np.float32)
    np.testing.assert_allclose(box.from_pixels(box.to_pixels(points)), points, atol=1e-4)


def test_corners_are_where_the_definition_says() -> None:
    corners = np.array([[-1, -1], [1, -1], [1, 1], [0, 0]], np.float32)
    expected = [[70, 50], [130, 50], [130, 110], [100, 80]]
    np.testing.assert_allclose(CropBox(100, 80, 60).to_pixels(corners), expected, atol=1e-4)


def test_a_rotated_box_turns_clockwise_on_the_screen() -> None:
    x, y = CropBox(0, 0, 2, math.pi / 2).to_pixels(np.array([[1, 0]], np.float32))[0]
    np.testing.assert_allclose([x, y], [0, 1], atol=1e-6)


@pytest.mark.parametrize("size", [60, 120, 24])
def test_cut_samples_at_pixel_centers(size: int) -> None:
    box = CropBox(100, 80, 60)
    cut = box.cut(smooth_picture(), size)
    center = (np.arange(size) + 0.5) / size * 60
    inner = slice(size // 8, -(size // 8))
    np.testing.assert_allclose(cut[size // 2, inner, 0], 70 + center[inner] - 0.5, atol=1)
    np.testing.assert_allclose(cut[inner, size // 2, 1], 50 + center[inner] - 0.5, atol=1)


def test_cut_of_whole_pixels_is_exact() -> None:
    picture = np.random.default_rng(0).integers(0, 256, (40, 50, 3), dtype=np.uint8)
    np.testing.assert_array_equal(CropBox(20, 20, 16).cut(picture, 16), picture[12:28, 12:28])


def test_cut_agrees_with_the_map_for_a_rotated_box() -> None:
    box = CropBox(100, 80, 50, 0.6)
    cut = box.cut(smooth_picture(), 50).astype(float)
    index = np.array([[10, 10], [30, 40], [25, 25]])
    crop = ((index + 0.5) / 50 * 2 - 1).astype(np.float32)
    for (column, row), pixel in zip(index, box.to_pixels(crop), strict=True):
        np.testing.assert_allclose(cut[row, column, :2], pixel - 0.5, atol=1)


def test_outside_the_picture_its_border_is_repeated() -> None:
    picture = np.zeros((40, 40, 3), np.uint8)
    picture[:, :5] = 200
    assert (CropBox(0, 20, 20).cut(picture, 20)[:, :10] == 200).all()


def test_strong_reduction_averages_pixels() -> None:
    board = np.indices((256, 256)).sum(axis=0) % 2 * 255
    cut = CropBox(128, 128, 256).cut(np.repeat(board[..., None], 3, axis=2).astype(np.uint8), 32)
    assert np.abs(cut.astype(int) - 127).max() < 30


def bend(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Map reference points to pixels in a curved way."""
    x, y = points[..., 0], points[..., 1]
    return np.stack([100 + 40 * x + 7 * y * y, 80 + 30 * y + 5 * np.sin(x)], axis=-1)


@pytest.mark.parametrize("other", BOXES)
def test_key_points_in_another_box_agree_with_finite_differences(other: CropBox) -> None:
    box, reference, step = CropBox(90, 85, 120, 0.3), np.array([[0.2, -0.4], [-0.5, 0.1]]), 1e-3

    def in_box(where: CropBox, points: NDArray[np.float64]) -> NDArray[np.float64]:
        return where.from_pixels(bend(points).astype(np.float64)).astype(np.float64)

    def slopes(where: CropBox) -> NDArray[np.float64]:
        columns = [
            (in_box(where, reference + offset) - in_box(where, reference - offset)) / (2 * step)
            for offset in (np.array([step, 0]), np.array([0, step]))
        ]
        return np.stack(columns, axis=-1)

    found = Keypoints(in_box(box, reference).astype(np.float32), slopes(box).astype(np.float32))
    moved = box.keypoints_to(other, found)
    np.testing.assert_allclose(moved.points, in_box(other, reference), atol=1e-4)
    np.testing.assert_allclose(moved.jacobians, slopes(other), atol=5e-3)


def test_key_points_survive_a_round_trip_to_another_box() -> None:
    rng = np.random.default_rng(0)
    points = Keypoints(rng.normal(size=(5, 2)).astype(np.float32), rng.normal(size=(5, 2, 2)).astype(np.float32))
    back = BOXES[1].keypoints_to(BOXES[0], BOXES[0].keypoints_to(BOXES[1], points))
    np.testing.assert_allclose(back.points, points.points, atol=1e-4)
    np.testing.assert_allclose(back.jacobians, points.jacobians, atol=1e-4)
