"""Names of outputs and sinks are checked before anything is loaded."""

from __future__ import annotations

from field.kit import Kit
from field.tested import passes


def check(kit: Kit) -> str:
    """Run the tests of it."""
    return passes(kit, "tests/unit/test_api.py", "sinks_are_checked")
