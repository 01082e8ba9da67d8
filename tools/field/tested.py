"""Recipes that are tests of their own: they are run as a stranger would run them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from field.kit import Kit, expect

ROOT = Path(__file__).parents[2]


def passes(kit: Kit, file: str, which: str = "") -> str:
    """Run tests of a file, all or those whose names match; return what pytest counted."""
    command = [sys.executable, "-m", "pytest", "-q", "-rN", str(ROOT / file), "-k", which]
    env = kit.environment(AVATARIFY_TEST_ALL="1")
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    expect(done.returncode == 0, done.stdout[-400:])
    return f"{done.stdout.count('.')} tests"
