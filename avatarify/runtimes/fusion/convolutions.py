"""Gets convolutions into the form in which cuDNN's fast kernels take them without a copy.

Channels are filled up with zeros to a multiple of eight, convolutions of one input become one, a bias that no ReLU
follows is left to the next kernel.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor
from torch.fx import GraphModule, Node

from avatarify.runtimes.fx_flatten import hold, tidy, value_of
from avatarify.runtimes.half_precision import convolve

_aten = torch.ops.aten
_STEP = 8
_FEW = 16  # channels up to which groups cost more than the zeros that would replace them


def prepare(flat: GraphModule) -> GraphModule:
    """Change a module of ``half_precision.narrow`` in place and return it."""
    for node in _convolutions(flat):
        _join_groups(flat, node)
    _join_siblings(flat)
    for node in _convolutions(flat):
        _fill(flat, node)
    for node in _convolutions(flat):
        _split_bias(flat, node)
    return tidy(flat)


def _convolutions(flat: GraphModule) -> list[Node]:
    return [node for node in flat.graph.nodes if node.target is convolve]


def _numbers(flat: GraphModule, node: Node) -> tuple[Tensor, Tensor]:
    weight, bias = value_of(flat, node.args[1]), value_of(flat, node.args[2])
    assert weight is not None
    assert bias is not None
    return weight, bias


def _hold_weights(flat: GraphModule, weight: Tensor, bias: Tensor) -> tuple[Node, Node]:
    return hold(flat, weight.contiguous(memory_format=torch.channels_last)), hold(flat, bias)


def _join_groups(flat: GraphModule, node: Node) -> None:
    args: Any = node.args
    x, _, _, stride, padding, groups, relu, transposed = args
    weight, bias = _numbers(flat, node)
    if groups == 1 or transposed or len(weight) > _FEW:
        return
    out, inner, *kernel = weight.shape
    dense = weight.new_zeros(out, inner * groups, *kernel)
    for place in range(out):
        first = place // (out // groups) * inner
        dense[place, first : first + inner] = weight[place]
    with flat.graph.inserting_before(node):
        node.args = (x, *_hold_weights(flat, dense, bias), stride, padding, 1, relu, transposed)


def _join_siblings(flat: GraphModule) -> None:
    """Let convolutions of one input that differ only in their weights be one with more channels."""
    families: dict[Any, list[Node]] = defaultdict(list)
    for node in _convolutions(flat):
        x, _, _, stride, padding, groups, relu, transposed = node.args
        if groups == 1 and not transposed:
            size = tuple(_numbers(flat, node)[0].shape[1:])
            families[x, tuple(stride), tuple(padding), relu, size].append(node)  # type: ignore[arg-type]
    for family in families.values():
        if len(family) > 1:
            _join(flat, family)


def _join(flat: GraphModule, family: list[Node]) -> None:
    weights, biases = zip(*(_numbers(flat, node) for node in family), strict=True)
    first, begin = family[0], 0
    with flat.graph.inserting_before(first):
        held = _hold_weights(flat, torch.cat(weights), torch.cat(biases))
        joint = flat.graph.call_function(convolve, (first.args[0], *held, *first.args[3:]))
        parts = []
        for weight in weights:
            parts.append(_channels(flat, joint, begin, begin + len(weight)))
            begin += len(weight)
    for node, part in zip(family, parts, strict=True):
        node.replace_all_uses_with(part)
        flat.graph.erase_node(node)


def _channels(flat: GraphModule, node: Node, begin: int, end: int) -> Node:
    return flat.graph.call_function(_aten.slice.Tensor, (node, 1, begin, end))


def _fill(flat: GraphModule, node: Node) -> None:
    """Fill up the channels that go in and come out."""
    x, _, _, stride, padding, groups, relu, transposed = node.args
    weight, bias = _numbers(flat, node)
    out_axis, in_axis = (1, 0) if transposed else (0, 1)
    missing_in, missing_out = (-weight.shape[axis] % _STEP for axis in (in_axis, out_axis))
    if groups != 1 or not (missing_in or missing_out):
        return
    out = weight.shape[out_axis]
    pads = [0, 0, 0, 0, 0, missing_out, 0, missing_in] if transposed else [0, 0, 0, 0, 0, missing_in, 0, missing_out]
    weight, bias = F.pad(weight, pads), F.pad(bias, [0, missing_out])
    with flat.graph.inserting_before(node):
        if missing_in:
            x = _filled(flat, x, missing_in)  # type: ignore[arg-type]
        held = _hold_weights(flat, weight, bias)
        wide = flat.graph.call_function(convolve, (x, *held, stride, padding, groups, relu, transposed))
        result = _channels(flat, wide, 0, out) if missing_out else wide
    node.replace_all_uses_with(result)
    flat.graph.erase_node(node)


def _filled(flat: GraphModule, x: Node, missing: int) -> Node:
    """The same with zeros behind it; a convolution that was filled up has them already."""
    if x.target is _aten.slice.Tensor and x.args[1] == 1 and x.args[2] == 0:
        wide: Any = x.args[0]
        have = value_of(flat, wide.args[2]) if wide.target is convolve else None
        if have is not None and len(have) == x.args[3] + missing:  # type: ignore[operator]
            return wide  # type: ignore[no-any-return]
    return flat.graph.call_function(_aten.constant_pad_nd.default, (x, [0, 0, 0, 0, 0, missing], 0.0))


def _split_bias(flat: GraphModule, node: Node) -> None:
    """Add the bias, and cut off what is negative after a transposed convolution, in the next kernel."""
    x, weight, _, stride, padding, groups, relu, transposed = node.args
    if relu and not transposed:
        return
    bias = _numbers(flat, node)[1]
    with flat.graph.inserting_before(node):
        result = flat.graph.call_function(convolve, (x, weight, None, stride, padding, groups, False, transposed))
        if bias.any():
            result = flat.graph.call_function(_aten.add.Tensor, (result, hold(flat, bias[None, :, None, None])))
        if relu:
            result = flat.graph.call_function(_aten.relu.default, (result,))
    node.replace_all_uses_with(result)
    flat.graph.erase_node(node)
