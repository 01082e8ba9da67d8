"""All operations of ATen that can be written in C, and what each is made from."""

from __future__ import annotations

import math
from collections.abc import Callable
from operator import getitem
from typing import Any

import torch
from torch.fx import Node

from avatarify.runtimes.fusion.arguments import Write, arguments
from avatarify.runtimes.fusion.body import TYPES, Body, dtype_of, shape_of
from avatarify.runtimes.fusion.elementwise import ELEMENTWISE
from avatarify.runtimes.fusion.index import Index, plus
from avatarify.runtimes.fusion.moves import MOVES
from avatarify.runtimes.fusion.reductions import PRODUCTS, REDUCTIONS, reduced_axes
from avatarify.runtimes.fusion.sampling import SAMPLING, max_pool, window
from avatarify.runtimes.fusion.views import VIEWS

LONGEST = 128  # a sum of more is left to torch, which shares it among threads
_SHORT = 16

_aten = torch.ops.aten


def _item(body: Body, node: Node, index: Index) -> str:
    several: Any = node.args[0]
    number_: Any = node.args[1]
    if several.target is _aten.unbind.int:
        x, axis = arguments(several, 0)
        axis %= len(shape_of(x))
        return body.value(x, (*index[:axis], str(number_), *index[axis:]))
    if several.target is _aten.split_with_sizes.default:
        x, sizes, axis = arguments(several, None, 0)
        axis %= len(shape_of(x))
        place = body.whole(plus(index[axis], sum(sizes[:number_])))
        return body.value(x, (*index[:axis], place, *index[axis + 1 :]))
    if several.target is _aten.log_sigmoid_forward.default:
        x = body.value(several.args[0], index)
        return f"fminf({x}, 0.0f) - log1pf(expf(-fabsf({x})))"
    return max_pool(body, several, index)


OPERATIONS: dict[Any, Write] = {
    **ELEMENTWISE,
    **VIEWS,
    **MOVES,
    **SAMPLING,
    **REDUCTIONS,
    **PRODUCTS,
    getitem: _item,
}
_WINDOWS = {_aten.upsample_bilinear2d.default: 4, _aten.grid_sampler_2d.default: 4, _aten.avg_pool2d.default: 0}
_PARTS = (_aten.unbind.int, _aten.split_with_sizes.default)
_WITHIN = (*_PARTS, _aten.log_sigmoid_forward.default, _aten.max_pool2d_with_indices.default)


def can_write(node: Node) -> bool:
    """Whether a node is one of these operations, in a form that is known here."""
    if node.target not in OPERATIONS or "tensor" not in node.meta or dtype_of(node) not in TYPES:
        return False
    inputs = [one for one in node.all_input_nodes if one.target not in _WITHIN]
    if any("tensor" not in one.meta or dtype_of(one) not in TYPES for one in inputs):
        return False
    check = _CHECKS.get(node.target)
    return check is None or check(node)


def turns(node: Node) -> int:
    """How many elements of its inputs one element of a node is made from."""
    x: Any = node.args[0]
    if node.target is getitem:
        pools = x.target is _aten.max_pool2d_with_indices.default
        return math.prod(window(x, None, [], 0)[1]) if pools else 1
    if node.target in _WINDOWS:
        return _WINDOWS[node.target] or math.prod(window(node, None, [], 0)[1])
    if node.target in REDUCTIONS:
        return math.prod(shape_of(x)[axis] for axis in reduced_axes(node))
    if node.target is _aten._softmax.default:
        return 2 * shape_of(x)[int(arguments(node, 0)[1])]
    return shape_of(x)[-1] if node.target in PRODUCTS else 1


def _one_table(node: Node) -> bool:
    chosen: Any = node.args[1]
    tables = [one for one in chosen if one is not None]
    return len(tables) == 1 and dtype_of(tables[0]) in (torch.int64, torch.int32)


def _first_of(node: Node) -> bool:
    several: Any = node.args[0]
    if several.target in _PARTS:
        return True
    return several.target in _WITHIN and bool(node.args[1] == 0)


def _is_short(node: Node) -> bool:
    return turns(node) <= LONGEST


def _is_euclidean(node: Node) -> bool:
    return bool((node.args[1:2] or (2,))[0] == 2) and _is_short(node)


def _is_bilinear(node: Node) -> bool:
    return bool(node.args[2] == 0 and node.args[3] in (0, 1))


def _is_plain_pool(node: Node) -> bool:
    return not any(window(node, None, [], 0)[3]) and not any(bool(one) for one in node.args[4:5])


def _repeats(node: Node) -> bool:
    x: Any = node.args[0]
    return all(big % small == 0 for big, small in zip(shape_of(node)[-2:], shape_of(x)[-2:], strict=True))


_CHECKS: dict[Any, Callable[[Node], bool]] = {
    **dict.fromkeys((*REDUCTIONS, _aten.mm.default, _aten.bmm.default), _is_short),
    _aten._softmax.default: lambda node: turns(node) <= 2 * _SHORT,
    _aten.index.Tensor: _one_table,
    getitem: _first_of,
    _aten.linalg_vector_norm.default: _is_euclidean,
    _aten.grid_sampler_2d.default: _is_bilinear,
    _aten.avg_pool2d.default: _is_plain_pool,
    _aten.upsample_nearest2d.default: _repeats,
    _aten.pow.Tensor_Scalar: lambda node: TYPES[dtype_of(node)] == "float",
}
