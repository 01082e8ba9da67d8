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

from avatarify.partial import temporary_path

IMAGE_SUFFIXES = (".png", ".jpg", ".jpeg", ".webp", ".avif", ".bmp", ".tif", ".tiff")  # what ``images`` can read
# As the formatter writes them: docstrings begin a line, comments begin one or follow two spaces.
_COMMENTS = re.compile(r'^\s*"""(?s:.*?)"""$|(?:^\s*|  )#(?: .*)?$', re.MULTILINE)


def path_of(text: str) -> Path:
    """Return the path that a person gave: as such, with ``~``, or as the ``file://`` address that desktops copy.

    A file that is there is meant as such: its name may begin with ``~``.
    """
    if text.casefold().startswith("file://"):
        from urllib.parse import urlsplit
        from urllib.request import url2pathname  # imports the web client

        return Path(url2pathname(urlsplit(text).path))
    path = Path(text)
    if path.exists():
        return path
    with contextlib.suppress(RuntimeError):  # there is no such user
        return path.expanduser()
    return path


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
    with atomic_path(file, private=private) as path, path.open("wb") as stream:
        yield stream


@contextlib.contextmanager
def atomic_path(file: Path, *, private: bool = False) -> Iterator[Path]:
    """Give a library that writes files by name a temporary one, which replaces ``file`` when the block ends.

    Args:
        file: Where the result goes. Devices, pipes, and symbolic links are not replaced: their own path is given.
        private: Let only this user read it (mode 0600).

    Raises:
        OSError: The result cannot be moved into place; the earlier file is still there.
    """
    if is_special(file):
        yield file
        return
    temporary = temporary_path(file)
    try:
        if private:
            temporary.touch(mode=0o600, exist_ok=False)  # the library opens it, and leaves its mode
        yield temporary
        _sync(temporary)
        temporary.replace(file)
        _sync_folder(file.parent)
    finally:
        temporary.unlink(missing_ok=True)


@contextlib.contextmanager
def atomic_folder(folder: Path, *, private: bool = False) -> Iterator[Path]:
    """Give a temporary folder to fill, which is renamed to ``folder`` when the block ends without an exception.

    Args:
        folder: It must not exist; missing folders above it are created.
        private: Let only this user enter it (mode 0700), and wait until its files are on the disk.

    Raises:
        FileExistsError: ``folder`` is there; it is left alone.
        OSError: It cannot be written.
    """
    temporary = temporary_path(folder)
    private_folder(folder.parent) if private else folder.parent.mkdir(parents=True, exist_ok=True)
    temporary.mkdir(mode=0o700 if private else 0o777)
    try:
        yield temporary
        for file in temporary.iterdir() if private else ():
            _sync(file)
        if folder.exists():
            raise FileExistsError(f"{folder} exists")
        temporary.rename(folder)
        _sync_folder(folder.parent)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


@contextlib.contextmanager
def scratch_folder(file: Path) -> Iterator[Path]:
    """Give an empty temporary folder beside a file, and remove it when the block ends.

    Raises:
        OSError: It cannot be created.
    """
    temporary = temporary_path(file)
    temporary.mkdir(mode=0o700)
    try:
        yield temporary
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def private_folder(folder: Path) -> None:
    """Create a folder, and those above it that are missing, for this user only (mode 0700); it may be there.

    Raises:
        OSError: It cannot be created.
    """
    for place in reversed([place for place in (folder, *folder.parents) if not place.exists()]):
        place.mkdir(mode=0o700, exist_ok=True)


def replace_or_write_through(temporary: Path, file: Path) -> None:
    """Move a finished temporary file to its place; a device, pipe, or symbolic link there is written to instead.

    Raises:
        OSError: It cannot be written; the earlier file is still there.
    """
    if not is_special(file):
        temporary.replace(file)
        _sync_folder(file.parent)
        return
    with temporary.open("rb") as source, file.open("wb") as target:
        shutil.copyfileobj(source, target)
    temporary.unlink()


def is_special(file: Path) -> bool:
    """Return whether a file must not be replaced: a device, pipe, or symbolic link."""
    return file.is_symlink() or (file.exists() and not file.is_file())


def _sync(file: Path) -> None:
    """Wait until a file is on the disk."""
    with file.open("r+b") as stream:
        os.fsync(stream.fileno())


def _sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk; some systems cannot."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


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
