"""Eyes and mouth at output resolution: nothing changes at rest, lids are skin, mouths have teeth of real colors."""

import colorsys
from dataclasses import replace

import cv2
import numpy as np
import pytest
from helpers.drawn import drawn_face
from helpers.drawn_points import drawn_points
from helpers.flow import generated, identity
from numpy.typing import NDArray

from avatarify.compose.closeups.colors import TOOTH_HUE, TOOTH_SATURATION, bounded_tooth, mouth_colors
from avatarify.compose.closeups.feature_layers import mirrored
from avatarify.compose.closeups.kept import kept
from avatarify.compose.closeups.lids import LidLayer
from avatarify.compose.closeups.mouth import MouthLayer
from avatarify.compose.closeups.places import Eye, Mouth, smooth_lips
from avatarify.compose.closeups.teeth import HALF, TOP, teeth
from avatarify.compose.compositor import Compositor
from avatarify.face.box import CropBox
from avatarify.frames import F32, U8, Generated, Size
from avatarify.motion import layout

SIDE, CENTER, FACE = 600, (300.0, 300.0), 400
STILL = np.eye(2, 3, dtype=np.float32)
BOX = CropBox(300, 300, 600)


def picture(mouth: float = 0.0, eyes: float = 1.0) -> U8:
    return drawn_face(SIDE, SIDE, CENTER, FACE, mouth, eyes)


def points(mouth: float = 0.0, eyes: float = 1.0) -> F32:
    return drawn_points(CENTER, FACE, mouth, eyes)


def grainy(image: U8) -> U8:
    noise = np.random.default_rng(0).normal(0, 5, image.shape)
    return np.asarray(np.clip(image + cv2.GaussianBlur(noise, (0, 0), 0.7), 0, 255), np.uint8)


def inside(outline: F32) -> NDArray[np.bool_]:
    mask = np.zeros((SIDE, SIDE), np.uint8)
    cv2.fillPoly(mask, [np.rint(outline).astype(np.int32)], 1)
    return np.asarray(mask > 0)


def eye_box(number: int = 0) -> tuple[slice, slice]:
    left, right, _, _ = layout.EYES[number]
    place = points()
    y = round(float(place[left, 1]))
    return slice(y - 14, y + 14), slice(round(float(place[left, 0])) + 6, round(float(place[right, 0])) - 6)


def made(source: F32, moved: F32) -> Generated:
    both = np.stack([BOX.from_pixels(source), BOX.from_pixels(moved)])
    return replace(generated(identity(256), visible=1.0), head=STILL, points=both)


# --- shapes ---


def test_an_eye_and_a_mouth_are_measured_in_their_own_widths() -> None:
    eye = Eye.of(points(), 0)
    assert eye.openness == pytest.approx(2 * 0.042 / 0.148, rel=0.01)
    assert Eye.of(points(eyes=0.0), 1).openness < 0.4 * eye.openness
    closed, opened = Mouth.of(points()), Mouth.of(points(mouth=1.0))
    assert closed.lower[1] < 0.1 < 0.3 < opened.lower[1]


def test_smooth_lips_pass_through_their_key_points() -> None:
    lips = points(mouth=0.5)[list(layout.INNER_LIPS)]
    smooth = smooth_lips(lips)
    assert np.abs(smooth[::8] - lips).max() < 1e-3
    assert len(smooth) == 8 * len(lips)


def test_mirrored_points_are_those_of_the_mirrored_picture() -> None:
    place = BOX.from_pixels(points(mouth=0.5))
    place[:, 0] += 0.1
    flipped = mirrored(place)
    assert np.abs(mirrored(flipped) - place).max() == 0
    assert flipped[36, 0] < flipped[39, 0]
    assert flipped[48, 0] < flipped[54, 0]


# --- colors ---


def test_teeth_have_the_colors_of_teeth_in_every_light() -> None:
    chance = np.random.default_rng(1)
    face = picture().astype(np.float32)
    for light in chance.uniform(0.35, 1.6, (60, 3)):
        colors = mouth_colors(np.asarray(np.clip(face * light, 0, 255), np.uint8), points())
        hue, saturation, _ = colorsys.rgb_to_hsv(*(colors.tooth / 255))
        assert saturation <= TOOTH_SATURATION + 1e-5
        assert saturation < 0.02 or TOOTH_HUE[0] - 0.1 <= hue * 360 <= TOOTH_HUE[1] + 0.1


@pytest.mark.parametrize("name", ["salmon", "steel", "lilac", "magenta", "mint"])
def test_no_light_makes_teeth_of_an_impossible_color(name: str) -> None:
    wrong = {"salmon": (250, 128, 114), "steel": (70, 130, 180), "lilac": (200, 162, 200), "magenta": (255, 0, 255)}
    red, green, blue = bounded_tooth(np.array(wrong.get(name, (152, 255, 152)), np.float32) / np.float32(255))
    assert red >= green >= blue
    assert red - green <= 0.56 * (red - blue) + 1e-6  # yellow rather than pink


def test_gray_portraits_stay_gray() -> None:
    gray = np.repeat(cv2.cvtColor(picture(), cv2.COLOR_RGB2GRAY)[..., None], 3, -1)
    colors = mouth_colors(gray, points())
    for color in (colors.tooth, colors.gum, colors.tongue, colors.dark):
        assert np.ptp(color) < 2


# --- the mouth ---


def test_a_row_has_single_teeth_with_gums_and_gaps() -> None:
    pixels = 200
    there, enamel, shade = teeth(pixels)
    row = shade[round((-0.10 - TOP) * pixels)]
    half = row[round(HALF * pixels) :]
    dips = [k for k in range(2, len(half) - 2) if half[k] < half[k - 2] - 0.02 and half[k] < half[k + 2] - 0.02]
    borders = sum(1 for k, dip in enumerate(dips) if k == 0 or dip - dips[k - 1] > 3)
    assert borders >= 4
    assert enamel[0].max() < 0.1
    assert there[-1].max() < 0.1
    for map_ in teeth(pixels, lower=True):
        assert map_.min() >= 0
        assert map_.max() <= 1


def test_a_mouth_that_did_not_move_is_not_drawn() -> None:
    for mouth in (0.0, 0.6):
        image = picture(mouth)
        target = image.copy()
        MouthLayer(image, points(mouth), 0.0).draw(target, points(mouth), STILL)
        np.testing.assert_array_equal(target, image)


def test_an_open_mouth_has_teeth_and_a_dark_inside_only_between_the_lips() -> None:
    image, moved = picture(), points(mouth=1.0)
    target = image.copy()
    MouthLayer(image, points(), 0.0).draw(target, moved, STILL)
    lips = moved[list(layout.INNER_LIPS)]
    within = inside(smooth_lips(lips))
    around = cv2.dilate(within.astype(np.uint8), np.ones((7, 7), np.uint8)) > 0
    np.testing.assert_array_equal(target[~around], image[~around])
    bright = target[within].astype(float).mean(1)
    assert (bright > 120).mean() > 0.12
    assert (bright < 60).mean() > 0.12


def test_teeth_that_the_portrait_shows_are_kept() -> None:
    image, source = picture(mouth=0.5), points(mouth=0.5)
    own = inside(smooth_lips(source[list(layout.INNER_LIPS)]))
    image[cv2.erode(own.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0] = (
        170,
        255,
        190,
    )  # never drawn
    target = image.copy()
    moved = points(mouth=0.8)
    MouthLayer(image, source, 0.0).draw(target, moved, STILL)
    shown = target[round(float(source[62, 1])) + 14, round(CENTER[0])].astype(int)
    assert shown[1] > shown[0] + 40
    assert shown[1] > shown[2] + 40


# --- lids ---


def test_a_lid_that_did_not_move_is_not_drawn() -> None:
    image = picture()
    target = image.copy()
    LidLayer(image, points(), 0, 0.0).draw(target, points())
    np.testing.assert_array_equal(target, image)


def test_a_shut_lid_is_skin_with_a_lash_line() -> None:
    image = grainy(picture())
    target, moved = image.copy(), points()
    for left, _, upper, lower in layout.EYES:
        moved[list(upper), 1] = moved[list(lower), 1] = points()[left, 1] + 12
    for number in range(2):
        LidLayer(image, points(), number, 0.0).draw(target, moved)
        lid = target[eye_box(number)][:20].astype(float)
        skin = image[330:370, 190:215].astype(float)
        assert np.abs(lid.mean((0, 1)) - skin.mean((0, 1))).max() < 45
        assert lid.max(2).min() > 60  # no iris is left
        rows, columns = eye_box(number)
        line = target[rows.start + 10 : rows.stop + 6, columns.start + 8 : columns.stop - 8].mean(2)
        assert line.min(0).max() < 0.75 * lid.mean()


def test_a_lid_is_as_sharp_as_the_skin_around_it() -> None:
    image, moved = grainy(picture()), points()
    for left, _, upper, lower in layout.EYES:
        moved[list(upper), 1] = moved[list(lower), 1] = points()[left, 1] + 12
    target = image.copy()
    LidLayer(image, points(), 0, 0.0).draw(target, moved)
    rows, columns = eye_box()
    lid = energy(target[rows.start + 4 : rows.stop - 8, columns])
    assert lid >= 0.7 * energy(image[330:370, 190:215])


def energy(part: U8) -> float:
    """Return the mean squared gradient of a part of a picture."""
    gray = part.astype(np.float32).mean(2)
    return float((np.diff(gray, axis=0)[:, 1:] ** 2 + np.diff(gray, axis=1)[1:] ** 2).mean())


# --- all together ---


def test_the_generated_eyes_and_mouth_are_replaced_by_the_portraits_own() -> None:
    place = BOX.from_pixels(points())
    visible = kept(np.zeros((256, 256), np.float32), place, place)
    for k in (37, 40, 62, 66, 48):
        x, y = np.rint((place[k] + 1) * 128 - 0.5).astype(int)
        assert visible[y, x] > 0.95
    assert visible[20:60].max() == 0
    shut = BOX.from_pixels(points(eyes=-0.35))
    x, y = np.rint((place[79] + 1) * 128 - 0.5).astype(int)
    assert kept(np.zeros((256, 256), np.float32), shut, place)[y, x] < 0.1  # an eye that the portrait does not have


@pytest.mark.parametrize("mirror", [False, True])
@pytest.mark.parametrize("mouth", [0.0, 0.7])
def test_driving_with_the_portrait_itself_changes_nothing(mirror: bool, mouth: float) -> None:
    compositor = Compositor(picture(mouth), BOX, Size(720, 720), mirror=mirror, badge=False)
    shown = compositor.render(made(points(mouth), points(mouth)))
    assert np.abs(shown.astype(int) - compositor.idle_frame()).max() <= 1


def test_a_mirrored_output_is_the_mirrored_picture() -> None:
    result = made(points(), points(mouth=1.0, eyes=-0.35))
    plain, flipped = (
        Compositor(picture(), BOX, Size(600, 600), mirror=mirror, badge=False).render(result)
        for mirror in (False, True)
    )
    assert np.abs(plain.astype(int) - flipped[:, ::-1]).mean() < 0.4
    still = Compositor(picture(), BOX, Size(600, 600), badge=False).idle_frame()
    assert np.abs(plain.astype(int) - still).mean() > 1


def test_a_portrait_at_the_edge_of_the_picture_is_drawn_as_far_as_it_reaches() -> None:
    image = np.ascontiguousarray(picture()[:, 180:])
    shift = np.array([180, 0], np.float32)
    target = image.copy()
    moved = points(mouth=1.0, eyes=-0.35) - shift
    for number in range(2):
        LidLayer(image, points() - shift, number, 0.0).draw(target, moved)
    MouthLayer(image, points() - shift, 0.0).draw(target, moved, STILL)
    assert (target != image).any()
    far = np.array([5000, 5000], np.float32)
    MouthLayer(image, points() - shift, 0.0).draw(target, moved + far, STILL)  # outside: nothing to draw
