"""2,000 damaged files are read or refused with a sentence; closed and full consoles are no exceptions."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from field.kit import Kit, expect


def check(kit: Kit) -> str:
    """Run the fuzzer of the tests and the tests of consoles."""
    tests = Path(__file__).parents[2] / "tests" / "unit"
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        str(tests / "test_fuzz.py"),
        str(tests / "cli" / "test_console.py"),
    ]
    env = kit.environment(AVATARIFY_TEST_ALL="1")
    done = subprocess.run(command, cwd=tests.parents[1], env=env, capture_output=True, text=True, check=False)
    expect(done.returncode == 0, done.stdout[-400:])
    return "0 errors of another kind"
