"""The folders in use: bundled assets, and the user's cache, data, and settings."""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

import platformdirs

from avatarify.errors import InputError

_DIRS = platformdirs.PlatformDirs("avatarify", appauthor=False)


def assets() -> Path:
    """Return the folder of the bundled portraits, models, and demo clip (``AVATARIFY_ASSETS`` overrides it)."""
    override = os.environ.get("AVATARIFY_ASSETS")
    if override:
        return Path(override)
    installed = Path(__file__).resolve().parent / "assets"
    return installed if installed.is_dir() else installed.parent.parent / "assets"


def recipes() -> Path:
    """Return the folder of the recipes for building engines (``AVATARIFY_RECIPES`` overrides it)."""
    override = os.environ.get("AVATARIFY_RECIPES")
    if override:
        return Path(override)
    package = Path(__file__).resolve().parent
    installed = package / "recipes"
    return installed if installed.is_dir() else package.parent / "engines" / "recipes"


def manual() -> Path:
    """Return the folder of the documentation in Markdown, without its pictures if this is an installation."""
    package = Path(__file__).resolve().parent
    installed = package / "manual"
    return installed if installed.is_dir() else package.parent / "docs"


def cache() -> Path:
    """Return the user's cache folder (``AVATARIFY_CACHE`` overrides it); everything in it can be made again."""
    return _own("CACHE", lambda: _DIRS.user_cache_dir)


def use_temporary_cache() -> None:
    """Use a temporary folder as cache, in this process and those that it starts; it is deleted at the end."""
    folder = tempfile.mkdtemp(prefix="avatarify-cache-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["AVATARIFY_CACHE"] = folder


def data() -> Path:
    """Return the user's data folder (``AVATARIFY_DATA`` overrides it): imported models, added portraits."""
    return _own("DATA", lambda: _DIRS.user_data_dir)


def config() -> Path:
    """Return the user's settings folder (``AVATARIFY_CONFIG`` overrides it)."""
    return _own("CONFIG", lambda: _DIRS.user_config_dir)


def _own(name: str, usual: Callable[[], str]) -> Path:
    """Return one of the user's folders.

    Raises:
        InputError: There is no home folder: a container may run as a user that its system does not know.
    """
    if override := os.environ.get(f"AVATARIFY_{name}"):
        return Path(override)
    with contextlib.suppress(RuntimeError):  # of platformdirs; older versions return what is no absolute path
        if os.path.isabs(folder := usual()):
            return Path(folder)
    raise InputError("No home folder is known for this user.", "Set HOME to a folder that you can write to.")
