"""Names of cached files about an image (face, matte, thumbnail), by which all of them are found and deleted."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from avatarify import paths

FOLDERS = ("portraits", "thumbnails")


def cached_file(image: Path, kind: str, depends_on: str = "") -> Path:
    """Return the cache file of an image; it changes when the image does.

    Args:
        image: The image file.
        kind: One of ``FOLDERS``.
        depends_on: What else the content depends on.

    Raises:
        OSError: The image is missing.
    """
    facts = image.stat()
    state = f"{facts.st_mtime_ns} {facts.st_size} {depends_on}"
    suffix = ".npz" if kind == "portraits" else ".png"
    return paths.cache() / kind / f"{_digest(_place(image))}-{_digest(state)}{suffix}"


def forget(image: Path, kinds: tuple[str, ...] = FOLDERS) -> None:
    """Delete what is cached about an image, in whatever version of it; the image may be gone."""
    for file in _about(_digest(_place(image)), kinds):
        with contextlib.suppress(OSError):
            file.unlink(missing_ok=True)


def forget_others(file: Path) -> None:
    """Delete what is cached about earlier versions of the image whose cache file this is."""
    for other in _about(file.name.partition("-")[0], (file.parent.name,)):
        if other != file:
            with contextlib.suppress(OSError):
                other.unlink(missing_ok=True)


def _about(start: str, kinds: tuple[str, ...]) -> Iterator[Path]:
    for kind in kinds:
        yield from list((paths.cache() / kind).glob(f"{start}-*"))
        yield from list((paths.cache() / kind).glob(f".{start}-*"))  # what a killed process left


def _place(image: Path) -> str:
    return os.path.realpath(image)


def _digest(text: str) -> str:
    return hashlib.sha256(os.fsencode(text)).hexdigest()[:24]
