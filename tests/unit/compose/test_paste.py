"""Warping a crop at the resolution of the picture: direction, amount, borders, blending."""

import math

import cv2
import numpy as np
import pytest
from helpers.flow import flow, generated, identity
from numpy.typing import NDArray

from avatarify.compose.paste import Paste
from avatarify.face.box import CropBox
from avatarify.frames import U8, Generated


def texture(height: int = 400, width: int = 600, blur: float = 3.0, seed: int = 0) -> U8:
    noise = np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)
    smooth = cv2.GaussianBlur(noise, (0, 0), blur)
    return np.asarray(cv2.normalize(smooth, None, 0, 255, cv2.NORM_MINMAX), np.uint8)


def paste(picture: U8, crop: CropBox, made: Generated) -> U8:
    target = picture.copy()
    Paste(picture, crop).into(target, made)
    return target


BOXES = [CropBox(300, 200, 240), CropBox(301.3, 198.6, 255.7), CropBox(300, 200, 200, 0.5), CropBox(60, 20, 300)]


@pytest.mark.parametrize("box", BOXES)
@pytest.mark.parametrize("cells", [16, 64])
def test_without_motion_and_occlusion_the_picture_is_unchanged(box: CropBox, cells: int) -> None:
    picture = texture()
    pasted = paste(picture, box, generated(flow(cells), visible=1.0))
    assert np.abs(pasted.astype(int) - picture).max() <= 1


@pytest.mark.parametrize("side", [120, 256, 380])
@pytest.mark.parametrize(("dx", "dy"), [(10, 0), (0, 7), (-6, -9)])
def test_a_translation_moves_the_picture_by_as_many_pixels(side: int, dx: int, dy: int) -> None:
    # the flow is backward: to move the content by (dx, dy) each place takes what stood (-dx, -dy) from it
    picture, box = texture(), CropBox(300, 200, side)
    made = generated(flow(64, lambda x, y: (x - 2 * dx / side, y - 2 * dy / side)), visible=1.0)
    pasted = paste(picture, box, made)
    reach = int(0.35 * side)
    rows, columns = slice(200 - reach, 200 + reach), slice(300 - reach, 300 + reach)
    expected = np.roll(picture, (dy, dx), axis=(0, 1))[rows, columns]
    assert np.abs(pasted[rows, columns].astype(int) - expected).max() <= 3


@pytest.mark.parametrize("angle", [0.0, 0.5])
def test_motion_agrees_with_sampling_the_picture_by_the_definition(angle: float) -> None:
    def bend(x: NDArray[np.floating], y: NDArray[np.floating]) -> tuple[NDArray[np.floating], NDArray[np.floating]]:
        return x + 0.05 * np.sin(3 * y), y - 0.08 * x * x

    picture, box = texture(blur=5), CropBox(300, 200, 300, angle)
    pasted = paste(picture, box, generated(flow(64, bend), visible=1.0)).astype(float)
    crop = np.random.default_rng(0).uniform(-0.55, 0.55, (200, 2))
    takes = np.stack(bend(crop[:, 0], crop[:, 1]), axis=-1)
    here, there = box.to_pixels(crop.astype(np.float32)), box.to_pixels(takes.astype(np.float32))
    values = [
        cv2.remap(image, place[:, :1] - 0.5, place[:, 1:] - 0.5, cv2.INTER_LINEAR)
        for image, place in ((pasted.astype(np.float32), here), (picture.astype(np.float32), there))
    ]
    assert np.abs(values[0] - values[1]).max() < 6
    assert np.abs(values[0] - values[1]).mean() < 1


@pytest.mark.parametrize("box", BOXES)
def test_nothing_changes_outside_the_box_and_on_its_border(box: CropBox) -> None:
    picture = texture()
    made = generated(flow(64, lambda x, y: (x + 0.2, y - 0.1)), visible=0.0, color=(255, 0, 255))
    changed = (paste(picture, box, made) != picture).any(axis=2)
    assert changed.any()
    rows, columns = np.nonzero(changed)
    crop = box.from_pixels(np.stack([columns + 0.5, rows + 0.5], axis=-1).astype(np.float32))
    inside_picture = np.abs(box.to_pixels(np.array([[-1, -1], [1, 1]], np.float32))[0]) > 1
    assert np.abs(crop).max(axis=0)[inside_picture].max() < 1 - 0.5 / 64


def test_motion_inside_leaves_no_seam_at_the_border() -> None:
    picture, box = texture(blur=12), CropBox(300, 200, 300)
    made = generated(flow(64, lambda x, y: (x + 0.06, y + 0.04)), visible=0.5, color=(255, 255, 255))
    before, after = picture.astype(int), paste(picture, box, made).astype(int)
    change = np.abs(after - before)
    assert change[50:350, 140:153].max() <= 4  # the border is at 150: nothing steps there
    assert change[200, 200:250].min() > 20
    # from there to the full inside there is no step steeper than the fade itself plus the picture's own slope
    steepest = np.abs(np.diff(before, axis=1)).max() * 2 + 1.5 * 128 / (0.08 * 300)
    assert np.abs(np.diff(after, axis=1))[50:350, 140:200].max() <= steepest


def test_a_side_on_the_edge_of_the_picture_may_move() -> None:
    picture = texture(300, 300)
    made = generated(flow(64, lambda x, y: (x + 0.2, y)), visible=1.0)
    pasted = paste(picture, CropBox(150, 150, 300), made).astype(int)
    assert np.abs(pasted[:, :250] - picture[:, 30:280]).max() <= 3
    assert np.abs(pasted[:, 275:] - picture[:, -1:]).max() <= 3  # beyond the edge it is repeated


def test_content_from_outside_the_box_is_used() -> None:
    picture, side = texture(), 200
    made = generated(flow(64, lambda x, y: (x + 0.6, y)), visible=1.0)
    pasted = paste(picture, CropBox(300, 200, side), made)
    np.testing.assert_allclose(pasted[200, 310:370].astype(int), picture[200, 370:430], atol=3)


def test_occluded_parts_show_only_the_generated_picture() -> None:
    picture = texture()
    drawing = texture(64, 64, blur=4, seed=1)
    made = generated(identity(64), visible=0.0, image=drawing)
    pasted = paste(picture, CropBox(300, 200, 256), made).astype(int)
    expected = cv2.resize(drawing, (256, 256), interpolation=cv2.INTER_LINEAR).astype(int)
    assert np.abs(pasted[110:290, 210:390] - expected[38:218, 38:218]).max() <= 2


def test_weights_blend_linearly() -> None:
    picture = np.full((200, 200, 3), 200, np.uint8)
    for share in (0.25, 0.5, 0.9):
        pasted = paste(picture, CropBox(100, 100, 160), generated(identity(32), visible=share, color=(40, 0, 240)))
        expected = share * 200 + (1 - share) * np.array([40, 0, 240])
        np.testing.assert_allclose(pasted[100, 100], expected, atol=1.5)


def test_the_occlusion_map_is_at_the_right_place() -> None:
    picture = np.zeros((256, 256, 3), np.uint8)
    visible = np.ones((32, 32), np.float32)
    visible[8:12, 16:24] = 0  # rows 64 to 96, columns 128 to 192 of the picture
    pasted = paste(picture, CropBox(128, 128, 256), generated(identity(64), visible=visible, color=(255, 255, 255)))
    x, y, w, h = cv2.boundingRect((pasted[..., 0] > 127).astype(np.uint8))
    np.testing.assert_allclose([x, y, w, h], [128, 64, 64, 32], atol=3)


def test_a_box_outside_the_picture_changes_nothing() -> None:
    picture = texture()
    made = generated(flow(64, lambda x, y: (x + 0.2, y)), visible=0.0)
    for box in (CropBox(-200, 100, 100), CropBox(300, 900, 100), CropBox(-200, 100, 100, 0.3)):
        np.testing.assert_array_equal(paste(picture, box, made), picture)


def test_a_small_rotation_is_nearly_none() -> None:
    picture = texture(blur=6)
    made = generated(flow(64, lambda x, y: (x + 0.1 * np.cos(2 * y), y)), visible=0.5, color=(90, 120, 30))
    straight, turned = (paste(picture, CropBox(300, 200, 240, angle), made).astype(int) for angle in (0.0, 1e-4))
    assert np.abs(straight - turned).max() <= 6
    assert math.isclose(np.abs(straight - turned).mean(), 0, abs_tol=0.5)
