"""A web page saved as a checkpoint is named as such before torch is imported."""

from __future__ import annotations

from field.kit import Kit
from field.tested import passes


def check(kit: Kit) -> str:
    """Run the tests of it."""
    return passes(kit, "tests/unit/networks/fomm/test_checkpoint.py", "web_page")
