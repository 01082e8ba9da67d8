"""Caches the face and the matte of portraits: loading one again takes milliseconds, so switching is quick."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import threading
from pathlib import Path
from typing import Any

import numpy as np

from avatarify import __version__, paths
from avatarify.animate.placed_face import FacePlace
from avatarify.animate.portrait import Portrait, PortraitInfo, find_portrait, load_portrait
from avatarify.face.face import Face
from avatarify.files import open_atomic
from avatarify.messages import Message

_LAYOUT = 3  # of the cached files
_DETECTION = threading.Lock()  # OpenCV's network that finds mattes serves one thread at a time


def load(text: str, face: str = "") -> Portrait:
    """Load a portrait as ``animate.portrait.load_portrait`` does, with face and matte from the cache if possible.

    Args:
        text: A name or an image file.
        face: Where its face is, ``X,Y,HEIGHT``; empty to find it. A face that is placed is not cached.

    Raises:
        InputError: no such image, it cannot be read, or it shows no face.
    """
    if face:
        return load_portrait(text, place=FacePlace.parse(face))
    info = find_portrait(text)
    file = cache_file(info)
    portrait = _read(info, file)
    if portrait is None:
        with _DETECTION:
            portrait = _read(info, file) or load_portrait(text)  # another thread may have loaded it meanwhile
        if not portrait.cut:  # the cache has landmarks and matte of the whole picture
            _write(portrait, file)
    return portrait


def cache_file(info: PortraitInfo) -> Path:
    """Return where face and matte of an image are cached; the name changes with the image, models, and version."""
    stat = info.path.stat()
    key = f"{info.path.resolve()} {stat.st_mtime_ns} {stat.st_size} {__version__} {_LAYOUT} {_models()}"
    return paths.cache() / "portraits" / f"{hashlib.sha256(os.fsencode(key)).hexdigest()[:32]}.npz"


def _models() -> str:
    """Return the names and sizes of the models that face and matte depend on."""
    files = sorted((paths.assets() / "models").glob("*.t*"))
    return " ".join(f"{file.name} {file.stat().st_size}" for file in files)


def _read(info: PortraitInfo, file: Path) -> Portrait | None:
    from avatarify.images import load_picture

    try:
        with file.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
            facts = json.loads(str(arrays["facts"]))
            face, matte = Face(landmarks=arrays["landmarks"], **facts["face"]), arrays["matte"]
            warnings = [Message(template, **values) for template, values in facts["warnings"]]
    except Exception:  # noqa: BLE001  damaged archives make zipfile and numpy raise errors of many kinds
        return None
    image = load_picture(info.path)
    if matte.size and matte.shape != image.shape[:2]:
        return None
    return Portrait(info.name, image, face, warnings, matte if matte.size else None)


def _write(portrait: Portrait, file: Path) -> None:
    """Write the cache file; a full disk is not an error."""
    names = ("expression", "yaw", "pitch", "roll", "others")
    face: dict[str, Any] = {name: getattr(portrait.face, name) for name in names}
    warnings = [(warning.template, dict(warning.values)) for warning in portrait.warnings]
    facts = json.dumps({"face": face, "warnings": warnings}, default=float)
    matte = np.zeros(0, np.uint8) if portrait.matte is None else portrait.matte
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        with open_atomic(file, private=True) as part:
            np.savez_compressed(part, facts=np.array(facts), landmarks=portrait.face.landmarks, matte=matte)
