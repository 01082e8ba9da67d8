"""The cache of ONNX files and references: they are made once, so that a live session need not import torch."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from avatarify import paths
from avatarify.engines.checksums import is_intact, read_checksum
from avatarify.engines.target import EngineMissing, Watch
from avatarify.files import code_digest
from avatarify.graphs.spec import ENCODE, FRAME, GENERATE, KEYPOINTS
from avatarify.locks import locked
from avatarify.messages import Message
from avatarify.runtimes.probe import version

if TYPE_CHECKING:
    from avatarify.zoo.manifest import ModelEntry

MODEL_GRAPHS = (KEYPOINTS.name, ENCODE.name, GENERATE.name)
_REFERENCE = "reference.npz"
_CODE = ("networks", "graphs", "motion", "engines/reference")  # what the files are made by


def onnx_folder(entry: ModelEntry) -> Path:
    """Return the folder of a model's ONNX files, named after the weights and the code from which they are made."""
    key = hashlib.sha256(entry.manifest.sha256.encode())
    key.update((version("torch") or "").encode())  # without it, references are recorded with OpenVINO
    key.update(code_digest(*_CODE))
    return paths.cache() / "onnx" / f"{entry.manifest.name}-{key.hexdigest()[:16]}"


def frame_folder(entry: ModelEntry) -> Path:
    """Return the folder of the graph ``frame``, which only GPUs need."""
    folder = onnx_folder(entry)
    return folder.with_name(f"{folder.name}-{FRAME.name}")


def reference_file(entry: ModelEntry, graph: str = GENERATE.name) -> Path:
    """Return the file of a model's reference for a drawing graph, ``generate`` or ``frame``; it may not exist yet."""
    return _folder_of(entry, graph) / _REFERENCE


def intact_reference(entry: ModelEntry, graph: str, watch: Watch | None = None) -> Path:
    """Return the file of a model's reference for a drawing graph; a missing or damaged one is made again.

    Raises:
        EngineError: The cache folder cannot be written.
        ModelError: The weights cannot be read.
        Cancelled: The user stopped it.
    """
    folder = _folder_of(entry, graph)
    if not is_intact(folder, [_REFERENCE]):
        (frame_file if graph == FRAME.name else onnx_files)(entry, watch)
    return folder / _REFERENCE


def onnx_files(entry: ModelEntry, watch: Watch | None = None) -> dict[str, Path]:
    """Return the ONNX files of ``keypoints``, ``encode`` and ``generate``; makes them and the reference if necessary.

    Args:
        entry: The model.
        watch: Progress and cancellation.

    Returns:
        The files by graph.

    Raises:
        EngineError: The cache folder cannot be written.
        ModelError: The weights cannot be read.
        Cancelled: The user stopped it.
    """
    watch, folder = watch or Watch(), onnx_folder(entry)
    files = {name: folder / f"{name}.onnx" for name in MODEL_GRAPHS}
    names = [_REFERENCE, *(file.name for file in files.values())]
    if not is_intact(folder, names):
        with _locked(folder, watch):
            if not is_intact(folder, names):  # another process may have made them meanwhile
                _make(entry, folder, watch)
    return files


def _make(entry: ModelEntry, folder: Path, watch: Watch) -> None:
    """Write the model's files: with what is bundled if there is any, otherwise with torch, which takes a minute."""
    from avatarify.engines.bundled import bundled_folder, unpack
    from avatarify.engines.skeleton import skeleton_folder

    if bundle := bundled_folder(entry):
        unpack(bundle, folder, watch)
    elif skeletons := skeleton_folder(entry):
        from avatarify.engines.fill import fill_skeletons

        fill_skeletons(entry, skeletons, folder, _REFERENCE, watch)
    else:
        from avatarify.engines.export import export_model

        export_model(entry, folder, _REFERENCE, watch)


def frame_file(entry: ModelEntry, watch: Watch | None = None) -> Path:
    """Return the ONNX file of the graph ``frame``; makes it and its reference if necessary.

    Args:
        entry: The model.
        watch: Progress and cancellation.

    Raises:
        EngineError: The cache folder cannot be written.
        ModelError: The weights cannot be read.
        Cancelled: The user stopped it.
    """
    watch, folder = watch or Watch(), frame_folder(entry)
    onnx_files(entry, watch)
    file = folder / f"{FRAME.name}.onnx"
    with _locked(folder, watch):
        if not is_intact(folder, [file.name, _REFERENCE]):
            from avatarify.engines.export import export_frame

            export_frame(entry, folder, reference_file(entry), watch)
    return file


def has_onnx(entry: ModelEntry) -> bool:
    """Return whether the ONNX files of a model have been made or are bundled, so that torch is not needed."""
    from avatarify.engines.bundled import bundled_folder

    made = all(read_checksum(onnx_folder(entry), f"{graph}.onnx") for graph in MODEL_GRAPHS)
    return made or bundled_folder(entry) is not None


def onnx_sums(entry: ModelEntry, graphs: Sequence[str] = MODEL_GRAPHS) -> dict[str, str]:
    """Return the SHA-256 of ONNX files by graph, without making them.

    Raises:
        EngineMissing: The files have not been made.
    """
    sums = {graph: read_checksum(_folder_of(entry, graph), f"{graph}.onnx") for graph in graphs}
    found = {graph: value for graph, value in sums.items() if value is not None}
    if len(found) < len(sums):
        raise EngineMissing(
            "No engines of '{model}' have been built.",
            "Run: avatarify build-engines --model {model}",
            model=entry.manifest.name,
        )
    return found


def _folder_of(entry: ModelEntry, graph: str) -> Path:
    return frame_folder(entry) if graph == FRAME.name else onnx_folder(entry)


def _locked(folder: Path, watch: Watch) -> AbstractContextManager[None]:
    def wait() -> None:
        watch.progress(Message("waiting for another process"), 0.0)

    return locked(folder.with_suffix(".lock"), wait, watch.cancelled)
