"""Photographs drawn in a style."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from avatarify import paths
from avatarify.animate.draw_portrait import draw_portrait
from avatarify.choices import PORTRAIT_STYLES, PortraitStyle
from avatarify.compose.styles.apply import stylized
from avatarify.compose.styles.styles import STYLES
from avatarify.errors import InputError, UsageError
from avatarify.face.face import Face
from avatarify.face.landmarker import FaceLandmarker
from avatarify.frames import U8
from avatarify.images import load_picture

PHOTO = paths.assets() / "portraits" / "mona-lisa.jpg"


@pytest.fixture(scope="module")
def sitter() -> tuple[U8, Face]:
    image = load_picture(PHOTO, 400)
    with FaceLandmarker(mode="image") as landmarker:
        return image, landmarker.find_faces(image)[0]


def test_each_style_has_a_name() -> None:
    assert tuple(STYLES) == PORTRAIT_STYLES


@pytest.mark.parametrize("style", PORTRAIT_STYLES)
def test_each_style_draws_something_else_and_always_the_same(style: PortraitStyle, sitter: tuple[U8, Face]) -> None:
    image, face = sitter
    drawing = stylized(image, face, style)
    assert drawing.shape == image.shape
    assert drawing.dtype == np.uint8
    assert np.abs(drawing.astype(int) - image).mean() > 4
    assert drawing.std() > 20
    assert np.array_equal(drawing, stylized(image, face, style))


@pytest.mark.parametrize("suffix", ["png", "jpg", "webp"])
def test_a_drawing_says_how_it_was_made_and_whose_photo_it_was(tmp_path: Path, suffix: str) -> None:
    exif = Image.Exif()
    exif[0x013B], exif[0x8298] = "Ann", "(c) Ann"
    photo, drawing = tmp_path / "photo.jpg", tmp_path / f"drawing.{suffix}"
    with Image.open(PHOTO) as opened:
        opened.resize((372, 418)).save(photo, exif=exif)
    report = draw_portrait(photo, "oil", drawing)
    assert report == {"portrait": str(drawing), "style": "oil", "size": "372x418", "face_found": True}
    with Image.open(drawing) as made:
        kept = made.getexif()
        assert made.size == (372, 418)
    assert kept[0x010E] == "Drawn from a photo, style oil"
    assert kept[0x0131].startswith("Avatarify ")
    assert (kept[0x013B], kept[0x8298]) == ("Ann", "(c) Ann")


def test_a_wrong_file_is_reported_before_the_work(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"Choose a name that ends in \.png"):
        draw_portrait(PHOTO, "ink", tmp_path / "drawing.gif")
    photo = tmp_path / "photo.png"
    Image.new("RGB", (200, 200), "gray").save(photo)
    with pytest.raises(UsageError, match="would be overwritten"):
        draw_portrait(photo, "ink", photo)
    with pytest.raises(InputError, match=r"No face was found in the photo photo\.png"):
        draw_portrait(photo, "ink", tmp_path / "drawing.png")
    with pytest.raises(InputError, match="Cannot write"):
        draw_portrait(PHOTO, "pencil", tmp_path / "missing" / "drawing.png")
