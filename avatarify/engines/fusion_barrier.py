"""Keeps TensorRT's compiler from fusing the sampling grid of a warp with other uses of it."""

from __future__ import annotations

from typing import Any

_WARP = "GridSample"


def with_barriers(model: Any) -> Any:
    """Pass the sampling grid of each warp through an operation that changes nothing and is never fused.

    TensorRT-RTX 1.7 fails ("ssa_validation") where a warp's grid is also an input of other operations. ``TopK`` along
    an axis of length 1 returns its input; an identity, resize, or pooling would be optimized away.

    Args:
        model: An ``onnx.ModelProto`` with fixed shapes; changed in place.

    Returns:
        The same model.
    """
    import onnx

    helper, graph = onnx.helper, model.graph
    shapes = _shapes(onnx.shape_inference.infer_shapes(model))
    graph.initializer.append(helper.make_tensor("barrier.one", onnx.TensorProto.INT64, [1], [1]))
    nodes = []
    for node in graph.node:
        shape = shapes.get(node.input[1] if node.op_type == _WARP else "", [])
        if shape and all(shape):
            nodes += _barrier(helper, graph, node, shape)
        nodes.append(node)
    del graph.node[:]
    graph.node.extend(nodes)
    return model


def _barrier(helper: Any, graph: Any, warp: Any, shape: list[int]) -> list[Any]:
    name, grid = f"{warp.name}.barrier", warp.input[1]
    count = 1
    for side in shape:
        count *= side
    graph.initializer.append(helper.make_tensor(f"{name}.flat", 7, [4], [1, count, 1, 1]))
    graph.initializer.append(helper.make_tensor(f"{name}.shape", 7, [len(shape)], shape))
    warp.input[1] = f"{name}.out"
    return [
        helper.make_node("Reshape", [grid, f"{name}.flat"], [f"{name}.in"], f"{name}.in"),
        helper.make_node("TopK", [f"{name}.in", "barrier.one"], [f"{name}.same", f"{name}.index"], name, axis=3),
        helper.make_node("Reshape", [f"{name}.same", f"{name}.shape"], [f"{name}.out"], f"{name}.out"),
    ]


def _shapes(model: Any) -> dict[str, list[int]]:
    """Return the shapes of all tensors; 0 for a free axis."""
    tensors = (*model.graph.value_info, *model.graph.input)
    return {one.name: [side.dim_value for side in one.type.tensor_type.shape.dim] for one in tensors}
