"""``animate`` keeps the sound of its driver, and leaves it out if asked."""

from __future__ import annotations

from field.films import animated, film, kinds
from field.kit import Kit, expect


def check(kit: Kit) -> str:
    """Animate a clip with sound, with and without it."""
    loud = film(kit.folder / "loud.mp4", [number / 25 for number in range(6)], tone_s=0.5)
    animated(kit, "mona-lisa", loud, "o.mp4")
    expect(kinds(kit.folder / "o.mp4") == ["video", "audio"], kinds(kit.folder / "o.mp4"))
    animated(kit, "mona-lisa", loud, "silent.mp4", "--no-sound")
    expect(kinds(kit.folder / "silent.mp4") == ["video"], "--no-sound kept it")
    return "kept, and left out with --no-sound"
