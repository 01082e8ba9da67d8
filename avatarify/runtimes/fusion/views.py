"""Operations that show the elements of a tensor at other places, without work of their own."""

from __future__ import annotations

from typing import Any

import torch
from torch.fx import Node

from avatarify.runtimes.fusion.arguments import Write, arguments
from avatarify.runtimes.fusion.body import Body, shape_of
from avatarify.runtimes.fusion.index import Index, broadcast, plus, reshaped, times

_aten = torch.ops.aten


def _view(body: Body, node: Node, index: Index) -> str:
    x: Any = node.args[0]
    places = tuple(body.whole(place) for place in reshaped(index, shape_of(node), shape_of(x)))
    return body.value(x, places)


def _select(body: Body, node: Node, index: Index) -> str:
    x, axis, place = arguments(node, 0, 0)
    axis, size = axis % len(shape_of(x)), shape_of(x)[axis]
    return body.value(x, (*index[:axis], str(place % size), *index[axis:]))


def _slice(body: Body, node: Node, index: Index) -> str:
    x, axis, start, _, step = arguments(node, 0, None, None, 1)
    axis, size = axis % len(shape_of(x)), shape_of(x)[axis]
    begin = 0 if start is None else max(0, start + size) if start < 0 else min(start, size)
    place = body.whole(plus(times(index[axis], step), begin))
    return body.value(x, (*index[:axis], place, *index[axis + 1 :]))


def _unsqueeze(body: Body, node: Node, index: Index) -> str:
    x, axis = arguments(node, 0)
    axis %= len(index)
    return body.value(x, (*index[:axis], *index[axis + 1 :]))


def _squeeze(body: Body, node: Node, index: Index) -> str:
    x: Any = node.args[0]
    return body.value(x, reshaped(index, shape_of(node), shape_of(x)))


def _permute(body: Body, node: Node, index: Index) -> str:
    x, axes = arguments(node, None)
    places = dict(zip((axis % len(index) for axis in axes), index, strict=True))
    return body.value(x, tuple(places[axis] for axis in range(len(index))))


def _transpose(body: Body, node: Node, index: Index) -> str:
    x, first, second = arguments(node, 0, 1)
    places = list(index)
    places[first], places[second] = places[second], places[first]
    return body.value(x, tuple(places))


def _same_turned(body: Body, node: Node, index: Index) -> str:
    x: Any = node.args[0]
    return body.value(x, tuple(reversed(index)))


def _expand(body: Body, node: Node, index: Index) -> str:
    x: Any = node.args[0]
    return body.value(x, broadcast(index, shape_of(x)))


VIEWS: dict[Any, Write] = {
    _aten.view.default: _view,
    _aten._unsafe_view.default: _view,
    _aten.reshape.default: _view,
    _aten.select.int: _select,
    _aten.slice.Tensor: _slice,
    _aten.unsqueeze.default: _unsqueeze,
    _aten.squeeze.dim: _squeeze,
    _aten.squeeze.dims: _squeeze,
    _aten.permute.default: _permute,
    _aten.transpose.int: _transpose,
    _aten.t.default: lambda body, node, index: _same_turned(body, node, index),
    _aten.expand.default: _expand,
}
