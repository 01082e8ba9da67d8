"""Downloads checkpoints, known ones by name or the user's own by address, and imports them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

from avatarify import paths
from avatarify.errors import ModelError, UsageError
from avatarify.files import private_folder
from avatarify.messages import Message
from avatarify.zoo.fetch import LARGEST, fetch, is_allowed
from avatarify.zoo.importer import UNKNOWN_TERMS, Progress, free_name, import_checkpoint, no_progress
from avatarify.zoo.manifest import ModelEntry, is_sha256


@dataclass(frozen=True, slots=True)
class Download:
    """A checkpoint that can be downloaded.

    Attributes:
        name: Name of the model that is made of it.
        urls: Addresses of the same file, https, tried in order.
        sha256: Of the file, 64 hexadecimal digits.
        licence: The license of its weights.
        size: Of the file, bytes; a server that sends more is given up.
    """

    name: str
    urls: Sequence[str]
    sha256: str
    licence: str = UNKNOWN_TERMS
    size: int = LARGEST


def known_downloads() -> dict[str, Download]:
    """Return the downloads listed in ``downloads.json``, by name."""
    text = files("avatarify.zoo").joinpath("downloads.json").read_text(encoding="utf-8")
    return {item["name"]: Download(**item) for item in json.loads(text)}


def find_download(name: str) -> Download:
    """Return the known download with this name.

    Raises:
        UsageError: There is none.
    """
    known = known_downloads()
    if name in known:
        return known[name]
    if known:
        raise UsageError(
            "No download is known for the model '{name}'.",
            "Known downloads: {known}. For another file use --url and --sha256.",
            name=name,
            known=list(known),
        )
    raise UsageError(
        "No download is known for the model '{name}'.",
        "Use --url and --sha256 to download a file of your choice.",
        name=name,
    )


def own_download(name: str, urls: Sequence[str], sha256: str) -> Download:
    """Describe a download from addresses that the user gives.

    Args:
        name: Name of the model that is made of it.
        urls: Addresses of the same file: https, or http on this computer.
        sha256: Of the file, 64 hexadecimal digits in either case.

    Raises:
        UsageError: An address is not https, or the hash is not a SHA-256.
    """
    for url in urls:
        if not is_allowed(url):
            raise UsageError(
                "'{url}' cannot be downloaded.",
                "Give an address that starts with https://. For a local file use 'models import'.",
                url=url,
            )
    if not is_sha256(sha256.lower()):
        raise UsageError(
            "'{text}' is not a SHA-256.", "It has 64 hexadecimal digits; sha256sum FILE prints it.", text=sha256
        )
    return Download(name, tuple(urls), sha256.lower())


def download(wanted: Download, progress: Progress = no_progress, *, sizes: str | None = None) -> ModelEntry:
    """Download a checkpoint and import it; an interrupted download is resumed.

    Args:
        wanted: From ``find_download`` or ``own_download``.
        progress: Called with each step.
        sizes: See ``import_checkpoint``.

    Returns:
        The new model.

    Raises:
        UsageError: The name is not allowed or taken.
        ModelError: No address delivered the file, or it is not a checkpoint of this model.
    """
    folder = paths.cache() / "downloads"
    file = folder / f"{free_name(wanted.name)}.pth.tar"
    try:
        private_folder(folder)
    except OSError as error:
        raise ModelError(
            "The folder {folder} cannot be written: {reason}.",
            "Make it writable.",
            folder=folder,
            reason=error.strerror,
        ) from error
    fetch(wanted.urls, wanted.sha256, file, lambda done, total: progress(*_step(done, total)), wanted.size)
    try:
        origin = f"downloaded from {wanted.urls[0]}"
        return import_checkpoint(file, wanted.name, progress, sizes=sizes, licence=wanted.licence, origin=origin)
    finally:
        file.unlink(missing_ok=True)


def _step(done: int, total: int) -> tuple[Message, float]:
    """Describe a download of so many bytes; return its message and the fraction that is done."""
    if not total:
        return Message("Downloading: {done:.1f} MB", done=done / 1e6), 0
    return Message("Downloading: {done:.1f} of {total:.1f} MB", done=done / 1e6, total=total / 1e6), done / total
