"""A torn cache file is made again."""

from __future__ import annotations

import os

from field.kit import Kit, expect


def check(kit: Kit) -> str:
    """Truncate every cached portrait and reference, and animate again."""
    kit.driver()
    words = ("animate", "mona-lisa", "d.mp4", "-o", "o.mp4", "--size", "320x360")
    expect(kit.avatarify(*words).returncode == 0, "the first run failed")
    torn = list((kit.shared / "cache").rglob("*.npz"))
    for size in (0, 30, 3000):
        for file in torn:
            if file.exists():
                os.truncate(file, size)
        done = kit.avatarify(*words)
        expect(done.returncode == 0 and "openvino is not used" not in done.stderr, f"{size} bytes: {done.stderr}")
    return f"{len(torn)} files, 3 sizes"
