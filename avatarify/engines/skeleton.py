"""Graphs without weights that come with the app: an imported model is written into them, without torch and in seconds.

A skeleton is an ONNX file in which each weight has no numbers, but the recipe by which they are computed (``derive``).
``tools/bundle_skeletons.py`` makes them of graphs that torch has exported.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from avatarify import paths
from avatarify.engines.checksums import is_intact
from avatarify.engines.derive import Weights, derive
from avatarify.files import code_digest

if TYPE_CHECKING:
    from avatarify.zoo.manifest import ModelEntry

ORIGIN = "origin.json"
ALIGNED = "-aligned"  # after a preset's name: with ``align_corners``
_CODE = (  # what the graphs are made by
    *("networks/fomm", "networks/blocks.py", "networks/grid.py"),
    *(f"graphs/{name}.py" for name in ("fomm", "spec", "inference", "onnx_export", "fold_constants")),
)


def skeletons() -> Path:
    """Return the folder with a folder of skeletons for each size of the First Order Motion Model and each alignment."""
    return paths.assets() / "skeletons"


def code_of_graphs() -> str:
    """Return the digest of the code that skeletons are made by."""
    return code_digest(*_CODE).hex()


def skeleton_folder(entry: ModelEntry) -> Path | None:
    """Return the folder with the skeletons for a model; None if there are none, or they are damaged or out of date."""
    if entry.manifest.kind != "fomm":
        return None
    about = entry.manifest.config
    folder = skeletons() / f"{about.get('preset')}{ALIGNED if about.get('align_corners') is True else ''}"
    try:
        origin = json.loads((folder / ORIGIN).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    names = [file.name for file in folder.glob("*.onnx")]
    return folder if origin == {"code_sha256": code_of_graphs()} and is_intact(folder, names) else None


def filled(file: Path, weights: Weights, about: Mapping[str, str]) -> Any:
    """Return a skeleton with weights, an ``onnx.ModelProto``.

    Args:
        file: The skeleton.
        weights: Of the model by name.
        about: What is written into the metadata besides what the skeleton has.
    """
    import onnx

    model = onnx.load(file)
    for tensor in model.graph.initializer:
        if tensor.doc_string:
            tensor.CopyFrom(onnx.numpy_helper.from_array(derive(tensor.doc_string, weights), tensor.name))
    facts = {one.key: one.value for one in model.metadata_props}
    onnx.helper.set_model_props(model, {**facts, **about})
    return model
