"""Weights that are not finite as float32, of unusual kinds, or a million are refused at once."""

from __future__ import annotations

from field.kit import Kit
from field.tested import passes


def check(kit: Kit) -> str:
    """Run the tests of it."""
    return passes(kit, "tests/unit/networks/fomm/test_checkpoint.py", "unusual or beyond or very_many")
