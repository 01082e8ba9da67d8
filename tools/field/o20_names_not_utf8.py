"""Names that are not UTF-8 are written and reported."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from field.kit import LIMIT_S, Kit, expect


def check(kit: Kit) -> str:
    """Write a video with a name in Latin-1, on a console that is strict."""
    kit.driver()
    words = [b"animate", b"mona-lisa", b"d.mp4", b"-o", b"caf\xe9.mp4", b"--size", b"320x360", b"--report", b"r.json"]
    done = subprocess.run(
        [os.fsencode(sys.executable), b"-P", b"-m", b"avatarify", *words],
        cwd=kit.folder,
        env=kit.environment(PYTHONIOENCODING="utf-8:strict"),
        capture_output=True,
        timeout=LIMIT_S,
        check=False,
    )
    expect(done.returncode == 0 and os.path.isfile(os.fsencode(kit.folder) + b"/caf\xe9.mp4"), done.stderr)
    expect(json.loads((kit.folder / "r.json").read_text())["frames"] == 6, "no report")
    return "written, with its report"
