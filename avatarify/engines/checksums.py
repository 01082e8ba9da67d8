"""Checksums of the files in a folder, by which damaged ones are found before they are used."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path

from avatarify.files import sha256_of, write_atomic

_FILE = "sha256.json"
_UNREADABLE = (OSError, ValueError, KeyError, TypeError, RecursionError)


def write_checksums(folder: Path) -> None:
    """Write the SHA-256 of all files in a folder; what has none there does not count as complete."""
    sums = {file.name: sha256_of(file) for file in sorted(folder.iterdir()) if file.name != _FILE}
    write_atomic(folder / _FILE, json.dumps(sums, indent=2).encode() + b"\n")


def remove_checksums(folder: Path) -> None:
    """Declare a folder incomplete, before its files are written again."""
    (folder / _FILE).unlink(missing_ok=True)


def read_checksum(folder: Path, name: str) -> str | None:
    """Return the recorded SHA-256 of a file, 64 hexadecimal digits; None if there is none."""
    try:
        return str(json.loads((folder / _FILE).read_text(encoding="utf-8"))[name])
    except _UNREADABLE:
        return None


def is_intact(folder: Path, names: Collection[str]) -> bool:
    """Return whether all these files have their recorded SHA-256."""
    try:
        return all(sha256_of(folder / name) == read_checksum(folder, name) for name in names)
    except OSError:
        return False
