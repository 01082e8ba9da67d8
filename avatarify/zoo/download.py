"""Downloads checkpoints, known ones by name or the user's own by address, and imports them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

from avatarify import paths
from avatarify.errors import ModelError, UsageError
from avatarify.zoo.fetch import fetch
from avatarify.zoo.importer import UNKNOWN_TERMS, Progress, free_name, import_checkpoint, silent
from avatarify.zoo.manifest import ModelEntry, is_sha256

_OWN = "For a file of your own choice give --url and --sha256."


@dataclass(frozen=True, slots=True)
class Download:
    """A checkpoint that can be downloaded.

    Attributes:
        name: What the model will be called.
        urls: Addresses of the same file, http or https, tried in order.
        sha256: Of the file, 64 hexadecimal digits.
        licence: Under which terms its weights may be used.
    """

    name: str
    urls: Sequence[str]
    sha256: str
    licence: str = UNKNOWN_TERMS


def known_downloads() -> dict[str, Download]:
    """Return the downloads listed in ``downloads.json``, by name."""
    text = files("avatarify.zoo").joinpath("downloads.json").read_text(encoding="utf-8")
    return {item["name"]: Download(**item) for item in json.loads(text)}


def find_download(name: str) -> Download:
    """Return the known download with this name.

    Raises:
        UsageError: there is none.
    """
    known = known_downloads()
    if name not in known:
        names = f"Known are: {', '.join(known)}. " if known else ""
        raise UsageError(f"No download is known for the model '{name}'.", names + _OWN)
    return known[name]


def own_download(name: str, urls: Sequence[str], sha256: str) -> Download:
    """Describe a download of the user's own.

    Raises:
        UsageError: an address is not http(s), or the hash is not a SHA-256.
    """
    for url in urls:
        if not url.startswith(("https://", "http://")):
            hint = "Give an address that starts with https://; for a file use 'models import'."
            raise UsageError(f"'{url}' cannot be downloaded.", hint)
    if not is_sha256(sha256.lower()):
        raise UsageError(f"'{sha256}' is not a SHA-256.", "It has 64 hexadecimal digits; sha256sum FILE prints it.")
    return Download(name, tuple(urls), sha256.lower())


def download(wanted: Download, progress: Progress = silent, *, sizes: str = "full") -> ModelEntry:
    """Download a checkpoint and import it; a download that broke off is continued.

    Args:
        wanted: From ``find_download`` or ``own_download``.
        progress: Told what happens.
        sizes: See ``import_checkpoint``.

    Raises:
        UsageError: the name cannot be used, or is taken.
        ModelError: no address gave the file, or it is not a checkpoint of this model.
    """
    folder = paths.cache() / "downloads"
    file = folder / f"{free_name(wanted.name)}.pth.tar"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ModelError(f"The folder {folder} cannot be written: {error.strerror}.", "Make it writable.") from error
    fetch(wanted.urls, wanted.sha256, file, lambda done, total: progress(*_told(done, total)))
    try:
        origin = f"downloaded from {wanted.urls[0]}"
        return import_checkpoint(file, wanted.name, progress, sizes=sizes, licence=wanted.licence, origin=origin)
    finally:
        file.unlink(missing_ok=True)


def _told(done: int, total: int) -> tuple[str, float]:
    of_all = f" of {total / 1e6:.1f}" if total else ""
    return f"Downloading: {done / 1e6:.1f}{of_all} MB", done / total if total else 0
