"""Lets OpenVINO compute convolutions with 8-bit integers (post-training quantization), where it has no fast 16 bits.

Ranges of the convolutions' inputs are measured on frames of the model's reference. A fake quantization at each input
and at the weights says what to round and how; OpenVINO makes integer kernels of that.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from avatarify.engines.openvino_model import CONVOLUTION, fold_constants, weighs_places
from avatarify.engines.reference.file import read_reference
from avatarify.graphs.spec import ENCODE, GENERATE, KEYPOINTS
from avatarify.runtimes.base import Arrays
from avatarify.runtimes.openvino_runtime import load_openvino

FRAMES = 5  # of the reference
_FEATURES = ("Relu", "Concat", "Interpolate", "Add", "AvgPool", "MaxPool")  # between convolutions
_SPARE = 1.25  # times the largest value seen: enough for 15 portraits of all kinds, ranges of one being known
# Without special instructions, two products of 8 bits are added in 16: weights with 7 bits keep them from overflowing.
_LEVELS, _HALVED = 255, 2.0
_PLAIN = {"INFERENCE_PRECISION_HINT": "f32", "INFERENCE_NUM_THREADS": "1"}


def quantize_convolutions(model: Any, cases: Sequence[Arrays]) -> Any:
    """Let convolutions between convolutions compute with 8 bits, in place.

    Those that read pictures, maps, or positions keep 32, and so do those whose results are places: the last one before
    a softmax, and all that move a grid.

    Args:
        model: An ``openvino.Model``; its inputs and outputs keep their types.
        cases: Inputs by name, of frames that show what the model will see.

    Returns:
        The same model.
    """
    ops = load_openvino().opset13
    fold_constants(model)
    chosen = quantizable(model)
    largest = _largest(model, chosen, cases)
    made: dict[Any, Any] = {}
    for node in chosen:
        key = _key(node)
        if key not in made:
            made[key] = _rounded(node.input_value(0), 0.0, _SPARE * largest[key], _LEVELS + 1)
        weights = np.asarray(node.input_value(1).get_node().data, np.float32)
        greatest = np.abs(weights).max(axis=(1, 2, 3), keepdims=True).clip(1e-8) * np.float32(_HALVED)
        node.input(0).replace_source_output(made[key].output(0))
        node.input(1).replace_source_output(_rounded(ops.constant(weights), -greatest, greatest, _LEVELS).output(0))
    model.validate_nodes_and_infer_types()
    return model


def calibration_cases(graph: str, folder: Path) -> list[Arrays]:
    """Return inputs of a graph, ``keypoints`` or ``generate``, for some frames of a reference.

    Args:
        graph: Its name.
        folder: With ``reference.npz`` and ``encode.onnx``.

    Raises:
        EngineError: The reference is missing or damaged.
    """
    reference = read_reference(folder / "reference.npz", FRAMES)
    if graph == KEYPOINTS.name:
        return [case.keypoints for case in reference.cases]
    assert graph == GENERATE.name, graph
    compiled = load_openvino().Core().compile_model(str(folder / f"{ENCODE.name}.onnx"), "CPU", _PLAIN)
    found = compiled(_known(compiled, reference.encode))
    features = {port.any_name: value for port, value in found.items()}
    return [features | reference.source | case.generate for case in reference.cases]


def quantizable(model: Any) -> list[Any]:
    """Return the convolutions that may compute with 8 bits."""
    places = _moves_grids(model)
    return [
        node
        for node in model.get_ordered_ops()
        if node.get_type_name() == CONVOLUTION
        and _is_feature(node.input_value(0))
        and not weighs_places(node)
        and node.get_friendly_name() not in places
    ]


def _is_feature(output: Any) -> bool:
    """Whether a value was computed by convolutions and a ReLU after each, so that it is never negative."""
    node, kind = output.get_node(), output.get_node().get_type_name()
    if kind == "Relu":
        return _is_of_convolutions(node.input_value(0))
    inputs = [node.input_value(number) for number in range(1 if kind == "Interpolate" else node.get_input_size())]
    return kind in _FEATURES and kind != "Add" and all(_is_feature(one) for one in inputs)


def _is_of_convolutions(output: Any) -> bool:
    node, kind = output.get_node(), output.get_node().get_type_name()
    if kind in (CONVOLUTION, "Constant"):
        return True
    inputs = [node.input_value(number) for number in range(1 if kind == "Interpolate" else node.get_input_size())]
    return kind in _FEATURES and all(_is_of_convolutions(one) for one in inputs)


def _moves_grids(model: Any) -> set[str]:
    """Return the names of all operations on whose results, other than by a softmax, positions of a warp depend."""
    found: set[str] = set()
    waiting = [node.input_value(1) for node in model.get_ordered_ops() if node.get_type_name() == "GridSample"]
    while waiting:
        node = waiting.pop().get_node()
        if node.get_friendly_name() not in found and node.get_type_name() != "Softmax":
            found.add(node.get_friendly_name())
            waiting += [node.input_value(number) for number in range(node.get_input_size())]
    return found


def _largest(model: Any, chosen: Sequence[Any], cases: Sequence[Arrays]) -> dict[Any, float]:
    """Return the largest value of the convolutions' inputs, by source."""
    ops, watched = load_openvino().opset13, {_key(node): node.input_value(0) for node in chosen}
    results = [ops.result(ops.reduce_max(output, np.arange(4), keep_dims=False)) for output in watched.values()]
    model.add_results(results)
    try:
        compiled = load_openvino().Core().compile_model(model, "CPU", _PLAIN)
        first = len(model.outputs) - len(results)
        seen = [list(compiled(_known(compiled, case)).values())[first:] for case in cases]
    finally:
        for result in results:
            model.remove_result(result)
    return dict(zip(watched, np.max(np.asarray(seen, np.float32), 0).tolist(), strict=True))


def _known(compiled: Any, given: Arrays) -> Arrays:
    names = {port.any_name for port in compiled.inputs}
    return {name: np.ascontiguousarray(value) for name, value in given.items() if name in names}


def _key(node: Any) -> tuple[str, int]:
    output = node.input_value(0)
    return output.get_node().get_friendly_name(), output.get_index()


def _rounded(value: Any, low: float | NDArray[np.float32], high: float | NDArray[np.float32], levels: int) -> Any:
    ops = load_openvino().opset13
    ends = [ops.constant(np.asarray(end, np.float32).reshape(-1, 1, 1, 1)) for end in (low, high)]
    return ops.fake_quantize(value, *ends, *ends, levels)
