"""A web page saved as a checkpoint is named as such, before torch is imported."""

from __future__ import annotations

import resource

from field.kit import Kit, expect


def check(kit: Kit) -> str:
    """Import one."""
    (kit.folder / "vox-cpk.pth.tar").write_text("<!DOCTYPE html><html>quota exceeded</html>")
    before = _seconds()
    done = kit.avatarify("models", "import", "vox-cpk.pth.tar")
    used_s = _seconds() - before
    expect(done.returncode == 1 and "is a web page, not a checkpoint" in done.stderr, done.stderr)
    expect(used_s < 2, f"{used_s:.1f} s of processor time")
    return f"{used_s:.1f} s of processor time"


def _seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
