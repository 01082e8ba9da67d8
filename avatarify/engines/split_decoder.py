"""Splits a generator after its last warp: positions before, only colors and features after."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from avatarify.errors import EngineError

_WARP = "GridSample"


def split_decoder(file: Path) -> tuple[Any, Any]:
    """Split an ONNX graph after its last warp.

    All computations of positions, which need float32, come before the split. For what follows, 16 bits are enough.

    Args:
        file: The generator's ONNX file.

    Returns:
        Both parts, ``onnx.ModelProto``; the second takes outputs of the first.

    Raises:
        EngineError: The graph has no warp.
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
    """Return the nodes that depend on the last warp; ``nodes`` are in the order of execution."""
    warps = [node for node in nodes if node.op_type == _WARP]
    if not warps:
        raise EngineError("{file} has no warp at which it could be split.", "Use --precision fp32.", file=file.name)
    known, after = set(warps[-1].output), []
    for node in nodes:
        if known & set(node.input):
            known |= set(node.output)
            after.append(node)
    return after
