"""A trimmed clip is not called damaged, and a cover is no video; animated WebP is one (O10, O15, O29)."""

from __future__ import annotations

from field.kit import Kit
from field.tested import passes


def check(kit: Kit) -> str:
    """Run the tests of it."""
    return passes(kit, "tests/unit/capture/test_media.py", "trimmed or cover or webp")
