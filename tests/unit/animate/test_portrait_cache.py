import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from helpers.values import not_none

from avatarify import paths
from avatarify.animate import portrait_cache
from avatarify.animate.portrait import Portrait, load_portrait
from avatarify.errors import InputError


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    return shutil.copyfile(min((paths.assets() / "portraits").glob("*.jpg")), tmp_path / "somebody.jpg")


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


def test_a_damaged_finding_is_made_again(picture: Path, looks: list[str]) -> None:
    portrait_cache.load(str(picture))
    (kept,) = (paths.cache() / "portraits").iterdir()
    kept.write_bytes(b"junk")
    assert portrait_cache.load(str(picture)).matte is not None
    assert len(looks) == 2


def test_another_picture_of_the_same_name_is_detected_again(picture: Path, looks: list[Any]) -> None:
    portrait_cache.load(str(picture))
    shutil.copyfile(max((paths.assets() / "portraits").glob("*.jpg")), picture)
    portrait_cache.load(str(picture))
    assert len(looks) == 2


def test_a_portrait_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(InputError, match="no portrait and no file"):
        portrait_cache.load("nobody")
