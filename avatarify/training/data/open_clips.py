"""Clips of one head each, on disk: written by ``dataset render`` and ``dataset prepare``, read by every trainer.

- ``DIR/dataset.json``: ``{"format": 1, "kind": one of ``KINDS``, "size": 256, ...}``
- ``DIR/clips/NAME/0000.jpg ...``: RGB, square, ``size`` pixels
- ``DIR/clips/NAME/clip.json``: ``{"frames": F, "identity": str, ...}``; its presence marks a complete clip
- ``DIR/clips/NAME/truth.npz``: only in rendered clips, see ``Truth``
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from avatarify.errors import InputError
from avatarify.training.data.clip import Clip
from avatarify.training.data.clips import Clips
from avatarify.training.data.picture_cache import PictureCache

FORMAT = 1
KINDS = ("rendered", "prepared", "arm", "body")
CACHE_BYTES = 4 << 30
_MAKE = "Create one with 'avatarify dataset render' or 'avatarify dataset prepare'."


def open_clips(folder: Path, cache_bytes: int = CACHE_BYTES) -> Clips:
    """List the complete clips of a data set; images are decoded on demand.

    Args:
        folder: Written by ``dataset render`` or ``dataset prepare``; may be unfinished.
        cache_bytes: Memory for decoded images.

    Raises:
        InputError: the folder is missing, not a data set of this format, damaged, or has no complete clip.
    """
    about = _about(folder)
    found = sorted((folder / "clips").glob("*/clip.json"))
    clips = tuple(_clip(file) for file in found if not file.parent.name.startswith("."))
    if not clips:
        raise InputError("{folder} contains no complete clips.", _MAKE, folder=folder)
    return Clips(folder, about["kind"], about["size"], about, clips, PictureCache(cache_bytes))


def _about(folder: Path) -> dict[str, Any]:
    if not folder.is_dir():
        raise InputError("The data folder {folder} does not exist.", _MAKE, folder=folder)
    file = folder / "dataset.json"
    if not file.is_file():
        raise InputError("{folder} is not a data set: it has no dataset.json.", _MAKE, folder=folder)
    about = _json(file)
    if about.get("format") != FORMAT:
        raise InputError(
            "{file} has format {found}, but this version reads format {format}.",
            "Use the version of Avatarify that wrote it.",
            file=file,
            found=about.get("format"),
            format=FORMAT,
        )
    size = about.get("size")
    if about.get("kind") not in KINDS or not isinstance(size, int) or size < 1:
        raise InputError("{file} has no known kind or no size.", _MAKE, file=file)
    return about


def _clip(file: Path) -> Clip:
    about = _json(file)
    frames, identity = about.get("frames"), about.get("identity")
    if not isinstance(frames, int) or frames < 1 or not isinstance(identity, str):
        raise InputError("{file} has no frame count or no identity.", "Delete {parent}.", file=file, parent=file.parent)
    return Clip(file.parent, frames, identity, about)


def _json(file: Path) -> dict[str, Any]:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(
            "{file} cannot be read: {reason}.", "Recreate the data set.", file=file, reason=error
        ) from error
    if not isinstance(content, dict):
        raise InputError("{file} is not a JSON object.", "Recreate the data set.", file=file)
    return content
