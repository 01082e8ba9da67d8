"""ONNX files and what the reference gives are made once and kept, so that a live session need not import torch."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from avatarify import paths
from avatarify.engines.target import EngineMissing
from avatarify.files import atomic_folder, code_digest, remove_partial, sha256_of, write_atomic
from avatarify.graphs.spec import ENCODE, FRAME, GENERATE, KEYPOINTS
from avatarify.locks import Cancelled, locked, writing_to

if TYPE_CHECKING:
    from avatarify.zoo.manifest import ModelEntry

ON_CPU = (KEYPOINTS.name, ENCODE.name, GENERATE.name)
REFERENCE = "reference.npz"
_SUMS = "sha256.json"
_CODE = ("networks", "graphs", "engines/reference.py", "engines/reference_inputs.py")


def onnx_folder(entry: ModelEntry) -> Path:
    """Where the ONNX files of a model are kept: the name tells the weights and the code they were made from."""
    key = hashlib.sha256(entry.manifest.sha256.encode())
    key.update(metadata.version("torch").encode())
    key.update(code_digest(*_CODE))
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
    return {name: folder / f"{name}.onnx" for name in ON_CPU}


def frame_files(
    entry: ModelEntry,
    on_progress: Callable[[str], None] = lambda text: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Path:
    """Return the ONNX file of the graph ``frame``, making it and its reference if they are not there.

    Args:
        entry: The model.
        on_progress: Told in a few words what is being done.
        cancelled: Asked between steps.

    Raises:
        EngineError: the folder cannot be written.
        Cancelled: ``cancelled`` said so.
    """
    onnx_files(entry, on_progress, cancelled)
    return _extra(entry, FRAME.name, _make_frame, on_progress, cancelled)


def _extra(
    entry: ModelEntry,
    graph: str,
    make: Callable[[ModelEntry, Path], None],
    on_progress: Callable[[str], None],
    cancelled: Callable[[], bool],
) -> Path:
    """Make a graph that not every user needs, in a folder of its own."""
    file = extra_folder(entry, graph) / f"{graph}.onnx"
    with locked(file.parent.with_suffix(".lock"), lambda: on_progress("waiting for another process"), cancelled):
        if not _sealed(file.parent, (file.name,)):
            _unless(cancelled)
            on_progress(f"writing {graph} as ONNX")
            with writing_to(file.parent):
                file.parent.mkdir(parents=True, exist_ok=True)
                (file.parent / _SUMS).unlink(missing_ok=True)
                make(entry, file)
                _seal(file.parent)
    return file


def extra_folder(entry: ModelEntry, graph: str) -> Path:
    """Where ``frame`` is kept; the name tells the code of the motion that is in it, too."""
    return onnx_folder(entry).with_name(f"{onnx_folder(entry).name}-{graph}-{code_digest('motion').hex()[:8]}")


def _make_frame(entry: ModelEntry, file: Path) -> None:
    from avatarify.engines.reference import read_reference, write_frame_reference
    from avatarify.graphs.frame import frame_graph
    from avatarify.graphs.onnx_export import export
    from avatarify.runtimes.torch_runtime import TorchRuntime
    from avatarify.zoo.load import load_networks

    graphs = load_networks(entry)
    frame = frame_graph(graphs)
    write_frame_reference(
        TorchRuntime({**graphs, FRAME.name: frame}), read_reference(reference_file(entry)), file.with_name(REFERENCE)
    )
    export(frame, file, _about(entry, FRAME.name))


def _about(entry: ModelEntry, graph: str) -> dict[str, str]:
    return {"model": entry.manifest.name, "weights_sha256": entry.manifest.sha256, "graph": graph}


def reference_file(entry: ModelEntry, graph: str = GENERATE.name) -> Path:
    """What torch in float32 gives for real pictures, drawn by ``generate`` or ``frame``; beside the ONNX files."""
    return (extra_folder(entry, FRAME.name) if graph == FRAME.name else onnx_folder(entry)) / REFERENCE


def onnx_sums(entry: ModelEntry, graphs: Sequence[str] = ON_CPU) -> dict[str, str]:
    """SHA-256 of ONNX files, by graph.

    Raises:
        EngineMissing: the files have not been made.
    """
    folders = {name: extra_folder(entry, name) if name == FRAME.name else onnx_folder(entry) for name in graphs}
    try:
        sums = {folder: json.loads((folder / _SUMS).read_text(encoding="utf-8")) for folder in set(folders.values())}
        return {name: sums[folder][f"{name}.onnx"] for name, folder in folders.items()}
    except (OSError, ValueError, KeyError, TypeError) as error:
        command = f"Run: avatarify build-engines --model {entry.manifest.name}"
        raise EngineMissing(f"No engines of '{entry.manifest.name}' are built yet.", command) from error


def _whole(folder: Path) -> bool:
    return _sealed(folder, (*(f"{name}.onnx" for name in ON_CPU), REFERENCE))


def _sealed(folder: Path, names: tuple[str, ...]) -> bool:
    """Whether all files are what they were when they were made."""
    try:
        sums = json.loads((folder / _SUMS).read_text(encoding="utf-8"))
        return all(sha256_of(folder / name) == sums[name] for name in names)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _make(entry: ModelEntry, folder: Path, on_progress: Callable[[str], None], cancelled: Callable[[], bool]) -> None:
    from avatarify.engines.reference import write_reference
    from avatarify.graphs.inference import for_inference
    from avatarify.graphs.onnx_export import export
    from avatarify.zoo.load import load_networks

    remove_partial(folder)
    with writing_to(folder.parent), atomic_folder(folder) as temporary:
        on_progress("reading the weights")
        graphs = load_networks(entry)
        for name, graph in graphs.items():
            _unless(cancelled)
            on_progress(f"writing {name} as ONNX")
            export(for_inference(graph), temporary / f"{name}.onnx", _about(entry, name))
        _unless(cancelled)
        on_progress("running the reference on real frames")
        write_reference(graphs, entry.manifest.kind, temporary / REFERENCE)
        _seal(temporary)
        shutil.rmtree(folder, ignore_errors=True)  # it was damaged, or we would not be here


def _unless(cancelled: Callable[[], bool]) -> None:
    if cancelled():
        raise Cancelled


def _seal(folder: Path) -> None:
    sums = {file.name: sha256_of(file) for file in sorted(folder.iterdir())}
    write_atomic(folder / _SUMS, json.dumps(sums, indent=2).encode() + b"\n")
