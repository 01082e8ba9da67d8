"""A driver of 480 frames per second is animated."""

from __future__ import annotations

from field.films import animated, film, times
from field.kit import Kit, expect


def check(kit: Kit) -> str:
    """Animate eight frames of it."""
    animated(kit, "mona-lisa", film(kit.folder / "slow.mp4", [number / 480 for number in range(8)]), "o.mp4")
    made = times(kit.folder / "o.mp4")
    expect(made and abs(made[-1] - 7 / 480) < 0.005, f"the last picture is at {made[-1:]} s")
    return f"{len(made)} pictures, the last at {made[-1]:.3f} s"
