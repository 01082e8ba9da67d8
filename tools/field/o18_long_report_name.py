"""A report with a long name is written."""

from __future__ import annotations

import json

from field.kit import Kit, expect


def check(kit: Kit) -> str:
    """Use the longest name that file systems take, and one that is longer."""
    name = "x" * 250 + ".json"
    done = kit.avatarify("devices", "--report", name)
    expect(done.returncode == 0 and "cameras" in json.loads((kit.folder / name).read_text()), done.stderr)
    done = kit.avatarify("devices", "--report", "x" * 300)
    expect(done.returncode in (1, 2) and "Unexpected" not in done.stderr and "too long" in done.stderr, done.stderr)
    return "255 letters written, 300 refused in words"
