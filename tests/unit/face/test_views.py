"""Where the landmarker searches again."""

import numpy as np
import pytest

from avatarify.face.views import windows, with_margin
from avatarify.frames import U8


def picture(height: int, width: int) -> U8:
    return np.zeros((height, width, 3), np.uint8)


def test_the_margin_keeps_the_picture_centered() -> None:
    box = with_margin(picture(200, 300))
    assert (box.x, box.y) == (150, 100)
    assert box.size > 1.4 * 300


@pytest.mark.parametrize(("height", "width"), [(900, 900), (1800, 700), (700, 2000)])
def test_every_set_covers_the_picture_from_the_center_outward(height: int, width: int) -> None:
    for boxes in windows(picture(height, width)):
        seen = np.zeros((height, width), bool)
        for box in boxes:
            top, left = round(box.y - box.size / 2), round(box.x - box.size / 2)
            assert top >= 0
            assert left >= 0
            seen[top : round(box.y + box.size / 2), left : round(box.x + box.size / 2)] = True
        if boxes[0].size * 5 >= max(height, width):
            assert seen[:, width // 2].mean() > 0.95 or seen[height // 2].mean() > 0.95
        distances = [np.hypot(box.x - width / 2, box.y - height / 2) for box in boxes]
        assert distances == sorted(distances)


def test_windows_get_smaller_down_to_a_limit() -> None:
    sides = [boxes[0].size for boxes in windows(picture(1000, 1000))]
    assert sides == sorted(sides, reverse=True)
    assert len(sides) == 2
    assert list(windows(picture(180, 180))) == []
