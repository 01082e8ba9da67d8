"""What is done to the user's folders at every start: only this user may enter them, and leftovers are removed."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

from avatarify import paths
from avatarify.partial import sweep


def tidy_folders() -> None:
    """Close the folders of cache, data, and settings to other users, and remove what killed processes left there.

    A folder that the user has chosen by an environment variable may be meant for several users: its mode is left alone.
    """
    roots = {"CACHE": paths.cache(), "DATA": paths.data(), "CONFIG": paths.config()}
    for name, folder in roots.items():
        if not os.environ.get(f"AVATARIFY_{name}"):
            _close(folder)
    sweep(*roots.values())


def _close(folder: Path) -> None:
    if sys.platform == "win32":
        return
    with contextlib.suppress(OSError):
        state = folder.stat()
        if state.st_uid == os.geteuid() and state.st_mode & 0o077:
            folder.chmod(0o700)
