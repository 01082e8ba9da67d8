"""Operations that put elements of tensors at other places."""

from __future__ import annotations

from typing import Any

import torch
from torch.fx import Node

from avatarify.runtimes.fusion.arguments import Write, arguments, constant
from avatarify.runtimes.fusion.body import Body, shape_of
from avatarify.runtimes.fusion.index import Index, number, over, plus, rest, times

_aten = torch.ops.aten


def _flip(body: Body, node: Node, index: Index) -> str:
    x, axes = arguments(node, None)
    turned = {axis % len(index) for axis in axes}
    shape = shape_of(x)
    places = [body.whole(f"({shape[n] - 1}-{p})") if n in turned else p for n, p in enumerate(index)]
    return body.value(x, tuple(places))


def _cat(body: Body, node: Node, index: Index) -> str:
    parts: Any = node.args[0]
    axis = arguments(node, 0)[1] % len(index)
    parts = [part for part in parts if shape_of(part) != (0,)]
    return _among(body, node, index, axis, [(part, shape_of(part)[axis]) for part in parts], keep=True)


def _stack(body: Body, node: Node, index: Index) -> str:
    parts: Any = node.args[0]
    axis = arguments(node, 0)[1] % len(index)
    return _among(body, node, index, axis, [(part, 1) for part in parts], keep=False)


def _among(body: Body, node: Node, index: Index, axis: int, parts: list[tuple[Node, int]], *, keep: bool) -> str:
    """One of several tensors laid side by side."""
    where, begin, name = index[axis], 0, ""
    for part, size in parts:
        known = number(where)
        place = (_within(where, begin),) if keep else ()
        inner = (*index[:axis], *place, *index[axis + 1 :])
        if known is not None:
            if begin <= known < begin + size:
                return body.value(part, inner)
        else:
            condition = f"{where} >= {begin} && {where} < {begin + size}"

            def inside(part: Node = part, inner: Index = inner) -> str:
                return body.value(part, inner)

            name = body.branch(condition, inside, name or "0")
        begin += size
    return name


def _within(where: str, begin: int) -> str:
    """Index within a part that begins somewhere."""
    return plus(where, -begin) if begin else where


def _pad(body: Body, node: Node, index: Index) -> str:
    x, pads, value = arguments(node, None, 0.0)
    shape, places, conditions = shape_of(x), list(index), []
    for number_, axis in enumerate(range(len(shape) - 1, len(shape) - 1 - len(pads) // 2, -1)):
        before, after = pads[2 * number_ : 2 * number_ + 2]
        if before or after:
            places[axis] = plus(index[axis], -before)
            conditions.append(f"{places[axis]} >= 0 && {places[axis]} < {shape[axis]}")
    condition = " && ".join(conditions) or "true"
    return body.branch(condition, lambda: body.value(x, tuple(places)), constant(value, "float"))


def _index(body: Body, node: Node, index: Index) -> str:
    x: Any = node.args[0]
    chosen: Any = node.args[1]
    axis = next(number_ for number_, one in enumerate(chosen) if one is not None)
    table = chosen[axis]
    rank, size = len(shape_of(table)), shape_of(x)[axis]
    found = body.value(table, index[axis : axis + rank])
    place = body.let("int", f"{found} < 0 ? {found} + {size} : {found}")
    return body.value(x, (*index[:axis], place, *index[axis + rank :]))


def _pixel_shuffle(body: Body, node: Node, index: Index) -> str:
    x, factor = arguments(node, 1)
    *before, channel, y, across = index
    inner = plus(times(rest(y, factor), factor), rest(across, factor))
    place = body.whole(plus(times(channel, factor * factor), inner))
    return body.value(x, (*before, place, body.whole(over(y, factor)), body.whole(over(across, factor))))


def _pixel_unshuffle(body: Body, node: Node, index: Index) -> str:
    x, factor = arguments(node, 1)
    *before, channel, y, across = index
    inner = rest(channel, factor * factor)
    row = body.whole(plus(times(y, factor), over(inner, factor)))
    column = body.whole(plus(times(across, factor), rest(inner, factor)))
    return body.value(x, (*before, body.whole(over(channel, factor * factor)), row, column))


MOVES: dict[Any, Write] = {
    _aten.flip.default: _flip,
    _aten.cat.default: _cat,
    _aten.stack.default: _stack,
    _aten.constant_pad_nd.default: _pad,
    _aten.index.Tensor: _index,
    _aten.pixel_shuffle.default: _pixel_shuffle,
    _aten.pixel_unshuffle.default: _pixel_unshuffle,
}
