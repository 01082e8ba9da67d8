"""Two commands started at once on an empty cache end well, and build each engine once."""

from __future__ import annotations

from field.kit import Kit
from field.tested import passes


def check(kit: Kit) -> str:
    """Run its test."""
    return passes(kit, "tests/integration/test_two_at_once.py")
