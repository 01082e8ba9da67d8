"""A clock that jumps, or files from the future, neither lose work nor keep leftovers forever."""

from __future__ import annotations

from field.kit import Kit
from field.tested import passes


def check(kit: Kit) -> str:
    """Run its tests."""
    return passes(kit, "tests/unit/test_clock.py")
