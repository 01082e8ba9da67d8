"""Pictures made smaller, larger, or bent."""

from __future__ import annotations

from typing import Any

import torch
from torch.fx import Node

from avatarify.runtimes.fusion.arguments import Write, constant, pair
from avatarify.runtimes.fusion.body import Body, shape_of
from avatarify.runtimes.fusion.index import Index, over, plus, rest, times

_aten = torch.ops.aten


def window(node: Node, *defaults: Any) -> tuple[Any, tuple[int, int], tuple[int, int], tuple[int, int]]:
    """What a pooling takes: its input, the window's size, its step, and the margin."""
    x, size, step, pad = (*node.args, *defaults[len(node.args) - 1 :])[:4]
    step = step or size
    return x, pair(size), pair(step), pair(pad)


def max_pool(body: Body, node: Node, index: Index) -> str:
    """The largest element of a window."""
    x, size, step, pad = window(node, None, [], 0)
    return _over_window(body, x, index, (size, step, pad), "-INFINITE", "fmaxf({0}, {1})")


def _avg_pool(body: Body, node: Node, index: Index) -> str:
    x, size, step, pad = window(node, None, [], 0)
    total = _over_window(body, x, index, (size, step, pad), "0.0f", "{0} + {1}")
    return f"{total} * {1 / (size[0] * size[1])!r}f"


def _over_window(body: Body, x: Node, index: Index, how: tuple[tuple[int, int], ...], start: str, join: str) -> str:
    size, step, pad = how
    *before, y, across = index
    rows, columns = shape_of(x)[-2:]

    def turn(total: str, r: str) -> str:
        row = body.whole(plus(plus(times(y, step[0]), -pad[0]), over(r, size[1])))
        column = body.whole(plus(plus(times(across, step[1]), -pad[1]), rest(r, size[1])))
        if not any(pad):
            return join.format(total, body.value(x, (*before, row, column)))
        inside = f"{row} >= 0 && {row} < {rows} && {column} >= 0 && {column} < {columns}"
        found = body.branch(inside, lambda: body.value(x, (*before, row, column)), start)
        return join.format(total, found)

    return body.loop(start, size[0] * size[1], turn)


def _nearest(body: Body, node: Node, index: Index) -> str:
    x: Any = node.args[0]
    *before, y, across = index
    rows, columns = (big // small for big, small in zip(shape_of(node)[-2:], shape_of(x)[-2:], strict=True))
    return body.value(x, (*before, body.whole(over(y, rows)), body.whole(over(across, columns))))


def _bilinear(body: Body, node: Node, index: Index) -> str:
    x: Any = node.args[0]
    how: Any = (*node.args[2:], None, None)
    aligned, *factors = how[:3]
    *before, y, across = index
    ends = []
    for place, size, big, factor in zip((y, across), shape_of(x)[-2:], shape_of(node)[-2:], factors, strict=True):
        if aligned:
            text = f"{place} * {constant((size - 1) / max(1, big - 1), 'float')}"
        else:
            scale = constant(1 / factor if factor else size / big, "float")
            text = f"fmaxf(({place} + 0.5f) * {scale} - 0.5f, 0.0f)"
        exact = body.let("float", text)
        low = body.let("int", f"min((int){exact}, {size - 1})")
        high = body.let("int", f"min({low} + 1, {size - 1})")
        ends.append((low, high, body.let("float", f"{exact} - {low}")))
    (top, bottom, down), (left, right, along) = ends
    rows = []
    for row in (top, bottom):
        first, second = body.value(x, (*before, row, left)), body.value(x, (*before, row, right))
        rows.append(body.let("float", f"(1.0f - {along}) * {first} + {along} * {second}"))
    return f"(1.0f - {down}) * {rows[0]} + {down} * {rows[1]}"


def _grid_sample(body: Body, node: Node, index: Index) -> str:
    x, grid, _, padding, aligned = node.args
    batch, channel, y, across = index
    ends = []
    for axis, size in ((0, shape_of(x)[-1]), (1, shape_of(x)[-2])):  # type: ignore[arg-type]
        found = body.value(grid, (batch, y, across, str(axis)))  # type: ignore[arg-type]
        text = f"({found} + 1.0f) * {(size - 1) / 2!r}f" if aligned else f"(({found} + 1.0f) * {size}.0f - 1.0f) * 0.5f"
        exact = body.let("float", f"fminf(fmaxf({text}, 0.0f), {size - 1}.0f)" if padding == 1 else text)
        low = body.let("float", f"floorf({exact})")
        ends.append((body.let("int", f"(int){low}"), body.let("float", f"{exact} - {low}"), size))
    (left, along, wide), (top, down, high) = ends
    total = ""
    for row, by_row in ((top, f"(1.0f - {down})"), (f"{top} + 1", down)):
        for column, by_column in ((left, f"(1.0f - {along})"), (f"{left} + 1", along)):
            r, c = body.let("int", row), body.let("int", column)
            inside = f"{r} >= 0 && {r} < {high} && {c} >= 0 && {c} < {wide}"

            def read(r: str = r, c: str = c) -> str:
                return body.value(x, (batch, channel, r, c))  # type: ignore[arg-type]

            found = body.branch(inside, read, "0.0f")
            part = f"{by_row} * {by_column} * {found}"
            total = f"{total} + {part}" if total else part
    return total


SAMPLING: dict[Any, Write] = {
    _aten.avg_pool2d.default: _avg_pool,
    _aten.upsample_nearest2d.default: _nearest,
    _aten.upsample_bilinear2d.default: _bilinear,
    _aten.grid_sampler_2d.default: _grid_sample,
}
