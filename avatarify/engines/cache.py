"""ONNX files are made once and kept, so that a live session need not import torch."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from avatarify import paths
from avatarify.errors import EngineError

if TYPE_CHECKING:
    from avatarify.zoo.manifest import ModelEntry

GRAPHS = ("keypoints", "encode", "generate")


def onnx_folder(entry: ModelEntry) -> Path:
    """Where the ONNX files of a model are kept: the name tells the weights and the code they were made from."""
    key = hashlib.sha256(entry.manifest.sha256.encode())
    code = Path(__file__).resolve().parent.parent / "networks"
    for file in sorted(code.glob("*.py")):
        key.update(file.read_bytes())
    key.update(Path(__file__).with_name("to_onnx.py").read_bytes())
    return paths.cache() / "onnx" / f"{entry.manifest.name}-{key.hexdigest()[:16]}"


def onnx_files(entry: ModelEntry) -> dict[str, Path]:
    """Return the ONNX files of a model, making them if they are not there (this imports torch, some seconds).

    Raises:
        EngineError: the cache folder cannot be written.
        ModelError: the weights cannot be read.
    """
    folder = onnx_folder(entry)
    if not folder.is_dir():
        _make(entry, folder)
    return {name: folder / f"{name}.onnx" for name in GRAPHS}


def _make(entry: ModelEntry, folder: Path) -> None:
    from avatarify.engines.to_onnx import export_all
    from avatarify.zoo.load import load_networks

    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=".making-", dir=folder.parent))
    except OSError as error:
        raise EngineError(
            f"The cache folder {folder.parent} cannot be written: {error.strerror}.", "Free it."
        ) from error
    try:
        export_all(load_networks(entry), temporary)
        if not folder.is_dir():
            os.replace(temporary, folder)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
