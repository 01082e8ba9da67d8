"""Files that appear complete or not at all, whatever kills the process that writes them; and their hashes."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

IMAGE_SUFFIXES = (".png", ".jpg", ".jpeg", ".webp", ".avif", ".bmp", ".tif", ".tiff")  # what ``images`` can read
_PARTIAL = ".part"
# As the formatter writes them: docstrings begin a line, comments begin one or follow two spaces.
_COMMENTS = re.compile(r'^\s*"""(?s:.*?)"""$|(?:^\s*|  )#(?: .*)?$', re.MULTILINE)


def path_of(text: str) -> Path:
    """Return the path that a person gave: as such, with ``~``, or as the ``file://`` address that desktops copy."""
    if text.casefold().startswith("file://"):
        from urllib.parse import urlsplit
        from urllib.request import url2pathname  # imports the web client

        return Path(url2pathname(urlsplit(text).path))
    return Path(text).expanduser()


def write_atomic(file: Path, content: bytes, *, private: bool = False) -> None:
    """Write a file (see ``open_atomic``).

    Raises:
        OSError: It cannot be written; the earlier file is still there.
    """
    with open_atomic(file, private=private) as stream:
        stream.write(content)


@contextlib.contextmanager
def open_atomic(file: Path, *, private: bool = False) -> Iterator[BinaryIO]:
    """Open a file for writing; it replaces the earlier one when the block ends without an exception.

    Devices, pipes, and symbolic links are written through instead: a report may go to ``/dev/stdout``.

    Args:
        file: Its folder must exist.
        private: Let only this user read it (mode 0600).

    Raises:
        OSError: It cannot be written; the earlier file is still there.
    """
    with atomic_path(file) as path, open(path, "wb", opener=_private if private else None) as stream:
        yield stream
        if path != file:
            stream.flush()
            os.fsync(stream.fileno())


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


@contextlib.contextmanager
def atomic_path(file: Path) -> Iterator[Path]:
    """Give a library that writes files by name a temporary one, which replaces ``file`` when the block ends.

    Args:
        file: Where the result goes. Devices, pipes, and symbolic links are not replaced: their own path is given.

    Raises:
        OSError: The result cannot be moved into place; the earlier file is still there.
    """
    if file.is_symlink() or (file.exists() and not file.is_file()):
        yield file
        return
    temporary = temporary_path(file)
    try:
        yield temporary
        temporary.replace(file)
    finally:
        temporary.unlink(missing_ok=True)


@contextlib.contextmanager
def atomic_folder(folder: Path) -> Iterator[Path]:
    """Give a temporary folder to fill, which is renamed to ``folder`` when the block ends without an exception.

    Raises:
        FileExistsError: ``folder`` is there; it is left alone.
        OSError: It cannot be written.
    """
    temporary = temporary_path(folder)
    temporary.mkdir(parents=True)
    try:
        yield temporary
        if folder.exists():
            raise FileExistsError(f"{folder} exists")
        temporary.rename(folder)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def temporary_path(path: Path) -> Path:
    """Return a new hidden name beside a file or folder; ``remove_partial`` finds it if its process was killed."""
    return path.with_name(f".{path.name}.{os.getpid()}-{os.urandom(4).hex()}{_PARTIAL}")


def remove_partial(path: Path) -> None:
    """Remove what a killed process left of a file or folder; call it while no other process writes it."""
    for left in path.parent.glob(f".{path.name}.*{_PARTIAL}"):
        if left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)


def sha256_of(file: Path) -> str:
    """Return the SHA-256 of a file, 64 lower-case hexadecimal digits.

    Raises:
        OSError: It cannot be read.
    """
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@functools.cache
def code_digest(*parts: str) -> bytes:
    """Return the SHA-256 of some of this package's own source: what was made from it is stale once it changes.

    Comments, docstrings, and empty lines do not count.

    Args:
        parts: Folders (all their ``*.py``, at any depth) or files, relative to the package, with forward slashes.
    """
    package, digest = Path(__file__).resolve().parent, hashlib.sha256()
    for part in parts:
        place = package / part
        for file in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            lines = _COMMENTS.sub("", file.read_text(encoding="utf-8")).splitlines()
            digest.update("\n".join(line for line in lines if line.strip()).encode())
    return digest.digest()
