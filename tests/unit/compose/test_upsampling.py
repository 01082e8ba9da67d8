"""Upsampling maps over a square to the pixels of a picture."""

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from avatarify.compose.upsampling import Upsampler, upsampler
from avatarify.face.box import CropBox

PICTURE = np.zeros((120, 200, 3), np.uint8)
BOXES = [CropBox(100, 60, 100), CropBox(20.4, 100.7, 93.3), CropBox(190, 10, 500), CropBox(100, 60, 40)]


def cell_of_each_pixel(made: Upsampler, box: CropBox, count: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Row and column of the cell in which the center of each of the region's pixels lies."""
    side = max(1, round(box.size))
    lefts = round(box.x - box.size / 2), round(box.y - box.size / 2)
    columns, rows = (
        np.floor((np.arange(part.start, part.stop) + 0.5 - start) / side * count).astype(int)
        for part, start in zip(made.region[::-1], lefts, strict=True)
    )
    return rows, columns


@pytest.mark.parametrize("box", BOXES)
@pytest.mark.parametrize("count", [16, 64, 150])
def test_put_writes_the_chosen_cells_without_interpolation(box: CropBox, count: int) -> None:
    random = np.random.default_rng(1)
    cells = random.normal(size=(count, count, 2)).astype(np.float32)
    where = (random.uniform(size=(count, count)) < 0.1).astype(np.uint8)
    made = upsampler(PICTURE, box)
    rows, columns = cell_of_each_pixel(made, box, count)
    into = np.full((len(rows), len(columns), 2), 7, np.float32)
    made.put(cells, where, into)
    near = np.ix_(rows, columns)
    np.testing.assert_array_equal(into, np.where(where[near][..., None] > 0, cells[near], 7))


@pytest.mark.parametrize("box", BOXES)
def test_upsampled_cells_are_at_their_place_in_the_square(box: CropBox) -> None:
    y, x = np.mgrid[:64, :64].astype(np.float32)
    ramp = np.stack([(2 * x + 1) / 64 - 1, (2 * y + 1) / 64 - 1], axis=-1)
    made = upsampler(PICTURE, box)
    found = made(ramp)
    rows, columns = made.region
    py, px = np.mgrid[rows, columns]
    expected = box.from_pixels(np.stack([px + 0.5, py + 0.5], axis=-1).reshape(-1, 2).astype(np.float32))
    inside = np.abs(expected).max(axis=1) < 1 - 1 / 64
    away = np.abs(found.reshape(-1, 2) - expected)[inside] * box.size / 2
    assert away.max() < 1.1  # pixels: box and block of cells are each rounded to whole ones


@pytest.mark.parametrize("box", [*BOXES, CropBox(100, 60, 80, 0.6)])
def test_a_part_equals_that_part_of_the_full_picture(box: CropBox) -> None:
    random = np.random.default_rng(2)
    cells = cv2.GaussianBlur(random.normal(size=(64, 64, 2)).astype(np.float32), (0, 0), 3)
    where = (random.uniform(size=(64, 64)) < 0.1).astype(np.uint8)
    made = upsampler(PICTURE, box)
    rows, columns = made.region
    part = slice(rows.start + 5, rows.stop - 9), slice(columns.start + 11, columns.stop - 3)
    whole = made(cells)
    made.put(cells, where, whole)
    found = made(cells, part)
    made.put(cells, where, found, part)
    assert np.abs(found - whole[5:-9, 11:-3]).max() < 0.1 * np.ptp(cells)


@pytest.mark.parametrize("box", BOXES)
def test_cells_affect_nothing_outside_of_covered(box: CropBox) -> None:
    where = np.zeros((64, 64), np.uint8)
    where[30:35, 20:33] = 200
    made = upsampler(PICTURE, box)
    rows, columns = made.covered(where)
    seen = np.zeros(PICTURE.shape[:2], np.uint8)
    seen[made.region] = made(where)
    seen[rows, columns] = 0
    assert not seen.any()
    assert (rows.stop - rows.start) * (columns.stop - columns.start) < 0.1 * box.size**2
    assert all(part.start >= part.stop for part in made.covered(where * 0))


def test_a_rotated_square_is_put_back_too() -> None:
    cells, where = np.ones((16, 16, 2), np.float32), np.zeros((16, 16), np.uint8)
    where[4:8, 4:8] = 255
    areas = []
    for angle in (0.0, 0.6):
        made = upsampler(PICTURE, CropBox(100, 60, 80, angle))
        into = np.zeros((*(part.stop - part.start for part in made.region), 2), np.float32)
        made.put(cells, where, into)
        areas.append(cv2.countNonZero(into[..., 0]))
    assert areas[0] == 400
    assert abs(areas[1] - 400) < 40
