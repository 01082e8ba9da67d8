"""Drivers and portraits are read from pipes and standard input."""

from __future__ import annotations

import subprocess
import sys

from field.kit import LIMIT_S, Kit, expect


def check(kit: Kit) -> str:
    """Animate from a substituted process, from standard input, and with a portrait from a pipe."""
    kit.driver()
    kit.portrait()
    avatarify = f"{sys.executable} -P -m avatarify animate"
    lines = (
        f"{avatarify} mona-lisa <(cat d.mp4) -o 1.mp4 --size 320x360",
        f"cat d.mp4 | {avatarify} mona-lisa - -o 2.mp4 --size 320x360",
        f"{avatarify} <(cat p.png) d.mp4 -o 3.mp4 --size 320x360",
    )
    for line in lines:
        done = subprocess.run(
            ["bash", "-c", line],
            cwd=kit.folder,
            env=kit.environment(),
            capture_output=True,
            text=True,
            timeout=LIMIT_S,
            check=False,
        )
        expect(done.returncode == 0, f"{line.partition('animate')[2]}: {done.stderr}")
    return f"{len(lines)} ways"
