"""A full disk at the first start is a warning, not an error."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from field.kit import LIMIT_S, Kit, expect


def check(kit: Kit) -> str:
    """Animate with a cache on a tiny file system, mounted in a name space of its own (as root)."""
    if os.geteuid() != 0 or shutil.which("unshare") is None:
        return "not tried: only root can mount a small file system"
    kit.driver()
    small = kit.folder / "small"
    small.mkdir()
    program = Path(sys.executable).with_name("avatarify")
    command = f"mount -t tmpfs -o size=300k none {small} && {program} animate mona-lisa d.mp4 -o o.mp4 --size 320x360"
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", command],
        cwd=kit.folder,
        env=kit.environment(AVATARIFY_CACHE=str(small / "cache")),
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    expect(done.returncode == 0 and "Unexpected" not in done.stderr, done.stderr)
    return "300 kB"
