"""A warped person over a fixed background: exactness, edges, extrapolation of the motion, generated pixels."""

from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np
import pytest
from helpers.flow import flow, generated, identity
from numpy.typing import NDArray

from avatarify.compose.layers import Layers, split_layers
from avatarify.compose.overlay import Overlay
from avatarify.face.box import CropBox
from avatarify.frames import F32, U8, Generated

HEIGHT, WIDTH = 400, 600
BOX = CropBox(300, 200, 240)
BOXES = [BOX, CropBox(301.3, 198.6, 255.7), CropBox(300, 200, 200, 0.5), CropBox(290, 190, 460)]


def scene(radius: int = 80, center: tuple[int, int] = (300, 200)) -> tuple[U8, U8, U8]:
    """A textured disc with soft edges (the person) before a textured background; (picture, matte, background)."""
    random = np.random.default_rng(0)
    back, front = (
        cv2.normalize(
            cv2.GaussianBlur(random.integers(0, 256, (HEIGHT, WIDTH, 3), np.uint8), (0, 0), 4), None, a, b, 32
        )
        for a, b in ((0, 110), (130, 255))
    )
    y, x = np.mgrid[:HEIGHT, :WIDTH] + 0.5
    matte = np.clip((radius - np.hypot(x - center[0], y - center[1])) / 4 + 0.5, 0, 1)
    picture = np.rint(front * matte[..., None] + back * (1 - matte[..., None])).astype(np.uint8)
    return picture, np.rint(matte * 255).astype(np.uint8), back


def laid(layers: Layers, box: CropBox, made: Generated) -> U8:
    target = layers.composite()
    Overlay(layers, box).into(target, made)
    return target


def layers_of(radius: int = 80, center: tuple[int, int] = (300, 200)) -> tuple[Layers, U8]:
    picture, matte, _ = scene(radius, center)
    return split_layers(picture, matte), picture


def shifted(layers: Layers, matrix: NDArray[np.float64]) -> F32:
    """Return the person moved by an affine map of pixels, over the background: computed by OpenCV alone."""
    center = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1]])
    whole = np.linalg.inv(center) @ np.vstack([matrix, [0, 0, 1]]) @ center
    moved = cv2.warpAffine(layers.person.astype(np.float32), whole[:2], (WIDTH, HEIGHT), flags=cv2.INTER_LINEAR)
    return np.asarray(moved[..., :3] + layers.background * (1 - moved[..., 3:] / 255), np.float32)


def affine_flow(
    box: CropBox,
    matrix: NDArray[np.float64],
    cells: int = 64,
    inside: Callable[[F32, F32], NDArray[np.bool_]] | None = None,
) -> F32:
    """The backward motion of an affine map of pixels; where ``inside(x, y)`` is false of the moved place, still."""
    back = np.linalg.inv(np.vstack([matrix, [0, 0, 1]]))[:2]

    def takes(x: F32, y: F32) -> F32:
        pixels = box.to_pixels(np.stack([x.ravel(), y.ravel()], -1).astype(np.float32))
        source = (pixels @ back[:, :2].T + back[:, 2]).astype(np.float32)
        if inside is not None:
            source = np.where(inside(*source.T)[:, None], source, pixels)
        return box.from_pixels(source).T.reshape(2, *x.shape)

    return flow(cells, takes)


def turn(degrees: int, dx: float = 0.0, dy: float = 0.0, center: tuple[int, int] = (300, 200)) -> NDArray[np.float64]:
    matrix = cv2.getRotationMatrix2D(center, -degrees, 1)
    return np.asarray(matrix + np.array([[0, 0, dx], [0, 0, dy]]), np.float64)


@pytest.mark.parametrize("box", BOXES)
@pytest.mark.parametrize("cells", [16, 64, 256])
def test_without_motion_the_picture_is_unchanged(box: CropBox, cells: int) -> None:
    layers, picture = layers_of()
    assert np.abs(laid(layers, box, generated(identity(cells))).astype(int) - picture).max() <= 1


@pytest.mark.parametrize("box", BOXES)
@pytest.mark.parametrize("matrix", [turn(0, 24, 0), turn(0, -9, 14), turn(15, 10, -6)])
def test_the_person_moves_and_the_background_stays(box: CropBox, matrix: NDArray[np.float64]) -> None:
    layers, _ = layers_of(radius=50)
    moved = laid(layers, box, generated(affine_flow(box, matrix)))
    expected = shifted(layers, matrix)
    assert np.abs(moved - expected).mean() < 0.5
    assert np.percentile(np.abs(moved - expected), 99.9) < 12


def test_hair_is_not_torn_where_the_generator_tears_it() -> None:
    # leaning by a fifth of the size; the generator moves only what lies 12 pixels inside the outline
    layers, _ = layers_of()
    matrix = turn(12, 32, 4)
    torn = affine_flow(BOX, matrix, inside=lambda x, y: np.hypot(x - 300, y - 200) < 68)
    visible = np.ones((64, 64), np.float32)
    pixels = BOX.to_pixels(((identity(64)).reshape(-1, 2)).astype(np.float32)).reshape(64, 64, 2)
    was = np.hypot(pixels[..., 0] - 300, pixels[..., 1] - 200) < 80
    still = np.abs(torn - identity(64)).max(axis=2) < 1e-3
    visible[was & still] = 0  # where the person was, a generator knows that it must draw
    expected = shifted(layers, matrix)
    made = laid(layers, BOX, generated(torn, visible, color=(0, 255, 0)))
    error = np.abs(made - expected).max(axis=2)
    ring = np.abs(np.hypot(pixels[..., 0] - 332, pixels[..., 1] - 204) - 80) < 15
    assert ring.any()
    assert np.percentile(error, 99) < 25
    assert error.mean() < 1.5
    assert (made[..., 1].astype(int) - made[..., 0] > 150).mean() < 1e-3  # and nothing of what was drawn behind


def test_no_ghost_of_the_unmoved_head_is_shown() -> None:
    # the generator leaves the right half of the head where it was, and says that it is visible
    layers, _ = layers_of(radius=75, center=(300, 180))
    matrix = turn(0, -44, 0)
    half = affine_flow(BOX, matrix, inside=lambda x, y: x < 320)
    head = np.array([[1, 0, 2 * 44 / BOX.size], [0, 1, 0]], np.float32)
    plain, led = (laid(layers, BOX, replace(generated(half, visible=1.0), head=what)) for what in (None, head))
    expected = shifted(layers, matrix)
    ghost = (slice(120, 240), slice(340, 380))
    assert np.abs(plain - expected)[ghost].mean() > 40
    assert np.abs(led - expected)[ghost].mean() < 2
    assert np.abs(led - expected)[100:220].mean() < 2


def test_a_head_that_follows_its_key_points_moves_as_generated() -> None:
    layers, _ = layers_of(radius=50)
    made = generated(affine_flow(BOX, turn(10, 8, -6), cells=256))
    inverse = np.linalg.inv(np.vstack([turn(10, 8, -6), [0, 0, 1]]))[:2]
    corners = BOX.to_pixels(np.array([[0, 0], [1, 0], [0, 1]], np.float32))
    at = BOX.from_pixels((corners @ inverse[:, :2].T + inverse[:, 2]).astype(np.float32))
    head = np.column_stack([at[1] - at[0], at[2] - at[0], at[0]]).astype(np.float32)
    assert np.abs(laid(layers, BOX, replace(made, head=head)).astype(int) - laid(layers, BOX, made)).mean() < 0.3


def test_the_motion_continues_beyond_the_crop() -> None:
    # the head is larger than the crop: all of it moves, and far away nothing
    layers, _ = layers_of(radius=110)
    box, matrix = CropBox(300, 200, 180), turn(0, 20, 0)
    made = laid(layers, box, generated(affine_flow(box, matrix)))
    expected = shifted(layers, matrix)
    near = (slice(100, 300), slice(205, 395))  # a margin of the crop beyond it, less the way in which motion dies out
    assert np.abs(made - expected)[near].mean() < 3
    np.testing.assert_array_equal(made[:, :60], layers.background[:, :60])


@pytest.mark.parametrize("up", [True, False])
def test_a_person_cut_by_the_edge_is_stretched_not_repeated(up: bool) -> None:
    # the person is cut by the lower (upper) edge and moves up (down): beyond the edge there is nothing to show
    layers, picture = layers_of(radius=90, center=(300, 340 if up else 60))
    box, way = CropBox(300, 200, 400), 30 if up else -30
    made = laid(layers, box, generated(affine_flow(box, turn(0, 0, -way)), visible=1.0)).astype(int)
    edge = slice(372, 400) if up else slice(0, 28)
    assert (np.abs(np.diff(made[edge, 260:340], axis=0)).mean(axis=(1, 2)) < 0.2).sum() <= 2  # 29 if it were repeated
    away = slice(265, 300) if up else slice(100, 135)  # far from the edge it moves as the generator says
    assert np.abs(made - np.roll(picture, -way, axis=0).astype(int))[away, 280:320].mean() < 3


def test_generated_pixels_are_used_inside_the_person_only() -> None:
    layers, picture = layers_of()
    visible = np.zeros((64, 64), np.float32)
    visible[:16] = visible[48:] = 1  # a band across, 120 pixels high
    made = laid(layers, BOX, generated(identity(64), visible, color=(255, 0, 255)))
    assert (made[195:205, 290:310] == (255, 0, 255)).all()
    outside = scene()[1] == 0
    assert np.abs(made.astype(int) - picture)[outside].max() <= 1


def test_a_generators_matte_decides_which_pixels_are_the_person() -> None:
    layers, _ = layers_of()
    plain = generated(identity(64), np.zeros((64, 64), np.float32), color=(255, 0, 255))
    own = np.zeros((64, 64), np.float32)
    own[8:56, 40:56] = 0.5
    made = laid(layers, BOX, Generated(plain.image, plain.deformation, plain.visible, own)).astype(int)
    half = 0.5 * np.array((255, 0, 255)) + 0.5 * layers.background[150:250, 345:375]
    assert np.abs(made[150:250, 345:375] - half).max() <= 2
    assert (
        np.abs(made[150:250, 240:290] - layers.background[150:250, 240:290]).max() <= 2
    )  # drawn, and drawn as background


def test_edges_have_no_color_of_the_old_background() -> None:
    picture, matte, _ = scene()
    layers = split_layers(picture, matte)
    bright = Layers(np.full_like(layers.background, 255), split_layers(picture, matte, (255, 255, 255)).person)
    made = laid(bright, BOX, generated(affine_flow(BOX, turn(0, 30, 0))))
    assert made[np.abs(shifted(bright, turn(0, 30, 0)) - 255).max(axis=2) < 1].min() >= 253
    assert made.min() >= 110  # person and new background are brighter than any of the old


def test_a_box_outside_the_picture_changes_nothing() -> None:
    layers, picture = layers_of()
    made = generated(flow(64, lambda x, y: (x + 0.2, y)), visible=0.5)
    for box in (CropBox(-300, 100, 100), CropBox(300, 900, 100), CropBox(-300, 100, 100, 0.3)):
        target = picture.copy()
        Overlay(layers, box).into(target, made)
        assert np.abs(target.astype(int) - picture).max() <= 1


def test_without_a_person_only_the_background_is_shown() -> None:
    picture, matte, _ = scene()
    layers = split_layers(picture, np.zeros_like(matte))
    made = laid(layers, BOX, generated(flow(64, lambda x, y: (x + 0.2, y)), visible=0.7))
    np.testing.assert_array_equal(made, picture)
