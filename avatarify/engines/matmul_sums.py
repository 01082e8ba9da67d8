"""Writes matrix products as broadcast products and sums."""

from __future__ import annotations

from typing import Any


def products_as_sums(model: Any) -> Any:
    """Replace each ``MatMul`` of an ONNX model by a broadcast product and a sum.

    The matrices are small and contain positions, so they stay float32, and TensorRT-RTX has no float32 matrix product
    for Turing (compute capability 7.5).

    Args:
        model: An ``onnx.ModelProto``; changed in place.

    Returns:
        The same model.
    """
    import onnx

    helper, graph = onnx.helper, model.graph
    nodes = []
    for node in graph.node:
        if node.op_type != "MatMul":
            nodes.append(node)
            continue
        name, (left, right) = node.name, node.input
        rows, columns, products = f"{name}.rows", f"{name}.columns", f"{name}.products"
        axes = {f"{name}.axis{i}": axis for i, axis in enumerate((-1, -3, -2))}
        graph.initializer.extend(helper.make_tensor(key, onnx.TensorProto.INT64, [1], [n]) for key, n in axes.items())
        last, first, middle = axes
        nodes += [
            helper.make_node("Unsqueeze", [left, last], [rows], rows),
            helper.make_node("Unsqueeze", [right, first], [columns], columns),
            helper.make_node("Mul", [rows, columns], [products], products),
            helper.make_node("ReduceSum", [products, middle], list(node.output), f"{name}.sum", keepdims=0),
        ]
    del graph.node[:]
    graph.node.extend(nodes)
    return model
