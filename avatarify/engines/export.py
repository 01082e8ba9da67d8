"""Writes a model's ONNX files and its reference; imports torch."""

from __future__ import annotations

import shutil
from pathlib import Path

from avatarify.engines.check_export import check_export
from avatarify.engines.checksums import remove_checksums, write_checksums
from avatarify.engines.reference.file import read_reference
from avatarify.engines.reference.record import record_frame_reference, record_reference
from avatarify.engines.target import Watch
from avatarify.files import atomic_folder, private_folder
from avatarify.graphs.frame import frame_graph
from avatarify.graphs.inference import for_inference
from avatarify.graphs.onnx_export import export
from avatarify.graphs.spec import ENCODE, FRAME, KEYPOINTS
from avatarify.locks import writing_to
from avatarify.messages import Message
from avatarify.partial import remove_partial
from avatarify.runtimes.torch_runtime import TorchRuntime
from avatarify.zoo.load import load_networks
from avatarify.zoo.manifest import ModelEntry


def export_model(entry: ModelEntry, folder: Path, reference: str, watch: Watch) -> None:
    """Write ``keypoints``, ``encode`` and ``generate``, their reference, and checksums; replaces the folder.

    Args:
        entry: The model.
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
        watch.progress(Message("reading the weights"), 0.0)
        graphs = load_networks(entry)
        for name, graph in graphs.items():
            watch.check()
            watch.progress(Message("writing {graph} as ONNX", graph=name), 0.0)
            export(for_inference(graph), temporary / f"{name}.onnx", _metadata(entry, name))
        watch.check()
        watch.progress(Message("running the reference on real frames"), 0.0)
        record_reference(TorchRuntime(graphs), entry.manifest.kind, temporary / reference)
        watch.check()
        watch.progress(Message("comparing ONNX with torch"), 0.0)
        files = {name: temporary / f"{name}.onnx" for name in graphs}
        check_export(files, temporary / reference, entry.manifest.name)
        write_checksums(temporary)
        shutil.rmtree(folder, ignore_errors=True)  # it was damaged, or this would not be called


def export_frame(entry: ModelEntry, folder: Path, reference: Path, watch: Watch) -> None:
    """Write the graph ``frame``, its reference, and checksums.

    Args:
        entry: The model.
        folder: Where they go; the caller holds its lock.
        reference: The file of the model's reference; the new one gets the same name.
        watch: Progress and cancellation.

    Raises:
        EngineError: The folder cannot be written, or ONNX differs from torch.
        Cancelled: The user stopped it.
    """
    watch.check()
    watch.progress(Message("writing {graph} as ONNX", graph=FRAME.name), 0.0)
    with writing_to(folder):
        private_folder(folder)
        remove_checksums(folder)
        graphs = load_networks(entry)
        frame = frame_graph(graphs)
        runtime = TorchRuntime({**graphs, FRAME.name: frame})
        record_frame_reference(runtime, read_reference(reference), folder / reference.name)
        export(frame, folder / f"{FRAME.name}.onnx", _metadata(entry, FRAME.name))
        files = {name: reference.with_name(f"{name}.onnx") for name in (KEYPOINTS.name, ENCODE.name)}
        files[FRAME.name] = folder / f"{FRAME.name}.onnx"
        check_export(files, folder / reference.name, entry.manifest.name)
        write_checksums(folder)


def _metadata(entry: ModelEntry, graph: str) -> dict[str, str]:
    return {"model": entry.manifest.name, "weights_sha256": entry.manifest.sha256, "graph": graph}
