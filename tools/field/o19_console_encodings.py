"""Every command works on a console that has not all letters."""

from __future__ import annotations

from typing import Any

from field.kit import Kit, expect

ENCODINGS = ("ascii", "cp1252", "cp437", "latin-1", "shift_jis")


def check(kit: Kit) -> str:
    """List devices and models, and fail, in each encoding and in the locales C and POSIX."""
    surroundings: list[dict[str, Any]] = [{"PYTHONIOENCODING": name} for name in ENCODINGS]
    surroundings += [{"LC_ALL": name, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"} for name in ("C", "POSIX")]
    for more in surroundings:
        for words, code in (
            (("devices",), 0),
            (("models", "list"), 0),
            (("animate", "猫.png", "ü.mp4", "-o", "ö.mp4"), 1),
        ):
            done = kit.avatarify(*words, **more)
            expect(done.returncode == code and "Unexpected" not in done.stderr, f"{more} {words[0]}: {done.stderr}")
    return f"{len(surroundings)} encodings, 3 commands"
