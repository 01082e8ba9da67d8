"""Marks words for translation where they stand in tables."""

from __future__ import annotations


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Return the text; lupdate finds calls of this name. Qt's own one has no types."""
    return text
