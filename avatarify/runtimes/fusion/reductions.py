"""Sums, means, extremes and products of small matrices."""

from __future__ import annotations

import math
from typing import Any

import torch
from torch.fx import Node

from avatarify.runtimes.fusion.arguments import Write, arguments
from avatarify.runtimes.fusion.body import Body, shape_of
from avatarify.runtimes.fusion.index import Index, reshaped

_aten = torch.ops.aten


def reduced_axes(node: Node) -> tuple[int, ...]:
    """Axes that an operation sums over."""
    rank = len(shape_of(node.args[0]))  # type: ignore[arg-type]
    axes = node.args[2] if node.target is _aten.linalg_vector_norm.default and len(node.args) > 2 else None
    if node.target is not _aten.linalg_vector_norm.default and len(node.args) > 1:
        axes = node.args[1]
    several: Any = axes if isinstance(axes, (list, tuple)) else [] if axes is None else [axes]
    return tuple(sorted(axis % rank for axis in several)) or tuple(range(rank))


def _reduce(start: str, join: str, last: str = "{0}") -> Write:
    def write(body: Body, node: Node, index: Index) -> str:
        x: Any = node.args[0]
        shape, axes = shape_of(x), reduced_axes(node)
        sizes = [shape[axis] for axis in axes]
        kept = len(shape_of(node)) == len(shape)

        def turn(total: str, r: str) -> str:
            own = dict(zip(axes, reshaped((r,), (math.prod(sizes),), tuple(sizes)), strict=True))
            left = iter(index)
            places = []
            for axis in range(len(shape)):
                place = next(left) if kept or axis not in own else ""
                places.append(body.whole(own[axis]) if axis in own else place)
            return join.format(total, body.value(x, tuple(places)))

        total = body.loop(start, math.prod(sizes), turn)
        return last.format(total, f"{1 / math.prod(sizes)!r}f")

    return write


def _mm(body: Body, node: Node, index: Index) -> str:
    a, b = node.args[:2]
    *before, row, column = index

    def turn(total: str, r: str) -> str:
        return f"{total} + {body.value(a, (*before, row, r))} * {body.value(b, (*before, r, column))}"  # type: ignore[arg-type]

    return body.loop("0.0f", shape_of(a)[-1], turn)  # type: ignore[arg-type]


def _softmax(body: Body, node: Node, index: Index) -> str:
    x, axis = arguments(node, 0)[:2]
    axis %= len(index)

    def at(place: str) -> str:
        return body.value(x, (*index[:axis], place, *index[axis + 1 :]))

    count = shape_of(x)[axis]
    top = body.loop("-INFINITE", count, lambda total, r: f"fmaxf({total}, {at(r)})")
    total = body.loop("0.0f", count, lambda total, r: f"{total} + expf({at(r)} - {top})")
    return f"expf({at(index[axis])} - {top}) / {total}"


REDUCTIONS: dict[Any, Write] = {
    _aten.sum.dim_IntList: _reduce("0.0f", "{0} + {1}"),
    _aten.sum.default: _reduce("0.0f", "{0} + {1}"),
    _aten.mean.dim: _reduce("0.0f", "{0} + {1}", "{0} * {1}"),
    _aten.mean.default: _reduce("0.0f", "{0} + {1}", "{0} * {1}"),
    _aten.amin.default: _reduce("INFINITE", "fminf({0}, {1})"),
    _aten.amax.default: _reduce("-INFINITE", "fmaxf({0}, {1})"),
    _aten.linalg_vector_norm.default: _reduce("0.0f", "{0} + {1} * {1}", "sqrtf({0})"),
}

PRODUCTS: dict[Any, Write] = {_aten.mm.default: _mm, _aten.bmm.default: _mm, _aten._softmax.default: _softmax}
