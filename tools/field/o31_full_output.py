"""A full or closed standard output is answered in words."""

from __future__ import annotations

import subprocess
import sys

from field.kit import LIMIT_S, Kit, expect


def check(kit: Kit) -> str:
    """Send results to a full device, to closed descriptors, and to a reader that has gone."""
    cases = {">/dev/full": (1, "The result cannot be written"), ">&-": (0, ""), "2>&-": (0, ""), "| true": (0, "")}
    for shell, (code, sentence) in cases.items():
        for words in ("devices", "models list", "doctor --json"):
            done = subprocess.run(
                ["sh", "-c", f"{sys.executable} -P -m avatarify {words} {shell}"],
                cwd=kit.folder,
                env=kit.environment(),
                capture_output=True,
                text=True,
                timeout=LIMIT_S,
                check=False,
            )
            expected = done.returncode == code or (words.startswith("doctor") and done.returncode == 1)
            expect(expected and sentence in done.stderr, f"{words} {shell}: {done.returncode}: {done.stderr}")
            expect(
                "Unexpected" not in done.stderr and "Traceback" not in done.stderr, f"{words} {shell}: {done.stderr}"
            )
    return f"3 commands, {len(cases)} kinds of output"
