"""Pictures of key points, flow and maps, by what must be seen in them."""

import colorsys

import numpy as np
import pytest

from avatarify.animate import drawing
from avatarify.frames import U8


def hue(color: U8 | tuple[int, int, int]) -> float:
    return colorsys.rgb_to_hsv(*(int(c) / 255 for c in color))[0]


@pytest.mark.parametrize("count", [1, 2, 10, 81])
def test_a_rainbow_goes_from_red_to_violet(count: int) -> None:
    colors = drawing.keypoint_colors(count)
    hues = [hue(color) for color in colors]
    assert colors[0] == (255, 0, 0)
    assert hues == sorted(hues)
    assert len(set(colors)) == count
    assert count == 1 or hues[-1] == pytest.approx(300 / 360, abs=0.01)


def test_a_point_is_drawn_where_it_is_in_its_own_color() -> None:
    image = np.full((200, 200, 3), 128, np.uint8)
    points = np.array([[-0.5, 0.0], [0.5, 0.25], [1.4, 0.0], [np.nan, 0.0]], np.float32)
    picture = drawing.draw_keypoints(image, points)
    assert tuple(picture[100, 50]) == drawing.keypoint_colors(4)[0]
    assert tuple(picture[125, 150]) == drawing.keypoint_colors(4)[1]
    assert (image == 128).all()
    changed = np.any(picture != 128, axis=-1)
    assert not changed[:, 180:].any()  # outside, and what is no number, is left out
    assert 0 < changed.sum() < 500


def test_still_places_are_the_middles_of_pixels_or_the_networks_grid() -> None:
    centers, corners = drawing.identity_grid(4), drawing.identity_grid(4, corners=True)
    assert np.allclose(centers[0, :, 0], [-0.75, -0.25, 0.25, 0.75])
    assert np.allclose(corners[:, 0, 1], [-1, -1 / 3, 1 / 3, 1])


@pytest.mark.parametrize(
    ("direction", "expected"), [((1, 0), 0), ((0, 1), 90), ((-1, 0), 180), ((0, -1), 270), ((1, 1), 45)]
)
def test_the_hue_of_flow_is_its_direction(direction: tuple[int, int], expected: int) -> None:
    flow = np.full((2, 2, 2), direction, np.float32)
    assert hue(drawing.flow_colors(flow)[0, 0]) * 360 == pytest.approx(expected, abs=2)


def test_no_flow_is_white_and_more_of_it_is_fuller() -> None:
    lengths = [0.0, 0.1, 0.2, 0.4, 3.0]
    shown = [drawing.flow_colors(np.full((1, 1, 2), (length, 0), np.float32), reach=0.4)[0, 0] for length in lengths]
    assert shown[0].tolist() == [255, 255, 255]
    assert [int(color[1]) for color in shown] == pytest.approx([255, 191, 128, 0, 0], abs=1)


def test_the_wheel_has_the_color_of_each_direction() -> None:
    wheel = drawing.flow_color_wheel(101)
    right = drawing.flow_colors(np.full((1, 1, 2), (0.9 * drawing.FULL_REACH, 0), np.float32))[0, 0]
    assert wheel[50, 95].astype(int) == pytest.approx(right.astype(int), abs=6)
    assert wheel[0, 0].tolist() == wheel[50, 50].tolist() == [255, 255, 255]


def test_a_still_flow_gives_the_picture_back_and_a_shifted_one_a_shifted_picture() -> None:
    image = np.random.default_rng(0).integers(0, 255, (32, 32, 3), np.uint8)
    still = drawing.identity_grid(32)
    assert np.array_equal(drawing.warp_image(image, still), image)
    moved = drawing.warp_image(image, still + np.array([4 * 2 / 32, 0], np.float32))
    assert np.array_equal(moved[:, :28], image[:, 4:])
    assert not moved[:, 28:].any()


def test_a_map_is_shown_from_black_to_white() -> None:
    picture = drawing.draw_map(np.array([[0, 1], [0.5, 2]], np.float32), 2)
    assert picture[..., 0].tolist() == [[0, 255], [128, 255]]
