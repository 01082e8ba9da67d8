"""Options that had another name in an earlier version: they go on working, and a note gives the new name."""

from __future__ import annotations

import sys
from collections.abc import Sequence

RENAMED = {"--out": "--output"}
_RENAMED_IN = {"figures": {"--source": "--portrait"}}


def with_new_names(words: Sequence[str]) -> list[str]:
    """Return a command line with the options' present names; note each old one on stderr."""
    names = RENAMED | _RENAMED_IN.get(words[0], {})
    found: list[str] = []
    for place, word in enumerate(words):
        if word == "--":
            return found + list(words[place:])
        name, equals, value = word.partition("=")
        if name in names:
            sys.stderr.write(f"avatarify: note: {name} is now called {names[name]}.\n")
            name = names[name]
        found.append(name + equals + value)
    return found
