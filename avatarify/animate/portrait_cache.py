"""Caches the face and the matte of portraits: loading one again takes milliseconds, so switching is quick."""

from __future__ import annotations

import contextlib
import json
import threading
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from avatarify import __version__, paths
from avatarify.animate.cached import cached_file, forget_others
from avatarify.animate.placed_face import FacePlace
from avatarify.animate.portrait import Portrait, PortraitInfo, find_portrait, load_portrait
from avatarify.face.face import Face
from avatarify.files import open_atomic, private_folder
from avatarify.messages import Message
from avatarify.npz import reading_arrays

_LAYOUT = 3  # of the cached files
_DETECTION = threading.Lock()  # OpenCV's network that finds mattes serves one thread at a time
LANDMARKS = 478


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
    return cached_file(info.path, "portraits", f"{__version__} {_LAYOUT} {_models()}")


def _models() -> str:
    """Return the names and sizes of the models that face and matte depend on."""
    files = sorted((paths.assets() / "models").glob("*.t*"))
    return " ".join(f"{file.name} {file.stat().st_size}" for file in files)


def _read(info: PortraitInfo, file: Path) -> Portrait | None:
    from avatarify.images import load_picture

    try:
        with reading_arrays(file) as arrays:
            facts = json.loads(str(arrays["facts"]))
            face, matte = _face(arrays["landmarks"], facts["face"]), arrays["matte"]
            warnings = [Message(template, **values) for template, values in facts["warnings"]]
    except (OSError, ValueError):
        return None
    image = load_picture(info.path)
    if matte.dtype != np.uint8 or (matte.size and matte.shape != image.shape[:2]):
        return None
    return Portrait(info.name, image, face, warnings, matte if matte.size else None)


def _face(landmarks: NDArray[Any], facts: dict[str, Any]) -> Face:
    """Return the face that a cache file describes; ValueError if it is none."""
    numbers = [*landmarks.flat, *facts["expression"].values(), *(facts[name] for name in ("yaw", "pitch", "roll"))]
    if landmarks.shape != (LANDMARKS, 2) or landmarks.dtype != np.float32 or not np.isfinite(numbers).all():
        raise ValueError("this is not a face")
    return Face(landmarks=landmarks, **facts)


def _write(portrait: Portrait, file: Path) -> None:
    """Write the cache file; a full disk is not an error."""
    names = ("expression", "yaw", "pitch", "roll", "others")
    face: dict[str, Any] = {name: getattr(portrait.face, name) for name in names}
    warnings = [(warning.template, dict(warning.values)) for warning in portrait.warnings]
    facts = json.dumps({"face": face, "warnings": warnings}, default=float)
    matte = np.zeros(0, np.uint8) if portrait.matte is None else portrait.matte
    with contextlib.suppress(OSError):
        private_folder(file.parent)
        with open_atomic(file, private=True) as part:
            np.savez_compressed(part, facts=np.array(facts), landmarks=portrait.face.landmarks, matte=matte)
        forget_others(file)
