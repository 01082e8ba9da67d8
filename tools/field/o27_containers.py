"""``animate`` writes .mp4, .mov, .m4v, .mkv, .webm, and .gif, in any case."""

from __future__ import annotations

from field.films import animated, film, kinds
from field.kit import Kit, expect

SUFFIXES = ("mp4", "mov", "m4v", "mkv", "webm", "gif", "MOV")


def check(kit: Kit) -> str:
    """Write each from a clip with sound."""
    loud = film(kit.folder / "loud.mp4", [number / 25 for number in range(6)], tone_s=0.5)
    for suffix in SUFFIXES:
        animated(kit, "mona-lisa", loud, f"o.{suffix}")
        expected = ["video"] if suffix == "gif" else ["video", "audio"]
        expect(kinds(kit.folder / f"o.{suffix}") == expected, f"{suffix}: {kinds(kit.folder / f'o.{suffix}')}")
    return ", ".join(SUFFIXES)
