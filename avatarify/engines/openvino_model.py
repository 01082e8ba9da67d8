"""Rewrites a graph for OpenVINO on a CPU: what its kernels are slow at, and convolutions with 16 bits.

OpenVINO's own hint for 16 bits cannot leave out single operations, and positions of warps need 32. So the types are
part of the model: convolutions and what is between them work with 16 bits, and all else with 32.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from avatarify.runtimes.openvino_runtime import load_openvino

CONVOLUTION = "Convolution"
# Between convolutions: done with 16 bits where all that goes in is.
_BETWEEN = ("Relu", "Concat", "Interpolate", "Add", "AvgPool", "MaxPool", "DepthToSpace", "SpaceToDepth")
_FOLLOWED = ("Add", "Reshape", "Transpose")  # on the way from the last convolution to a softmax
_FEW = 4  # channels of a picture or motion, up to which products with matrices resize faster than OpenVINO does
_NUMBERS = ("f16", "bf16", "f32")


def resize_by_products(model: Any) -> Any:
    """Replace bilinear enlargements of few channels by products with constant matrices, in place.

    Args:
        model: An ``openvino.Model`` with fixed shapes.

    Returns:
        The same model.
    """
    ops = load_openvino().opset13
    for node in model.get_ordered_ops():
        if node.get_type_name() != "Interpolate" or not _is_plain(node):
            continue
        given, (_, _, *before), (_, _, *after) = node.input_value(0), node.get_input_shape(0), node.get_output_shape(0)
        rows, columns = (_interpolation(*sizes) for sizes in zip(before, after, strict=True))
        across = ops.matmul(given, ops.constant(np.ascontiguousarray(columns.T)), False, False)
        made = ops.matmul(ops.constant(rows), across, False, False)
        made.set_friendly_name(node.get_friendly_name())
        _use_instead(node, made)
    model.validate_nodes_and_infer_types()
    return model


def halve_convolutions(model: Any, half: str) -> Any:
    """Let convolutions and what is between them compute with 16 bits, in place.

    The last convolution before a softmax keeps 32: the place of a key point is a mean that its logits weigh.

    Args:
        model: An ``openvino.Model``; its inputs and outputs keep their types.
        half: ``bf16`` or ``f16``.

    Returns:
        The same model.
    """
    fold_constants(model)
    nodes = model.get_ordered_ops()
    halved: set[str] = set()
    for node in nodes:
        if _works_halved(node, halved):
            halved.add(node.get_friendly_name())
    casts: dict[tuple[str, int, str], Any] = {}
    for node in nodes:
        for given in node.inputs():
            _cast(node, given, halved, half, casts)
    model.validate_nodes_and_infer_types()
    return model


def fold_constants(model: Any) -> None:
    """Compute what depends on no input, in place: weights and biases become constants of their own."""
    from openvino.passes import ConstantFolding, Manager

    folding = Manager()
    folding.register_pass(ConstantFolding())
    folding.run_passes(model)


def _is_plain(node: Any) -> bool:
    """Whether an interpolation enlarges rows and columns of few channels between the pixels' centers."""
    before, after = tuple(node.get_input_shape(0)), tuple(node.get_output_shape(0))
    how = node.get_attributes()
    return (
        len(before) == 4
        and before[:2] == after[:2]
        and before[1] <= _FEW
        and all(small <= big for small, big in zip(before[2:], after[2:], strict=True))
        and how["mode"] in ("linear_onnx", "linear")
        and how["coordinate_transformation_mode"] in ("half_pixel", "pytorch_half_pixel")
    )


def _interpolation(before: int, after: int) -> NDArray[np.float32]:
    """Return (after, before) float32: the weights of the old pixels in the new ones."""
    place = np.clip((np.arange(after) + 0.5) * before / after - 0.5, 0, before - 1)
    distance = np.abs(place[:, None] - np.arange(before))
    weights: NDArray[np.float32] = np.maximum(1 - distance, 0).astype(np.float32)
    return weights


def _use_instead(node: Any, made: Any) -> None:
    for target in list(node.output(0).get_target_inputs()):
        target.replace_source_output(made.output(0))


def _works_halved(node: Any, halved: set[str]) -> bool:
    if node.get_type_name() == CONVOLUTION:
        return not weighs_places(node)
    sources = [given.get_source_output() for given in node.inputs()]
    pictures = [one for one in sources if _is_float(one) and one.get_node().get_type_name() != "Constant"]
    between = node.get_type_name() in _BETWEEN and bool(pictures)
    return between and all(one.get_node().get_friendly_name() in halved for one in pictures)


def weighs_places(node: Any) -> bool:
    """Whether all that follows a node is a softmax, after changes of shape and a bias."""
    after = [target.get_node() for target in node.output(0).get_target_inputs()]
    if len(after) != 1:
        return False
    kind = after[0].get_type_name()
    return kind == "Softmax" or (kind in _FOLLOWED and weighs_places(after[0]))


def _is_float(output: Any) -> bool:
    return output.get_element_type().get_type_name() in _NUMBERS


def _cast(node: Any, given: Any, halved: set[str], half: str, casts: dict[tuple[str, int, str], Any]) -> None:
    """Give an operation an input in the kind of number that it works in."""
    source = given.get_source_output()
    name = source.get_node().get_friendly_name()
    wanted, found = (half if one in halved else "f32" for one in (node.get_friendly_name(), name))
    sizes = node.get_type_name() == "Interpolate" and given.get_index() > 0
    if wanted == found or sizes or not _is_float(source):
        return
    key = name, source.get_index(), wanted
    if key not in casts:
        casts[key] = load_openvino().opset13.convert(source, wanted)
    given.replace_source_output(casts[key].output(0))
