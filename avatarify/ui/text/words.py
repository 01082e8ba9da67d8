"""Marks strings in tables for translation."""

from __future__ import annotations


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Return the text; the extractor finds calls of this name. Qt's own function has no types."""
    return text
