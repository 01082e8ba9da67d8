"""ONNX files and what the reference gives are made once and kept, so that a live session need not import torch."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from avatarify import paths
from avatarify.engines.files import Cancelled, locked, sweep, told_if_unwritable
from avatarify.errors import EngineError

if TYPE_CHECKING:
    from avatarify.zoo.manifest import ModelEntry

GRAPHS = ("keypoints", "encode", "generate")
REFERENCE = "reference.npz"
_SUMS = "sha256.json"
_MAKING = ".making-"
_CODE = ("to_onnx.py", "reference.py")


def onnx_folder(entry: ModelEntry) -> Path:
    """Where the ONNX files of a model are kept: the name tells the weights and the code they were made from."""
    key = hashlib.sha256(entry.manifest.sha256.encode())
    key.update(metadata.version("torch").encode())
    here = Path(__file__).resolve().parent
    for file in (*sorted((here.parent / "networks").glob("*.py")), *(here / name for name in _CODE)):
        key.update(file.read_bytes())
    return paths.cache() / "onnx" / f"{entry.manifest.name}-{key.hexdigest()[:16]}"


def onnx_files(
    entry: ModelEntry,
    on_progress: Callable[[str], None] = lambda text: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> dict[str, Path]:
    """Return the ONNX files of a model, making them if they are not there (this imports torch, some seconds).

    Args:
        entry: The model.
        on_progress: Told in a few words what is being done.
        cancelled: Asked between steps.

    Raises:
        EngineError: the cache folder cannot be written.
        ModelError: the weights cannot be read.
        Cancelled: ``cancelled`` said so.
    """
    folder = onnx_folder(entry)
    if not _whole(folder):
        with locked(folder.with_suffix(".lock"), lambda: on_progress("waiting for another process"), cancelled):
            if not _whole(folder):
                _make(entry, folder, on_progress, cancelled)
    return {name: folder / f"{name}.onnx" for name in GRAPHS}


def reference_file(entry: ModelEntry) -> Path:
    """What torch in float32 gives for real pictures; stands beside the ONNX files."""
    return onnx_folder(entry) / REFERENCE


def onnx_sums(entry: ModelEntry) -> dict[str, str]:
    """SHA-256 of each ONNX file, by graph.

    Raises:
        EngineError: the files have not been made.
    """
    try:
        sums = json.loads((onnx_folder(entry) / _SUMS).read_text(encoding="utf-8"))
        return {name: sums[f"{name}.onnx"] for name in GRAPHS}
    except (OSError, ValueError, KeyError, TypeError) as error:
        command = f"Run: avatarify build-engines --model {entry.manifest.name}"
        raise EngineError(f"No engines of '{entry.manifest.name}' are built yet.", command) from error


def _whole(folder: Path) -> bool:
    """Whether all files are what they were when they were made."""
    try:
        sums = json.loads((folder / _SUMS).read_text(encoding="utf-8"))
        return all(_sum(folder / name) == sums[name] for name in (*(f"{name}.onnx" for name in GRAPHS), REFERENCE))
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _make(entry: ModelEntry, folder: Path, on_progress: Callable[[str], None], cancelled: Callable[[], bool]) -> None:
    from avatarify.engines.reference import write_reference
    from avatarify.engines.to_onnx import export
    from avatarify.zoo.load import load_networks

    with told_if_unwritable(folder.parent):
        sweep(folder.parent, f"{_MAKING}{folder.name}-*")
        temporary = Path(tempfile.mkdtemp(prefix=f"{_MAKING}{folder.name}-", dir=folder.parent))
    try:
        on_progress("reading the weights")
        graphs = load_networks(entry)
        for name, graph in graphs.items():
            _unless(cancelled)
            on_progress(f"writing {name} as ONNX")
            about = {"model": entry.manifest.name, "weights_sha256": entry.manifest.sha256, "graph": name}
            export(graph, temporary / f"{name}.onnx", about)
        _unless(cancelled)
        on_progress("running the reference on real frames")
        write_reference(graphs, entry.manifest.kind, temporary / REFERENCE)
        _seal(temporary)
        shutil.rmtree(folder, ignore_errors=True)  # it was damaged, or we would not be here
        with told_if_unwritable(folder.parent):
            os.replace(temporary, folder)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _unless(cancelled: Callable[[], bool]) -> None:
    if cancelled():
        raise Cancelled


def _seal(folder: Path) -> None:
    sums = {file.name: _sum(file) for file in sorted(folder.iterdir())}
    (folder / _SUMS).write_text(json.dumps(sums, indent=2) + "\n", encoding="utf-8")


def _sum(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
