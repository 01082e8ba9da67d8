"""Upsampling maps over a square to the pixels of a picture."""

import numpy as np
import pytest
from numpy.typing import NDArray

from avatarify.compose.regions import Region
from avatarify.compose.upsampling import Upsampler, upsampler
from avatarify.face.box import CropBox
from avatarify.frames import F32, U8

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


def put(made: Upsampler, cells: F32, where: U8, into: F32, part: Region) -> None:
    pixels, sources = made.pixels_in(where, part)
    into[pixels] = cells[sources]


@pytest.mark.parametrize("box", BOXES)
@pytest.mark.parametrize("count", [16, 64, 150])
def test_pixels_belong_to_the_cell_that_contains_their_center(box: CropBox, count: int) -> None:
    random = np.random.default_rng(1)
    cells = random.normal(size=(count, count)).astype(np.float32)
    where = (random.uniform(size=(count, count)) < 0.1).astype(np.uint8)
    made = upsampler(PICTURE, box)
    rows, columns = cell_of_each_pixel(made, box, count)
    into = np.full((len(rows), len(columns)), 7, np.float32)
    put(made, cells, where, into, made.region)
    near = np.ix_(rows, columns)
    np.testing.assert_array_equal(into, np.where(where[near] > 0, cells[near], 7))


@pytest.mark.parametrize("box", BOXES)
def test_upsampled_cells_are_at_their_place_in_the_square(box: CropBox) -> None:
    y, x = np.mgrid[:64, :64].astype(np.float32)
    made = upsampler(PICTURE, box)
    found = np.stack([made((2 * cells + 1) / 64 - 1) for cells in (x, y)], axis=-1)
    rows, columns = made.region
    py, px = np.mgrid[rows, columns]
    side, left, top = round(box.size), round(box.x - box.size / 2), round(box.y - box.size / 2)
    whole_pixels = CropBox(left + side / 2, top + side / 2, side)
    expected = whole_pixels.from_pixels(np.stack([px + 0.5, py + 0.5], axis=-1).reshape(-1, 2).astype(np.float32))
    inside = np.abs(expected).max(axis=1) < 1 - 1 / 64
    assert inside.any()
    np.testing.assert_allclose(found.reshape(-1, 2)[inside], expected[inside], atol=1e-4)


@pytest.mark.parametrize("box", [*BOXES, CropBox(100, 60, 80, 0.6)])
def test_a_part_equals_that_part_of_the_full_picture(box: CropBox) -> None:
    random = np.random.default_rng(2)
    cells = random.normal(size=(64, 64)).astype(np.float32)
    where = (random.uniform(size=(64, 64)) < 0.1).astype(np.uint8)
    made = upsampler(PICTURE, box)
    rows, columns = made.region
    part = slice(rows.start + 5, rows.stop - 9), slice(columns.start + 11, columns.stop - 3)
    whole = made(cells)
    put(made, cells, where, whole, made.region)
    block = made.block(cells.shape, part)
    for found in (made(cells, part), made.enlarged(cells[block], block, cells.shape, part)):
        put(made, cells, where, found, part)
        np.testing.assert_allclose(found, whole[5:-9, 11:-3], atol=1e-3)


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


def test_pixels_in_a_rotated_square_are_as_many() -> None:
    where = np.zeros((16, 16), np.uint8)
    where[4:8, 4:8] = 255
    areas = []
    for angle in (0.0, 0.6):
        made = upsampler(PICTURE, CropBox(100, 60, 80, angle))
        (rows, _), _ = made.pixels_in(where, made.region)
        areas.append(rows.size)
    assert areas[0] == 400
    assert abs(areas[1] - 400) < 40
