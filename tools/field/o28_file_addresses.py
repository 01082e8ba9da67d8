"""Paths are taken as people give them: as ``file://`` addresses, with ``~``, and with a name that begins with ``~``."""

from __future__ import annotations

from urllib.request import pathname2url

from field.films import animated
from field.kit import Kit, expect


def check(kit: Kit) -> str:
    """Give portrait, driver, and output in these ways."""
    portrait, driver = kit.portrait("my portrait.png"), kit.driver("~clip.mp4")
    address = f"file://{pathname2url(str(portrait))}"
    animated(kit, address, "~clip.mp4", "1.mp4")
    done = kit.avatarify(
        "animate", "~/my portrait.png", driver, "-o", "~/2.mp4", "--size", "320x360", HOME=str(kit.folder)
    )
    expect(done.returncode == 0 and (kit.folder / "2.mp4").is_file(), done.stderr)
    return "3 ways"
