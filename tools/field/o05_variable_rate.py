"""Pictures of a driver with a variable frame rate keep their times."""

from __future__ import annotations

from field.films import animated, film, times
from field.kit import Kit, expect


def check(kit: Kit) -> str:
    """Animate a clip with a pause of two seconds."""
    given = [number / 60 + 2 * (number > 9) for number in range(12)]
    animated(kit, "mona-lisa", film(kit.folder / "pause.mp4", given), "o.mp4")
    made = times(kit.folder / "o.mp4")
    expect(len(made) == len(given), f"{len(made)} pictures of {len(given)}")
    worst = max(abs(a - b) for a, b in zip(made, given, strict=True))
    expect(worst < 0.01, f"a picture is {worst:.2f} s off")
    return f"the eleventh picture is at {made[10]:.2f} s"
