"""The user's folders."""

import os
from pathlib import Path

import pytest

from avatarify import paths
from avatarify.errors import InputError


def fail() -> str:
    raise RuntimeError("could not determine the home directory")


def test_a_user_without_a_home_folder_is_told_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A container may run as a user that its system does not know; older libraries then create a folder named "~"."""
    monkeypatch.delenv("AVATARIFY_DATA", raising=False)
    for usual in (fail, lambda: os.path.join("~", ".local", "share")):
        with pytest.raises(InputError, match="No home folder is known"):
            paths._own("DATA", usual)
    monkeypatch.setenv("AVATARIFY_DATA", str(tmp_path))
    assert paths._own("DATA", fail) == tmp_path
