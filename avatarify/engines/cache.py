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
from avatarify.engines.files import Cancelled, Missing, locked, sweep, told_if_unwritable
from avatarify.errors import EngineError

if TYPE_CHECKING:
    from avatarify.zoo.manifest import ModelEntry

GRAPHS = ("keypoints", "encode", "generate")
FRAME = "frame"
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


def frame_file(entry: ModelEntry, on_progress: Callable[[str], None], cancelled: Callable[[], bool]) -> Path:
    """Return the ONNX file of the graph ``frame`` with a free number of frames, making it if it is not there.

    Raises:
        EngineError: the model is of a kind that has no such graph, or the folder cannot be written.
    """
    if entry.manifest.kind != "fomm":
        what = f"The motion of '{entry.manifest.name}' is finished outside of its graphs, so it has no graph 'frame'."
        raise EngineError(what, "Leave out --batch, or use it with a full First Order Motion Model.")
    folder = onnx_folder(entry).with_name(f"{onnx_folder(entry).name}-{FRAME}")
    file = folder / f"{FRAME}.onnx"
    with locked(folder.with_suffix(".lock"), lambda: on_progress("waiting for another process"), cancelled):
        if not _sealed(folder, (file.name,)):
            on_progress(f"writing {FRAME} as ONNX")
            _make_frame(entry, folder)
    return file


def _make_frame(entry: ModelEntry, folder: Path) -> None:
    from avatarify.engines.to_onnx import export
    from avatarify.networks.checkpoint import load_fomm
    from avatarify.networks.config import preset
    from avatarify.networks.frame_graph import frame_graph
    from avatarify.networks.graphs import graphs_of

    model = load_fomm(entry.weights, preset(entry.manifest.config.get("preset")))
    about = {"model": entry.manifest.name, "weights_sha256": entry.manifest.sha256, "graph": FRAME}
    with told_if_unwritable(folder):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _SUMS).unlink(missing_ok=True)
        export(frame_graph(model, graphs_of(model)["encode"], batch=2), folder / f"{FRAME}.onnx", about, batch=True)
        _seal(folder)


def file_sum(file: Path) -> str:
    """SHA-256 of a file."""
    return _sum(file)


def reference_file(entry: ModelEntry) -> Path:
    """What torch in float32 gives for real pictures; stands beside the ONNX files."""
    return onnx_folder(entry) / REFERENCE


def onnx_sums(entry: ModelEntry) -> dict[str, str]:
    """SHA-256 of each ONNX file, by graph.

    Raises:
        Missing: the files have not been made.
    """
    try:
        sums = json.loads((onnx_folder(entry) / _SUMS).read_text(encoding="utf-8"))
        return {name: sums[f"{name}.onnx"] for name in GRAPHS}
    except (OSError, ValueError, KeyError, TypeError) as error:
        command = f"Run: avatarify build-engines --model {entry.manifest.name}"
        raise Missing(f"No engines of '{entry.manifest.name}' are built yet.", command) from error


def _whole(folder: Path) -> bool:
    return _sealed(folder, (*(f"{name}.onnx" for name in GRAPHS), REFERENCE))


def _sealed(folder: Path, names: tuple[str, ...]) -> bool:
    """Whether all files are what they were when they were made."""
    try:
        sums = json.loads((folder / _SUMS).read_text(encoding="utf-8"))
        return all(_sum(folder / name) == sums[name] for name in names)
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
