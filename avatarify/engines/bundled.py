"""The built-in model's ONNX files and reference that come with the app: the first start needs no torch.

``tools/bundle_onnx.py`` makes them. To be small, weights are float16 and motion is stored as differences.
"""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from avatarify.engines.checksums import is_intact, write_checksums
from avatarify.files import atomic_folder, code_digest
from avatarify.locks import writing_to
from avatarify.messages import Message
from avatarify.partial import remove_partial

if TYPE_CHECKING:
    from avatarify.engines.target import Watch
    from avatarify.zoo.manifest import ModelEntry

FOLDER, ORIGIN = "onnx", "origin.json"
HALF = ".half"  # ends the names of weights that are stored as float16, and then cast to float32
MOTION = "deformation"  # name of the outputs that are stored as differences
MOTION_STEPS = 4096  # of a unit
_CODE = ("networks/builtin", "networks/blocks.py", "networks/grid.py", "graphs", "motion", "engines/reference")


def origin_of(entry: ModelEntry) -> dict[str, str]:
    """Return what the files depend on: the weights, and the code of this version."""
    return {"weights_sha256": entry.manifest.sha256, "code_sha256": code_digest(*_CODE).hex()}


def bundled_folder(entry: ModelEntry) -> Path | None:
    """Return the folder with a model's bundled files; None if it has none, or they are damaged or out of date."""
    folder = entry.folder / FOLDER
    try:
        origin = json.loads((folder / ORIGIN).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    names = [file.name for file in folder.iterdir() if file.suffix in (".onnx", ".npz")]
    return folder if origin == origin_of(entry) and is_intact(folder, names) else None


def unpack(bundle: Path, folder: Path, watch: Watch) -> None:
    """Write the files of a bundle as an export would have: everything as float32, with checksums.

    Args:
        bundle: From ``bundled_folder``.
        folder: Appears complete or not at all; the caller holds its lock.
        watch: Progress.

    Raises:
        FolderNotWritable: The folder cannot be written.
    """
    import onnx

    watch.progress(Message("unpacking the graphs"), 0.0)
    remove_partial(folder)
    with writing_to(folder.parent), atomic_folder(folder, private=True) as temporary:
        for file in bundle.glob("*.onnx"):
            onnx.save(with_whole_weights(onnx.load(file)), temporary / file.name)
        for file in bundle.glob("*.npz"):
            with np.load(file, allow_pickle=False) as packed:
                np.savez(temporary / file.name, **unpacked(packed))  # type: ignore[arg-type]  # names taken for options
        write_checksums(temporary)
        shutil.rmtree(folder, ignore_errors=True)  # it was damaged, or this would not be called


def with_whole_weights(model: Any) -> Any:
    """Replace weights that are stored as float16 by float32 ones; changes and returns an ``onnx.ModelProto``."""
    from onnx import numpy_helper

    graph = model.graph
    for weights in graph.initializer:
        if weights.name.endswith(HALF):
            whole = numpy_helper.to_array(weights).astype(np.float32)
            weights.CopyFrom(numpy_helper.from_array(whole, weights.name.removesuffix(HALF)))
    nodes = [node for node in graph.node if not (node.op_type == "Cast" and node.input[0].endswith(HALF))]
    del graph.node[:]
    graph.node.extend(nodes)
    return model


def unpacked(packed: Any) -> dict[str, NDArray[Any]]:
    """Return the arrays of a reference as it was recorded, up to rounding.

    Args:
        packed: By name: motion as int16 planes of differences along x in 1/4096, other large arrays as float16.
    """
    return {name: _unpacked(name, packed[name]) for name in packed}


def _unpacked(name: str, array: NDArray[Any]) -> NDArray[Any]:
    if name.endswith(MOTION):
        planes = np.cumsum(array, axis=2, dtype=np.float32) / np.float32(MOTION_STEPS)
        return np.ascontiguousarray(planes.transpose(1, 2, 0))
    return array.astype(np.float32) if array.dtype == np.float16 else array
