"""The socket of the running window is not in a folder that others can write to."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from field.kit import Kit, expect

_CODE = "from avatarify.ui.single_instance import server_name; print(server_name())"


def check(kit: Kit) -> str:
    """Ask for the socket's name, without a session folder, with one, and with one that others control."""
    found = []
    for mode in (None, 0o700, 0o777):
        folder = kit.folder / f"run-{mode}"
        temporary = kit.folder / f"tmp-{mode}"
        temporary.mkdir()
        if mode is not None:
            folder.mkdir()
            folder.chmod(mode)
        environment = kit.environment(XDG_RUNTIME_DIR=str(folder) if mode else "", TMPDIR=str(temporary))
        asked = [sys.executable, "-P", "-c", _CODE]
        name = subprocess.run(asked, env=environment, cwd=kit.folder, capture_output=True, text=True, check=True).stdout
        place = Path(name.strip()).parent
        state = place.stat()
        expect(state.st_uid == os.getuid() and not state.st_mode & 0o077, f"{place} has mode {state.st_mode:o}")
        found.append(place.name)
    return ", ".join(found)
