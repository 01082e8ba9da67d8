"""Cuts a generator in two behind its last warp: positions before, nothing but colours and features after."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from avatarify.errors import EngineError

_WARP = "GridSample"


def cut_decoder(file: Path) -> tuple[Any, Any]:
    """Return both parts of an ONNX graph as models; the second takes what the first gives.

    Before the cut stand all computations of positions, which need float32; after it those that 16 bits are enough for.

    Raises:
        EngineError: it has no warp to be cut at.
    """
    import onnx
    from onnx.utils import Extractor

    model = onnx.shape_inference.infer_shapes(onnx.load(file))
    graph = model.graph
    after = _after_last_warp(list(graph.node), file)
    made = {name for node in after for name in node.output}
    weights = {tensor.name for tensor in graph.initializer}
    between = [name for node in after for name in node.input if name and name not in made | weights]
    outputs = [output.name for output in graph.output]
    first = [name for name in outputs if name not in made] + list(dict.fromkeys(between))
    last = [name for name in outputs if name in made]
    extractor = Extractor(model)
    given = [name.name for name in graph.input]
    motion = extractor.extract_model(given, [name for name in dict.fromkeys(first) if name not in given])
    return motion, extractor.extract_model(list(dict.fromkeys(between)), last)


def _after_last_warp(nodes: list[Any], file: Path) -> list[Any]:
    """Nodes that need the last warp's result; they stand in the order in which they can be computed."""
    warps = [node for node in nodes if node.op_type == _WARP]
    if not warps:
        raise EngineError(f"{file.name} has no warp behind which it could be cut.", "Use --precision fp32.")
    known, after = set(warps[-1].output), []
    for node in nodes:
        if known & set(node.input):
            known |= set(node.output)
            after.append(node)
    return after
