"""Convolutions of a flat module in float16: batch norms folded into them, ReLU done by the same kernel, channels last.

Coordinates, softmax and warps stay float32, as in the engines.
"""

from __future__ import annotations

from operator import getitem
from typing import cast

import torch
import torch.nn.functional as F
from torch import Tensor
from torch.fx import GraphModule, Node

from avatarify.runtimes.fx_flatten import hold, tidy, value_of

_aten = torch.ops.aten
_CONVOLUTION, _NORM, _RELU = _aten.convolution.default, _aten.native_batch_norm.default, _aten.relu.default
# Between convolutions: done in float16 where all that goes in is.
_BETWEEN = (
    _RELU,
    _aten.add.Tensor,
    _aten.addcmul.default,
    _aten.avg_pool2d.default,
    _aten.cat.default,
    _aten.constant_pad_nd.default,
    _aten.pixel_shuffle.default,
    _aten.upsample_bilinear2d.default,
    _aten.upsample_nearest2d.default,
)


def narrow(flat: GraphModule, dtype: torch.dtype = torch.float16) -> GraphModule:
    """Change a module of ``flat.flatten`` in place and return it.

    Args:
        flat: In float32; its outputs stay so.
        dtype: Of convolutions and of what is between them.
    """
    _fold_norms(flat)
    _place_convolutions(flat, dtype)
    _cast(flat, dtype)
    return tidy(flat)


def convolve(
    x: Tensor,
    weight: Tensor,
    bias: Tensor | None,
    stride: list[int],
    padding: list[int],
    groups: int,
    relu: bool,
    transposed: bool = False,
) -> Tensor:
    """Convolve pictures (B, C, H, W) laid out channels last, with or without ReLU."""
    x = x.contiguous(memory_format=torch.channels_last)
    if transposed:
        found = F.conv_transpose2d(x, weight, bias, stride, padding, 0, groups)
        return found.relu_() if relu else found
    if relu and x.is_cuda:
        fused: Tensor = torch.cudnn_convolution_relu(x, weight, bias, stride, padding, [1, 1], groups)
        return fused
    found = F.conv2d(x, weight, bias, stride, padding, 1, groups)
    return found.relu_() if relu else found


def _fold_norms(flat: GraphModule) -> None:
    """Put batch norms into the convolutions before them; where there is none they become one multiplication."""
    for node in list(flat.graph.nodes):
        if node.target is not _NORM:
            continue
        x, *numbers = node.args[:5]
        scale, shift = _line([_held(flat, number) for number in numbers], node.args[7])
        with flat.graph.inserting_before(node):
            if _is_plain(x) and not x.args[6] and len(x.users) == 1:
                changed = _scaled(flat, x, scale, shift)
            else:
                by, onto = (hold(flat, value[None, :, None, None]) for value in (scale, shift))
                changed = flat.graph.call_function(_aten.addcmul.default, (onto, x, by))
        for user in list(node.users):
            if user.target is getitem and user.args[1] == 0:
                user.replace_all_uses_with(changed)
    tidy(flat)


def _line(numbers: list[Tensor], epsilon: float) -> tuple[Tensor, Tensor]:
    gain, offset, mean, variance = numbers
    scale = gain / (variance + epsilon).sqrt()
    return scale, offset - mean * scale


def _scaled(flat: GraphModule, convolution: Node, scale: Tensor, shift: Tensor) -> Node:
    x, _, _, *how = convolution.args
    weight, bias = _weights(flat, convolution)
    folded = hold(flat, weight * scale[:, None, None, None]), hold(flat, shift + bias * scale)
    return flat.graph.call_function(_CONVOLUTION, (x, *folded, *how))


def _weights(flat: GraphModule, convolution: Node) -> tuple[Tensor, Tensor]:
    """Weight and bias, zeros where there is none."""
    weight, bias = _held(flat, convolution.args[1]), value_of(flat, convolution.args[2])
    transposed, groups = cast("tuple[bool, int]", (convolution.args[6], convolution.args[8]))
    out = weight.shape[1] * groups if transposed else len(weight)
    return weight, weight.new_zeros(out) if bias is None else bias


def _held(flat: GraphModule, node: object) -> Tensor:
    value = value_of(flat, node)
    assert value is not None, node
    return value


def _is_plain(node: Node) -> bool:
    """Whether it is a convolution that ``convolve`` can do: neither dilated nor with a padded output."""
    return node.target is _CONVOLUTION and node.args[5] == [1, 1] and not any(cast("list[int]", node.args[7]))


def _place_convolutions(flat: GraphModule, dtype: torch.dtype) -> None:
    for node in list(flat.graph.nodes):
        if not _is_plain(node):
            continue
        x, _, _, stride, padding, _, transposed, _, groups = node.args
        weight, bias = _weights(flat, node)
        after = next(iter(node.users))
        relu = len(node.users) == 1 and after.target is _RELU
        with flat.graph.inserting_before(node):
            held = hold(flat, weight.to(dtype, memory_format=torch.channels_last)), hold(flat, bias.to(dtype))
            placed = flat.graph.call_function(convolve, (x, *held, stride, padding, groups, relu, transposed))
        (after if relu else node).replace_all_uses_with(placed)
    tidy(flat)


def _cast(flat: GraphModule, dtype: torch.dtype) -> None:
    """Give every operation its inputs in the kind of number that it works in."""
    narrowed: set[Node] = set()
    casts: dict[Node, Node] = {}

    def cast(value: Node, to: torch.dtype) -> Node:
        if value not in casts:
            casts[value] = flat.graph.call_function(_aten._to_copy.default, (value,), {"dtype": to})
        return casts[value]

    def widened(value: Node) -> Node:
        return cast(value, torch.float32) if value in narrowed else value

    for node in list(flat.graph.nodes):
        with flat.graph.inserting_before(node):
            if node.target is convolve:
                x = node.args[0]
                node.args = (x if x in narrowed else cast(x, dtype), *node.args[1:])
                narrowed.add(node)
            elif _works_narrow(node, narrowed):
                _hold_narrow(flat, node, dtype)
                narrowed.add(node)
            elif node.op in ("call_function", "output"):
                node.args = torch.fx.map_arg(node.args, widened)


def _works_narrow(node: Node, narrowed: set[Node]) -> bool:
    """Whether an operation is one between convolutions, and nothing goes in that is not float16 or a norm's number."""
    is_norm = node.target is _aten.addcmul.default
    inputs = [value for value in node.all_input_nodes if not (is_norm and value.op == "get_attr")]
    return node.target in _BETWEEN and bool(inputs) and all(value in narrowed for value in inputs)


def _hold_narrow(flat: GraphModule, node: Node, dtype: torch.dtype) -> None:
    def held(value: Node) -> Node:
        tensor = value_of(flat, value)
        return value if tensor is None else hold(flat, tensor.to(dtype))

    node.args = torch.fx.map_arg(node.args, held)
