import numpy as np
import pytest
from helpers.values import not_none

from avatarify.compose.framing import frame_portrait
from avatarify.compose.passthrough import Passthrough
from avatarify.face.box import CropBox
from avatarify.frames import Size

TALL = np.arange(200 * 100 * 3, dtype=np.uint32).reshape(200, 100, 3).astype(np.uint8)
BOX = CropBox(50, 60, 80)


def test_at_zoom_1_everything_is_shown() -> None:
    framed = frame_portrait(TALL, None, BOX, Size(320, 180), 1.0, (0.7, -0.3))
    assert np.array_equal(framed.image, TALL)
    assert framed.box == BOX


@pytest.mark.parametrize(("pan", "left", "top"), [((-1, -1), 0, 0), ((1, 1), 50, 150), ((0, 0), 25, 75)])
def test_panning_moves_the_visible_part(pan: tuple[int, int], left: int, top: int) -> None:
    framed = frame_portrait(
        TALL, TALL[..., 0], BOX, Size(100, 100), 4.0, pan
    )  # 100 rows show 200 / 4, and as many columns
    assert framed.image.shape == (50, 50, 3)
    assert np.array_equal(framed.image, TALL[top : top + 50, left : left + 50])
    assert np.array_equal(not_none(framed.matte), framed.image[..., 0])
    assert (framed.box.x, framed.box.y, framed.box.size) == (50 - left, 60 - top, 80)


def test_bars_shrink_before_anything_is_cut_from_the_sides() -> None:
    framed = frame_portrait(
        TALL, None, BOX, Size(200, 100), 2.0, (0, 0)
    )  # at zoom 2 the tall picture is 100 of 200 wide
    assert framed.image.shape == (100, 100, 3)


def test_the_camera_picture_is_fitted_flipped_and_marked() -> None:
    image = np.zeros((48, 64, 3), np.uint8)
    image[:, :32] = 200
    shown = Passthrough(Size(640, 480), mirror=True).render(image)
    assert shown.shape == (480, 640, 3)
    assert shown[240, 500].tolist() == [200, 200, 200]
    plain = np.zeros((480, 640, 3), np.uint8)
    plain[:, 320:] = 200
    assert np.abs(shown[:60, :200].astype(int) - plain[:60, :200]).max() > 100  # the mark
    assert image.max() == 200
