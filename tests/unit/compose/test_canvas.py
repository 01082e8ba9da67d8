"""A portrait of any shape on a canvas of fixed size."""

import cv2
import numpy as np
import pytest
from helpers.drawn import drawn_face

from avatarify.compose.canvas import fit, own_size
from avatarify.compose.slate import slate
from avatarify.frames import U8, Size


def ramp(height: int, width: int) -> U8:
    """Return a picture whose red and green give the place, 0 to 255 along x and y."""
    y, x = np.mgrid[:height, :width]
    red, green = (x + 0.5) * 255 / width, (y + 0.5) * 255 / height
    return np.stack([red, green, np.full_like(red, 255)], axis=-1).astype(np.uint8)


@pytest.mark.parametrize(("height", "width"), [(1155, 743), (300, 900), (500, 500), (40, 64), (2160, 1000)])
@pytest.mark.parametrize("size", [Size(1280, 720), Size(640, 640)])
def test_the_full_picture_is_shown_at_scale_and_offset(height: int, width: int, size: Size) -> None:
    canvas, scale, (left, top) = fit(ramp(height, width), size)
    assert canvas.shape == (size.height, size.width, 3)
    assert canvas.dtype == np.uint8
    assert min(left, top) == 0 or max(width * scale / size.width, height * scale / size.height) == 1
    for share_x, share_y in ((0.25, 0.25), (0.5, 0.8), (0.9, 0.1)):
        x, y = int(share_x * width * scale + left), int(share_y * height * scale + top)
        np.testing.assert_allclose(canvas[y, x, :2], [255 * share_x, 255 * share_y], atol=4)
    assert abs(2 * left + width * scale - size.width) <= 2
    assert abs(2 * top + height * scale - size.height) <= 2


def test_bars_are_a_dark_blurred_copy_or_a_color() -> None:
    picture = drawn_face(400, 300, (150, 180), 200)
    canvas, _, (left, _) = fit(picture, Size(1280, 720))
    bar = canvas[:, : left - 2].astype(int)
    assert 5 < bar.mean() < 0.6 * picture.mean()
    assert np.abs(np.diff(bar, axis=0)).max() < 12
    assert bar.std() > 1
    colored, _, _ = fit(picture, Size(1280, 720), fill=(10, 20, 30))
    assert (colored[:, : left - 2] == (10, 20, 30)).all()


def test_nearly_equal_aspect_ratios_get_no_bars() -> None:
    canvas, scale, offset = fit(np.full((721, 1279, 3), 200, np.uint8), Size(1280, 720))
    assert (canvas == 200).all()
    assert scale >= 1280 / 1279
    assert min(offset) >= -2


@pytest.mark.parametrize(
    ("height", "width", "size"),
    [(1155, 743, "694x1080"), (512, 512, "512x512"), (301, 401, "400x300"), (4000, 3000, "810x1080")],
)
def test_the_default_size_is_even_and_limited(height: int, width: int, size: str) -> None:
    assert str(own_size(np.zeros((height, width, 3), np.uint8))) == size


def test_the_same_size_is_the_same_picture() -> None:
    picture = drawn_face(360, 480)
    np.testing.assert_array_equal(fit(picture, Size(480, 360))[0], picture)


@pytest.mark.parametrize("portrait", [None, drawn_face()])
@pytest.mark.parametrize("text", ["No camera", "A line of text that is far too long to stand in one picture"])
@pytest.mark.parametrize("size", [Size(1280, 720), Size(320, 240)])
def test_a_slate_is_dim_with_readable_text_in_the_middle(portrait: U8 | None, text: str, size: Size) -> None:
    picture = slate(size, text, portrait)
    assert picture.shape == (size.height, size.width, 3)
    bright = picture.min(axis=2) > 180
    x, y, w, h = cv2.boundingRect(bright.astype(np.uint8))
    assert abs(x + w / 2 - size.width / 2) < 3
    assert abs(y + h / 2 - size.height / 2) < 3
    assert 0.2 * size.width < w < 0.9 * size.width
    assert picture[~bright].mean() < 90
    assert picture[0, 0].max() < 120
