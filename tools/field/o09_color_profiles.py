"""Colors of Display P3 are converted to sRGB."""

from __future__ import annotations

from field.kit import Kit
from field.tested import passes


def check(kit: Kit) -> str:
    """Run the tests of it."""
    return passes(kit, "tests/unit/test_images.py", "wide_profile")
