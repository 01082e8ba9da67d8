"""The matte of a portrait, against the truth where it was rendered; and what becomes of pictures without one."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from helpers.fakes import make_face
from helpers.values import not_none

from avatarify import paths
from avatarify.animate.matte import find_matte
from avatarify.animate.portrait import Portrait, load_portrait, with_matte
from avatarify.compose.clean_plate import clean_plate
from avatarify.frames import U8
from avatarify.images import load_picture

TRUTHS = sorted((Path(__file__).parent / "mattes").glob("*.png"))


@pytest.fixture(scope="module", params=[truth.stem for truth in TRUTHS])
def found(request: pytest.FixtureRequest) -> tuple[U8, U8, U8, float]:
    """A bundled portrait, its matte as found and as rendered; all of the animated square."""
    portrait = load_portrait(request.param)
    truth = cv2.imread(str(Path(__file__).parent / "mattes" / f"{request.param}.png"), cv2.IMREAD_GRAYSCALE)
    truth = cv2.resize(truth, not_none(portrait.matte).shape[::-1], interpolation=cv2.INTER_LINEAR)
    half = portrait.box.size / 2
    x, y = ([max(0, round(at - half)), round(at + half)] for at in (portrait.box.x, portrait.box.y))
    part = slice(y[0], y[1]), slice(x[0], x[1])
    return portrait.image[part], not_none(portrait.matte)[part], truth[part], portrait.face.height


def test_it_covers_the_person_and_nothing_else(found: tuple[U8, U8, U8, float]) -> None:
    _, matte, truth, _ = found
    mine, real = matte > 127, truth > 127
    assert (mine & real).sum() / (mine | real).sum() > 0.975  # 0.980 to 0.999 were measured
    assert np.abs(matte.astype(float) - truth).mean() / 255 < 0.015


def test_its_edge_lies_on_the_outline(found: tuple[U8, U8, U8, float]) -> None:
    _, matte, truth, height = found
    real = (truth > 127).astype(np.uint8)
    away = cv2.distanceTransform(real, cv2.DIST_L2, 5) + cv2.distanceTransform(1 - real, cv2.DIST_L2, 5)
    mine = (matte > 127).astype(np.uint8)
    edge = (mine - cv2.erode(mine, np.ones((3, 3), np.uint8)))[3:-3, 3:-3] > 0
    assert away[3:-3, 3:-3][edge].mean() < 0.013 * height  # 0.003 to 0.010 were measured


def test_edges_are_soft(found: tuple[U8, U8, U8, float]) -> None:
    _, matte, _, _ = found
    assert ((matte > 10) & (matte < 245)).sum() > np.abs(np.diff((matte > 127).astype(int))).sum()


def test_the_plate_shows_no_person(found: tuple[U8, U8, U8, float]) -> None:
    image, matte, truth, _ = found
    plate, image = clean_plate(image, matte).astype(float), image.astype(float)
    near = cv2.dilate(truth, np.ones((61, 61), np.uint8)) > 0
    around = image[near & (truth == 0)]  # what the background looks like beside the person
    scale = around.std(axis=0).max() + 10

    def distance(values: Any) -> Any:
        return np.abs(values - around.mean(axis=0)).max(axis=-1) / scale

    assert distance(plate[truth > 250]).mean() < 1.2
    assert distance(image[truth > 250]).mean() > 2 * distance(plate[truth > 250]).mean()


def test_a_picture_without_a_person_has_none() -> None:
    noise = np.random.default_rng(0).integers(0, 256, (240, 320, 3), dtype=np.uint8)
    assert find_matte(noise, make_face()) is None
    portrait = with_matte(Portrait("noise", noise, make_face()))
    assert portrait.matte is None
    assert [str(warning) for warning in portrait.warnings] == [
        "In the portrait noise, the person could not be separated from the background, "
        "so the background will move with the head."
    ]


def test_transparency_that_came_with_the_picture_is_the_matte(tmp_path: Path) -> None:
    image = load_picture(paths.assets() / "portraits" / "yuki.jpg")
    alpha = np.zeros(image.shape[:2], np.uint8)
    alpha[100:1100, 150:800] = 255
    alpha[:, 150:160] = 100
    file = tmp_path / "cut-out.png"
    cv2.imwrite(str(file), np.dstack([image[..., ::-1], alpha]))
    portrait = load_portrait(str(file))
    np.testing.assert_array_equal(portrait.matte, alpha)
    assert portrait.warnings == []


def test_two_threads_may_ask_at_once() -> None:
    """The gallery's thumbnails and the live session each look for mattes, in threads of their own."""
    pictures = [load_portrait(truth.stem) for truth in TRUTHS[:2]]
    alone = [find_matte(portrait.image, portrait.face) for portrait in pictures]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda portrait: find_matte(portrait.image, portrait.face), pictures * 4))
    assert all(np.array_equal(not_none(matte), not_none(alone[number % 2])) for number, matte in enumerate(together))
