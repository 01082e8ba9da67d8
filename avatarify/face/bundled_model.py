"""Reads the bundled model files of libraries, which are checked before a library parses them."""

from __future__ import annotations

import hashlib
from pathlib import Path

from avatarify.errors import ModelError


def read_model(path: Path, sha256: str) -> bytes:
    """Return the content of a model file.

    Args:
        path: The file.
        sha256: Its hash, 64 lower-case hexadecimal digits.

    Raises:
        ModelError: It cannot be read, or is another file.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelError("The model file {path} cannot be read.", "Reinstall Avatarify.", path=path) from error
    if hashlib.sha256(data).hexdigest() != sha256:
        raise ModelError("The model file {path} is damaged.", "Reinstall Avatarify.", path=path)
    return data
