"""Constants are computed with onnx alone; what depends on an input, and what is an output, stays."""

from typing import Any

import numpy as np
import onnx
from onnx import helper
from onnx.reference import ReferenceEvaluator

from avatarify.graphs.fold_constants import fold_constants


def constant(name: str, value: Any) -> Any:
    return helper.make_node("Constant", [], [name], name, value=onnx.numpy_helper.from_array(np.array(value), name))


def model(nodes: list[Any], outputs: dict[str, list[int]]) -> Any:
    ports = [helper.make_tensor_value_info(name, 1, shape) for name, shape in outputs.items()]
    graph = helper.make_graph(nodes, "g", [helper.make_tensor_value_info("x", 1, [2, 3])], ports)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)])


def test_pads_that_torch_computes_in_the_graph_become_one_constant() -> None:
    nodes = [
        constant("given", [0, 0, 1, 0]),  # of the last axis first, as ``F.pad`` takes them
        constant("pairs", [-1, 2]),
        helper.make_node("Reshape", ["given", "pairs"], ["rows"]),
        helper.make_node("ReverseSequence", ["rows", "lengths"], ["turned"], batch_axis=1, time_axis=0),
        constant("lengths", [2, 2]),
        helper.make_node("Transpose", ["turned"], ["columns"], perm=[1, 0]),
        constant("flat", [-1]),
        helper.make_node("Reshape", ["columns", "flat"], ["pads"]),
        helper.make_node("Pad", ["x", "pads"], ["y"]),
    ]
    nodes[3], nodes[4] = nodes[4], nodes[3]
    given = model(nodes, {"y": [3, 3]})
    x = np.arange(6, dtype=np.float32).reshape(2, 3)
    before = ReferenceEvaluator(given).run(None, {"x": x})[0]
    folded = fold_constants(given)
    assert [node.op_type for node in folded.graph.node] == ["Pad"]
    np.testing.assert_array_equal(ReferenceEvaluator(folded).run(None, {"x": x})[0], before)
    np.testing.assert_array_equal(before[0], np.zeros(3))


def test_a_shape_of_fixed_size_is_a_constant() -> None:
    nodes = [
        helper.make_node("Shape", ["x"], ["shape"]),
        helper.make_node("ConstantOfShape", ["shape"], ["zeros"]),
        helper.make_node("Add", ["x", "zeros"], ["y"]),
    ]
    folded = fold_constants(model(nodes, {"y": [2, 3]}))
    assert [node.op_type for node in folded.graph.node] == ["Add"]
    assert [one.name for one in folded.graph.initializer] == ["zeros"]


def test_a_constant_output_stays_a_node() -> None:
    nodes = [
        constant("one", np.float32(1)),
        helper.make_node("Add", ["one", "one"], ["two"]),
        helper.make_node("Neg", ["x"], ["y"]),
    ]
    folded = fold_constants(model(nodes, {"y": [2, 3], "two": []}))
    onnx.checker.check_model(folded, full_check=True)
    assert sorted(node.op_type for node in folded.graph.node) == ["Constant", "Neg"]
    assert ReferenceEvaluator(folded).run(["two"], {"x": np.zeros((2, 3), np.float32)})[0] == 2
