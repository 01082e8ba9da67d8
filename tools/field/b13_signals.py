"""Signals end every long command with their exit code; no child and no half-written file is left."""

from __future__ import annotations

from field.kit import Kit
from field.tested import passes


def check(kit: Kit) -> str:
    """Run its tests: seven commands, three signals."""
    return passes(kit, "tests/integration/test_signals.py")
