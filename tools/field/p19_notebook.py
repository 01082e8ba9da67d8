"""The notebook of the Python API runs from its first cell to its last."""

from __future__ import annotations

from field.kit import Kit
from field.tested import passes


def check(kit: Kit) -> str:
    """Run the test that executes its cells, without Jupyter."""
    return passes(kit, "tests/unit/test_notebook.py")
