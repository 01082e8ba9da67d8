"""Names of outputs and sinks are checked before anything is loaded."""

from __future__ import annotations

import resource

from field.kit import Kit, expect


def check(kit: Kit) -> str:
    """Use names that cannot be written, and measure the processor time until they are refused."""
    driver = kit.driver()
    (kit.folder / "folder.mp4").mkdir()
    worst = 0.0
    animate = ("animate", "mona-lisa", driver, "--neutral", "best", "-o")
    run = ("run", "--camera", "demo", "--portrait", "mona-lisa", "--sink")
    for words in (
        *((*animate, name) for name in ("o.xyz", "missing/o.mp4", "folder.mp4", "o")),
        *((*run, name) for name in ("x.mkv", "missing/x.mp4", "folder.mp4")),
    ):
        before = _seconds()
        done = kit.avatarify(*words)
        worst = max(worst, _seconds() - before)
        expect(done.returncode in (1, 2) and "Unexpected" not in done.stderr, f"{words[-1]}: {done.stderr}")
    expect(worst < 1.5, f"{worst:.1f} s of processor time")
    return f"7 names, at most {worst:.1f} s of processor time"


def _seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
