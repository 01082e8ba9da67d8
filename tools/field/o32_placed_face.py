"""A face can be placed by hand."""

from __future__ import annotations

from field.kit import Kit
from field.tested import passes


def check(kit: Kit) -> str:
    """Run the tests of it."""
    return passes(kit, "tests/unit/animate/test_portrait.py", "place")
