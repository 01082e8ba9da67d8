"""With a read-only cache the fast runtime is used anyway, and what is slower is said before the first frame."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from field.kit import LIMIT_S, Kit, expect


def check(kit: Kit) -> str:
    """Animate with a cache on a read-only file system, mounted in a name space of its own (as root)."""
    if os.geteuid() != 0 or shutil.which("unshare") is None:
        return "not tried: only root can mount a file system"
    kit.driver()
    (kit.folder / "ro").mkdir()
    program = Path(sys.executable).with_name("avatarify")
    words = "animate mona-lisa d.mp4 -o o.mp4 --size 320x360 --report r.json"
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", f"mount -t tmpfs -o ro none ro && {program} {words}"],
        cwd=kit.folder,
        env=kit.environment(AVATARIFY_CACHE=str(kit.folder / "ro" / "cache")),
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    expect(done.returncode == 0, done.stderr)
    report = json.loads((kit.folder / "r.json").read_text())
    expect(report["runtime"] == "openvino", f"{report['runtime']} is used")
    said = done.stderr.find("prepared again at each start")
    expect(0 <= said < done.stderr.find("compiling"), done.stderr)
    return "openvino; the warning came before the first step"
