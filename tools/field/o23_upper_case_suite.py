"""A suite of clips with upper-case suffixes is evaluated."""

from __future__ import annotations

from field.kit import Kit, expect


def check(kit: Kit) -> str:
    """Name a clip as phones do."""
    (kit.folder / "suite").mkdir()
    kit.driver("d.mp4").rename(kit.folder / "suite" / "IMG_0001.MP4")
    done = kit.avatarify("evaluate", "--suite", "suite", "--frames", 5)
    expect(done.returncode == 0 and "IMG_0001" in done.stdout, done.stderr)
    return "evaluated"
