"""HDR videos (PQ, HLG) and wide colors look like others."""

from __future__ import annotations

from field.kit import Kit
from field.tested import passes


def check(kit: Kit) -> str:
    """Run its tests, which write such files."""
    return passes(kit, "tests/unit/capture/test_colors.py")
