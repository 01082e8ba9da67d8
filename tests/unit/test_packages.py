"""What an installed Avatarify contains: all that this folder does."""

import tomllib
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = ROOT / "avatarify"


@pytest.fixture
def settings() -> dict[str, Any]:
    content = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return dict(content["tool"]["setuptools"])


def test_every_package_is_installed(settings: dict[str, Any]) -> None:
    found = {".".join(file.parent.relative_to(ROOT).parts) for file in CODE.rglob("*.py")}
    assert set(settings["packages"]) == found | {"avatarify.assets", "avatarify.manual", "avatarify.recipes"}


def test_every_data_file_is_installed(settings: dict[str, Any]) -> None:
    others = [file for file in CODE.rglob("*") if file.is_file() and file.suffix not in (".py", ".pyc", ".ts")]
    patterns = [f"{package}/{name}" for package, names in settings["package-data"].items() for name in names]
    paths = [file.relative_to(CODE.parent).as_posix() for file in others]
    wanted = [f"{pattern.partition('/')[0].replace('.', '/')}/{pattern.partition('/')[2]}" for pattern in patterns]
    assert [path for path in paths if not any(fnmatch(path, pattern) for pattern in wanted)] == []
