import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from helpers.values import not_none

from avatarify import paths
from avatarify.animate import portrait_cache
from avatarify.animate.cached import forget
from avatarify.animate.portrait import Portrait, PortraitInfo, load_portrait
from avatarify.errors import InputError


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    return shutil.copyfile(min((paths.assets() / "portraits").glob("*.jpg")), tmp_path / "somebody.jpg")


def turn_into_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def tear(file: Path, size: int) -> None:
    os.truncate(file, size)


def rewrite(file: Path, **arrays: Any) -> None:
    with np.load(file) as content:
        np.savez(file, **{**content, **arrays})


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Count how often a face is looked for."""
    seen: list[str] = []

    def look(text: str) -> Portrait:
        seen.append(text)
        return load_portrait(text)

    monkeypatch.setattr(portrait_cache, "load_portrait", look)
    return seen


def test_the_second_time_nothing_is_detected(picture: Path, looks: list[Any]) -> None:
    first, second = portrait_cache.load(str(picture)), portrait_cache.load(str(picture))
    assert len(looks) == 1
    assert second.name == first.name == "somebody"
    assert np.array_equal(second.image, first.image)
    assert np.array_equal(not_none(second.matte), not_none(first.matte))
    assert np.array_equal(second.face.landmarks, first.face.landmarks)
    assert second.face.expression == pytest.approx(first.face.expression)
    assert second.face.yaw == pytest.approx(first.face.yaw)
    assert second.face.others == first.face.others


DAMAGES: dict[str, Callable[[Path], object]] = {
    "junk": lambda file: file.write_bytes(b"junk"),
    "empty": lambda file: file.write_bytes(b""),
    "a folder": lambda file: turn_into_folder(file),
    "torn at the start": lambda file: tear(file, 30),
    "torn": lambda file: tear(file, 3000),
    "torn at the end": lambda file: tear(file, file.stat().st_size - 10),
    "bytes changed": lambda file: file.write_bytes(file.read_bytes().replace(b"\x00\x01", b"\x01\x00")),
    "an array": lambda file: file.write_bytes(b"\x93NUMPY" + file.read_bytes()[:100]),
    "no facts": lambda file: np.savez(file, landmarks=np.zeros(3)),
    "other facts": lambda file: rewrite(file, facts=np.array('{"face": [], "warnings": 3}')),
    "nested facts": lambda file: rewrite(file, facts=np.array("[" * 100_000)),
    "few landmarks": lambda file: rewrite(file, landmarks=np.zeros((3, 2), np.float32)),
    "landmarks that are no numbers": lambda file: rewrite(file, landmarks=np.full((478, 2), np.nan, np.float32)),
    "words for landmarks": lambda file: rewrite(file, landmarks=np.full((478, 2), "x")),
    "a matte of floats": lambda file: rewrite(file, matte=np.zeros(0, np.float64)),
}


@pytest.fixture(scope="module")
def finding(tmp_path_factory: pytest.TempPathFactory) -> Portrait:
    """Detect a face once for all damages."""
    return load_portrait(str(min((paths.assets() / "portraits").glob("*.jpg"))))


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_finding_is_made_again(
    damage: Callable[[Path], object], picture: Path, finding: Portrait, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[str] = []

    def look(text: str) -> Portrait:
        looks.append(text)
        return finding

    monkeypatch.setattr(portrait_cache, "load_portrait", look)
    portrait_cache.load(str(picture))
    (kept,) = (paths.cache() / "portraits").iterdir()
    damage(kept)
    assert portrait_cache.load(str(picture)).matte is not None
    assert len(looks) == 2


def test_only_the_newest_finding_about_an_image_is_kept(picture: Path, finding: Portrait) -> None:
    for time_ns in (10**18, 10**18 + 1):
        os.utime(picture, ns=(time_ns, time_ns))
        portrait_cache._write(finding, portrait_cache.cache_file(PortraitInfo("somebody", picture)))
    assert len(list((paths.cache() / "portraits").iterdir())) == 1
    forget(picture)
    assert list((paths.cache() / "portraits").iterdir()) == []


def test_another_picture_of_the_same_name_is_detected_again(picture: Path, looks: list[Any]) -> None:
    portrait_cache.load(str(picture))
    shutil.copyfile(max((paths.assets() / "portraits").glob("*.jpg")), picture)
    portrait_cache.load(str(picture))
    assert len(looks) == 2


def test_a_portrait_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(InputError, match="no portrait and no file"):
        portrait_cache.load("nobody")
