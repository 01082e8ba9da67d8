"""A crash is announced once, and old reports are deleted."""

from __future__ import annotations

import subprocess
import sys

from field.kit import Kit, expect

_CODE = "from avatarify.ui import crash; print(crash.take_end() is not None, len(crash.reports()))"


def check(kit: Kit) -> str:
    """Leave many reports of killed runs, and start twice."""
    folder = kit.folder / "data" / "reports"
    folder.mkdir(parents=True)
    for number in range(30):
        (folder / f"end {9_990_000 + number}.txt").write_text("ended")
    found = []
    for _ in range(2):
        asked = [sys.executable, "-P", "-c", _CODE]
        found.append(subprocess.run(asked, env=kit.environment(), capture_output=True, text=True, check=True).stdout)
    expect([text.strip() for text in found] == ["True 10", "False 10"], found)
    return "30 reports"
