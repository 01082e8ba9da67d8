"""Writes the ONNX files and the reference of an imported model into the bundled skeletons; torch is not needed."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from avatarify.engines.check_export import check_export, open_onnx
from avatarify.engines.checksums import write_checksums
from avatarify.engines.reference.record import record_reference
from avatarify.engines.skeleton import filled
from avatarify.engines.target import Watch
from avatarify.files import atomic_folder
from avatarify.locks import writing_to
from avatarify.messages import Message
from avatarify.networks.fomm.checkpoint import read_model
from avatarify.networks.fomm.config import config_of
from avatarify.partial import remove_partial
from avatarify.runtimes.probe import version
from avatarify.zoo.manifest import ModelEntry

if TYPE_CHECKING:
    from avatarify.runtimes.base import Runtime


def fill_skeletons(entry: ModelEntry, skeletons: Path, folder: Path, reference: str, watch: Watch) -> None:
    """Write ``keypoints``, ``encode`` and ``generate``, their reference, and checksums; replaces the folder.

    Args:
        entry: The model.
        skeletons: From ``skeleton_folder``.
        folder: Appears complete or not at all; the caller holds its lock.
        reference: File name of the reference.
        watch: Progress and cancellation.

    Raises:
        EngineError: The folder cannot be written, the reference frames are missing, or ONNX differs from torch.
        ModelError: The weights cannot be read.
        Cancelled: The user stopped it.
    """
    remove_partial(folder)
    with writing_to(folder.parent), atomic_folder(folder, private=True) as temporary:
        files = write_graphs(entry, skeletons, temporary, watch)
        watch.check()
        watch.progress(Message("running the reference on real frames"), 0.0)
        _record(entry, files, temporary / reference)
        write_checksums(temporary)
        shutil.rmtree(folder, ignore_errors=True)  # it was damaged, or this would not be called


def write_graphs(entry: ModelEntry, skeletons: Path, folder: Path, watch: Watch) -> dict[str, Path]:
    """Write the ONNX files of a model into a folder; return them by graph."""
    import onnx

    watch.progress(Message("reading the weights"), 0.0)
    entry.verify()
    weights = read_model(entry.weights, config_of(entry.manifest.config))
    about = {"model": entry.manifest.name, "weights_sha256": entry.manifest.sha256}
    files = {file.stem: folder / file.name for file in sorted(skeletons.glob("*.onnx"))}
    for name, file in files.items():
        watch.check()
        watch.progress(Message("writing {graph} as ONNX", graph=name), 0.0)
        onnx.save(filled(skeletons / file.name, weights, about), file)
    return files


def _record(entry: ModelEntry, files: dict[str, Path], reference: Path) -> None:
    """Record the reference with torch where it is installed, and compare; otherwise with the ONNX files in float32."""
    runtime = _torch(entry) if version("torch") else open_onnx(files)
    try:
        record_reference(runtime, entry.manifest.kind, reference)
    finally:
        runtime.close()
    if version("torch"):
        check_export(files, reference, entry.manifest.name)


def _torch(entry: ModelEntry) -> Runtime:
    from avatarify.runtimes.torch_runtime import TorchRuntime
    from avatarify.zoo.load import load_networks

    return TorchRuntime(load_networks(entry))
