"""Deleting a portrait deletes everything that was derived from it."""

from __future__ import annotations

import subprocess
import sys

from field.kit import Kit, expect

_CODE = """
from PySide6.QtGui import QGuiApplication, QImage
from avatarify.ui.portrait_files import PortraitFiles, item
from avatarify import paths
app = QGuiApplication([])
files = PortraitFiles()
added = files.add_portrait(QImage("p.png"), "ann")
made = [file for file in paths.cache().rglob("*") if file.is_file()]
open_to_others = [str(file) for file in (*made, paths.data() / "portraits" / "ann.jpg") if file.stat().st_mode & 0o077]
files.delete_portrait(item("ann", paths.data() / "portraits" / "ann.jpg"))
files.purge_deleted()
left = [str(file) for folder in (paths.cache(), paths.data()) for file in folder.rglob("*") if file.is_file()]
print(len(made), open_to_others, left)
"""


def check(kit: Kit) -> str:
    """Add a portrait as the window does, delete it, and look for what is left."""
    kit.portrait()
    done = subprocess.run(
        [sys.executable, "-P", "-c", _CODE],
        cwd=kit.folder,
        env=kit.environment(AVATARIFY_CACHE=str(kit.folder / "cache")),
        capture_output=True,
        text=True,
        check=False,
    )
    expect(done.stdout.strip() == "2 [] []", done.stdout + done.stderr[-200:])
    return "2 cached files"
