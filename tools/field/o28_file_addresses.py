"""Paths are taken as people give them: with ~, or as file:// addresses."""

from __future__ import annotations

from field.kit import Kit
from field.tested import passes


def check(kit: Kit) -> str:
    """Run the tests of it."""
    return passes(kit, "tests/unit/test_files.py", "as_people_give_them")
