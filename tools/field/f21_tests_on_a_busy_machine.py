"""Tests of the window pass beside two busy loops per core."""

from __future__ import annotations

import os
import subprocess
import sys

from field.kit import Kit
from field.tested import passes


def check(kit: Kit) -> str:
    """Run tests that wait for other threads and processes."""
    loops = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(2 * (os.cpu_count() or 1))]
    try:
        found = [passes(kit, f"tests/gui/{name}.py") for name in ("test_worker", "test_single_instance")]
    finally:
        for loop in loops:
            loop.kill()
            loop.wait()
    return f"{len(loops)} busy loops, {' and '.join(found)}"
