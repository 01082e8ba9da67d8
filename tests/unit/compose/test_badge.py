"""The badge: small, readable, in the requested corner."""

import cv2
import numpy as np
import pytest

from avatarify.choices import Corner
from avatarify.compose.badge import TEXT, Badge
from avatarify.compose.text import text_mask
from avatarify.frames import U8, Size

HD = Size(1280, 720)
CORNERS: dict[Corner, tuple[int, int]] = {
    "top-left": (0, 0),
    "top-right": (0, 1),
    "bottom-left": (1, 0),
    "bottom-right": (1, 1),
}


def stamped(
    value: int, size: Size = HD, corner: Corner = "bottom-right", text: str = TEXT
) -> tuple[U8, tuple[slice, slice]]:
    picture = np.full((size.height, size.width, 3), value, np.uint8)
    badge = Badge(size, corner, text)
    badge.stamp(picture)
    return picture, badge.region


@pytest.mark.parametrize("corner", CORNERS)
def test_it_is_in_the_requested_corner_only(corner: Corner) -> None:
    picture, (rows, columns) = stamped(200, corner=corner)
    bottom, right = CORNERS[corner]
    assert (rows.start > 360) == bottom
    assert (columns.start > 640) == right
    changed = cv2.boundingRect((picture != 200).any(axis=2).astype(np.uint8))
    assert changed[0] >= columns.start
    assert changed[1] >= rows.start
    assert changed[0] + changed[2] <= columns.stop
    assert changed[1] + changed[3] <= rows.stop


@pytest.mark.parametrize("value", [0, 128, 255])
def test_letters_are_readable_on_any_background(value: int) -> None:
    picture, region = stamped(value)
    letters = text_mask("AI avatar", 22)
    patch = picture[region][..., 0].astype(int)
    ink = patch >= 220 if value < 255 else patch >= 230
    dark = np.percentile(patch[4:-4, 4:-4], 20)
    assert np.percentile(patch, 99.5) - dark > 90
    assert ink.sum() > 0.4 * (letters > 200).sum()


def test_it_is_small() -> None:
    for size in (HD, Size(1920, 1080), Size(512, 512)):
        rows, columns = Badge(size).region
        area = (rows.stop - rows.start) * (columns.stop - columns.start)
        assert area < 0.015 * size.width * size.height
        assert rows.stop - rows.start >= 16


def test_it_fits_a_tiny_picture() -> None:
    picture, region = stamped(100, size=Size(32, 16))
    assert picture.shape == (16, 32, 3)
    assert picture[region].size


def test_the_badge_has_round_corners_and_is_translucent() -> None:
    picture, region = stamped(200)
    patch = picture[region][..., 0]
    assert patch[0, 0] > 190
    assert 60 < patch[3, patch.shape[1] // 2] < 130


def test_text_is_cropped_tightly_and_scales_with_its_size() -> None:
    small, large = text_mask("AI avatar", 16), text_mask("AI avatar", 64)
    for mask in (small, large):
        assert mask.max() > 200
        for edge in (mask[0], mask[-1], mask[:, 0], mask[:, -1]):
            assert edge.max() > 0
    assert large.shape[1] == pytest.approx(4 * small.shape[1], rel=0.15)
