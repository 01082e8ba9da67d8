"""torch to ONNX: one file for each graph of a model."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from avatarify.errors import EngineError

if TYPE_CHECKING:
    from avatarify.networks.graph import Graph

OPSET = 17


def export(graph: Graph, path: Path) -> None:
    """Write a graph as ONNX (opset 17, fixed shapes, named inputs and outputs).

    An input that the graph has no use for is not in the file.

    Raises:
        EngineError: torch cannot express it.
    """
    import torch

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # deprecation of the tracing exporter, constants from fixed shapes
        try:
            torch.onnx.export(
                graph.module,
                tuple(graph.inputs.values()),
                str(path),
                input_names=list(graph.inputs),
                output_names=list(graph.outputs),
                opset_version=OPSET,
                dynamo=False,
            )
        except (RuntimeError, torch.onnx.errors.OnnxExporterError) as error:
            raise EngineError(f"The graph {path.stem} cannot be written as ONNX: {error}", "Report this.") from error


def export_all(graphs: Mapping[str, Graph], folder: Path) -> dict[str, Path]:
    """Write all graphs into a folder; returns their files by name."""
    folder.mkdir(parents=True, exist_ok=True)
    files = {name: folder / f"{name}.onnx" for name in graphs}
    for name, graph in graphs.items():
        export(graph, files[name])
    return files
