"""Computes what is constant in an ONNX model, with onnx alone: the result depends on no other installed package."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


def fold_constants(model: Any) -> Any:
    """Replace nodes by their values where all inputs, or the asked shape, are known.

    onnxslim would do it with ONNX Runtime, and where that is not installed it leaves chains of constants that its
    later steps simplify wrongly: the pads of ``F.pad`` became pads of another axis.

    Args:
        model: A valid ModelProto of a fixed input size; it is changed.

    Returns:
        The model with inferred shapes. A value that is an output of the graph stays a ``Constant`` node.

    Raises:
        RuntimeError, TypeError, ValueError: A node has invalid inputs.
    """
    import onnx

    folded = True
    while folded:  # a folded shape lets the shapes behind it be inferred
        model = onnx.shape_inference.infer_shapes(model, data_prop=True)
        folded = _fold_once(model)
    return model


def _fold_once(model: Any) -> bool:
    """Fold what is known now; return whether anything was."""
    import onnx

    known = {one.name: onnx.numpy_helper.to_array(one) for one in model.graph.initializer}
    shapes = _static_shapes(model.graph)
    results = {port.name for port in model.graph.output}
    done = []
    for node in model.graph.node:
        if node.op_type == "Constant" and set(node.output) <= results:
            continue
        values = _values(node, known, shapes, model.opset_import)
        if values is not None:
            known |= values
            done.append(node)
    for node in done:
        model.graph.node.remove(node)
    _keep(model.graph, {name: known[name] for node in done for name in node.output if name})
    return bool(done)


def _static_shapes(graph: Any) -> dict[str, tuple[int, ...]]:
    """Return the shapes in which every side is a number, by tensor."""
    shapes = {}
    for port in (*graph.input, *graph.value_info):
        sides = port.type.tensor_type.shape.dim
        if port.type.tensor_type.HasField("shape") and all(side.HasField("dim_value") for side in sides):
            shapes[port.name] = tuple(side.dim_value for side in sides)
    return shapes


def _values(node: Any, known: dict[str, Array], shapes: dict[str, tuple[int, ...]], opsets: Any) -> Any:
    """Return a node's outputs by name, or None if they depend on the model's inputs."""
    import onnx
    from onnx.reference import ReferenceEvaluator

    if node.op_type == "Shape" and node.input[0] in shapes and not node.attribute:
        return {node.output[0]: np.array(shapes[node.input[0]], np.int64)}
    given = [name for name in node.input if name]
    if any(name not in known for name in given) or any(one.type == onnx.AttributeProto.GRAPH for one in node.attribute):
        return None
    names = [name for name in node.output if name]
    graph = onnx.helper.make_graph(
        [node],
        "constant",
        [onnx.helper.make_value_info(name, onnx.TypeProto()) for name in given],
        [onnx.helper.make_value_info(name, onnx.TypeProto()) for name in names],
    )
    part = onnx.helper.make_model(graph, opset_imports=opsets)
    values = ReferenceEvaluator(part).run(None, {name: known[name] for name in given})
    return dict(zip(names, map(np.asarray, values), strict=True))


def _keep(graph: Any, values: dict[str, Array]) -> None:
    """Put values into the graph: those that other nodes read as weights, those that are outputs as nodes."""
    import onnx

    read = {name for node in graph.node for name in node.input}
    outputs = {port.name for port in graph.output}
    for name, value in values.items():
        tensor = onnx.numpy_helper.from_array(value, name)
        if name in outputs:
            graph.node.insert(0, onnx.helper.make_node("Constant", [], [name], f"{name}.constant", value=tensor))
        elif name in read:
            graph.initializer.append(tensor)
