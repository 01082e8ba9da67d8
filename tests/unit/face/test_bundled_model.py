"""Bundled model files are checked before a library parses them."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from avatarify import paths
from avatarify.animate import matte
from avatarify.errors import ModelError
from avatarify.face import landmarker
from avatarify.face.bundled_model import read_model

MODELS = {matte.MODEL: matte.MODEL_SHA256, landmarker.MODEL_FILE: landmarker.MODEL_SHA256}


def test_every_model_file_of_a_library_is_known() -> None:
    assert set(MODELS) == {file.name for file in (paths.assets() / "models").glob("*.t*")}


@pytest.mark.parametrize(("name", "sha256"), MODELS.items())
def test_a_changed_file_is_refused(name: str, sha256: str, tmp_path: Path) -> None:
    data = bytearray(read_model(paths.assets() / "models" / name, sha256))
    data[len(data) // 2] ^= 1
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ModelError, match="is damaged"):
        read_model(tmp_path / name, sha256)
    with pytest.raises(ModelError, match="cannot be read"):
        read_model(tmp_path / "missing", sha256)


def test_a_matte_is_not_found_with_another_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(paths.assets() / "models", tmp_path / "models")
    with (tmp_path / "models" / matte.MODEL).open("r+b") as file:
        file.write(b"evil")
    monkeypatch.setattr(paths, "assets", lambda: tmp_path)
    matte._network.cache_clear()
    with pytest.raises(ModelError, match="is damaged"):
        matte._segment(np.zeros((64, 64, 3), np.uint8))
    matte._network.cache_clear()
