"""Portraits whose face is hard to find."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from avatarify import paths
from avatarify.animate import portrait_cache
from avatarify.animate.placed_face import FacePlace
from avatarify.animate.portrait import load_portrait
from avatarify.errors import InputError, UsageError


def group(file: Path, side: int) -> Path:
    """Write a photograph of 12 megapixels in which one face, ``side`` pixels wide with its surroundings, is small."""
    image = Image.new("RGB", (4000, 3000), (90, 120, 90))
    with Image.open(paths.assets() / "portraits" / "amara.jpg") as portrait:
        image.paste(portrait.convert("RGB").resize((side, side * 5 // 4)), (2900, 600))
    image.save(file, quality=90)
    return file


def test_a_small_face_in_a_large_photograph_is_found_and_cut_out(tmp_path: Path, own_folders: Path) -> None:
    file = group(tmp_path / "group.jpg", 120)
    portrait = portrait_cache.load(str(file))
    assert portrait.cut
    height, width = portrait.image.shape[:2]
    assert max(height, width) < 1000
    with Image.open(file) as whole:
        placed = np.asarray(whole.crop((2900, 600, 3020, 750))).astype(int)
    x, y = np.rint(portrait.face.center).astype(int)
    found = portrait.image[y - 10 : y + 10, x - 10 : x + 10].mean((0, 1))
    assert np.abs(found - placed[55:75, 50:70].mean((0, 1))).max() < 40
    assert not list((own_folders / "cache").rglob("portraits/*.npz"))


def test_a_large_photograph_without_a_face_is_refused(tmp_path: Path) -> None:
    Image.new("RGB", (2400, 1100), (90, 120, 90)).save(tmp_path / "lawn.jpg")
    with pytest.raises(InputError, match=r"No face was found in the portrait lawn\.jpg"):
        load_portrait(str(tmp_path / "lawn.jpg"))


def test_a_face_is_placed_by_hand(tmp_path: Path, own_folders: Path) -> None:
    Image.new("RGB", (640, 480), (90, 120, 90)).save(tmp_path / "cat.png")
    portrait = portrait_cache.load(str(tmp_path / "cat.png"), "320, 200, 120")
    assert np.abs(portrait.face.center - [320, 200]).max() < 0.1
    assert portrait.face.height == pytest.approx(120, abs=0.1)
    left, right = portrait.face.landmarks[33], portrait.face.landmarks[263]
    assert right[0] - left[0] > 60
    assert abs(right[1] - left[1]) < 15


def test_a_face_is_placed_in_pixels_of_the_file(tmp_path: Path, own_folders: Path) -> None:
    exif = Image.Exif()
    exif[0x112] = 6
    Image.new("RGB", (4320, 2160), (90, 120, 90)).save(tmp_path / "large.jpg", exif=exif)
    face = portrait_cache.load(str(tmp_path / "large.jpg"), "1000,3000,400").face
    assert np.abs(face.center - [500, 1500]).max() < 1
    assert face.height == pytest.approx(200, abs=1)


@pytest.mark.parametrize("face", ["", "1,2", "a,b,c", "1,2,0", "1,2,-3", "1,2,nan", "9" * 400 + ",1,1"])
def test_malformed_places_are_refused(face: str) -> None:
    with pytest.raises(UsageError, match="X,Y,HEIGHT"):
        FacePlace.parse(face)


def test_a_place_outside_the_image_is_refused(tmp_path: Path, own_folders: Path) -> None:
    Image.new("RGB", (640, 480), (90, 120, 90)).save(tmp_path / "cat.png")
    with pytest.raises(InputError, match=r"outside the image cat\.png. The image has 640x480"):
        portrait_cache.load(str(tmp_path / "cat.png"), "700,200,120")
