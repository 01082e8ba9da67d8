"""Portraits whose face and matte were found before: another look at them costs milliseconds, so switching is quick."""

from __future__ import annotations

import contextlib
import hashlib
import json
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from avatarify import __version__, paths
from avatarify.animate.portrait import Portrait, find_portrait, load_portrait
from avatarify.face.face import Face
from avatarify.files import open_atomic

if TYPE_CHECKING:
    from avatarify.animate.portrait import PortraitInfo

_LAYOUT = 1  # of the kept files
_LOOKING = threading.Lock()  # OpenCV's network that finds mattes serves one thread at a time
_READABLE = (OSError, ValueError, KeyError, TypeError, EOFError)


def load(text: str) -> Portrait:
    """Load a portrait as ``animate.portrait.load_portrait`` does, from what is kept where there is something.

    Raises:
        InputError: no such picture, it cannot be read, or it shows no face.
    """
    info = find_portrait(text)
    kept = place(info)
    known = _read(info, kept)
    if known is None:
        with _LOOKING:
            known = _read(info, kept) or load_portrait(text)
        _keep(known, kept)
    return known


def place(info: PortraitInfo) -> Path:
    """Return where the findings about a picture are kept; another file as soon as the picture changes."""
    facts = info.path.stat()
    words = f"{info.path.resolve()} {facts.st_mtime_ns} {facts.st_size} {__version__} {_LAYOUT} {_models()}"
    return paths.cache() / "portraits" / f"{hashlib.sha256(words.encode()).hexdigest()[:32]}.npz"


def _models() -> str:
    """Name the models that findings depend on, by their size and time."""
    files = sorted((paths.assets() / "models").glob("*.t*"))
    return " ".join(f"{file.name} {file.stat().st_size}" for file in files)


def _read(info: PortraitInfo, kept: Path) -> Portrait | None:
    from avatarify.images import load_picture

    try:
        with np.load(kept, allow_pickle=False) as found:
            facts = json.loads(str(found["facts"]))
            face, matte = Face(landmarks=found["landmarks"], **facts["face"]), found["matte"]
    except _READABLE:
        return None
    image = load_picture(info.path)
    if matte.size and matte.shape != image.shape[:2]:
        return None
    return Portrait(info.name, image, face, list(facts["warnings"]), matte if matte.size else None)


def _keep(portrait: Portrait, kept: Path) -> None:
    """Write the cache file; a full disk is no failure."""
    names = ("expression", "yaw", "pitch", "roll", "others")
    face: dict[str, Any] = {name: getattr(portrait.face, name) for name in names}
    facts = json.dumps({"face": face, "warnings": portrait.warnings}, default=float)
    matte = np.zeros(0, np.uint8) if portrait.matte is None else portrait.matte
    with contextlib.suppress(OSError):
        kept.parent.mkdir(parents=True, exist_ok=True)
        with open_atomic(kept) as file:
            np.savez_compressed(file, facts=np.array(facts), landmarks=portrait.face.landmarks, matte=matte)
