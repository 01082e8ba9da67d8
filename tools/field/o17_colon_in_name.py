"""A driver whose name has colons is read, and such a name is written."""

from __future__ import annotations

from field.films import animated
from field.kit import Kit


def check(kit: Kit) -> str:
    """Use a time of day as a name, as a relative path."""
    kit.driver("2026-11-22T10:30:00.mp4")
    animated(kit, "mona-lisa", "2026-11-22T10:30:00.mp4", "out 10:31.mp4")
    return "read and written"
