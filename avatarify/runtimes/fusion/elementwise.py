"""Operations on elements at the same place."""

from __future__ import annotations

from typing import Any

import torch
from torch.fx import Node

from avatarify.runtimes.fusion.arguments import Write, constant, operands
from avatarify.runtimes.fusion.body import TYPES, Body, dtype_of
from avatarify.runtimes.fusion.index import Index

_aten = torch.ops.aten


def _simple(template: str, count: int) -> Write:
    """An operation on elements at the same place; ``{0}`` and so on stand for the first arguments."""

    def write(body: Body, node: Node, index: Index) -> str:
        return template.format(*operands(body, node, index, node.args[:count]))

    return write


def _sum(sign: str) -> Write:
    def write(body: Body, node: Node, index: Index) -> str:
        a, b = operands(body, node, index, node.args[:2])
        alpha = node.kwargs.get("alpha", 1)
        return f"{a} {sign} {b}" if alpha == 1 else f"{a} {sign} {constant(alpha, 'float')} * {b}"

    return write


def _rsub(body: Body, node: Node, index: Index) -> str:
    a, b = operands(body, node, index, node.args[:2])
    return f"{b} - {a}"


def _clamp(body: Body, node: Node, index: Index) -> str:
    x, *limits = node.args
    limits = [*limits, *[None] * (2 - len(limits))]
    low, high = node.kwargs.get("min", limits[0]), node.kwargs.get("max", limits[1])
    (text,) = operands(body, node, index, [x])
    text = text if low is None else f"fmaxf({text}, {constant(low, 'float')})"
    return text if high is None else f"fminf({text}, {constant(high, 'float')})"


def _power(body: Body, node: Node, index: Index) -> str:
    (x,), exponent = operands(body, node, index, node.args[:1]), float(node.args[1])  # type: ignore[arg-type]
    known = {2.0: f"{x} * {x}", 0.5: f"sqrtf({x})", 1.0: x, 3.0: f"{x} * {x} * {x}", -1.0: f"1.0f / {x}"}
    return known.get(exponent, f"powf({x}, {constant(exponent, 'float')})")


def _addcmul(body: Body, node: Node, index: Index) -> str:
    a, b, c = operands(body, node, index, node.args[:3])
    return f"{a} + {constant(node.kwargs.get('value', 1), 'float')} * {b} * {c}"


def _cast(body: Body, node: Node, index: Index) -> str:
    x: Any = node.args[0]
    return f"({TYPES[dtype_of(node)]}){body.value(x, index)}"


def _same(body: Body, node: Node, index: Index) -> str:
    x: Any = node.args[0]
    return body.value(x, index)


ELEMENTWISE: dict[Any, Write] = {
    _aten.mul.Tensor: _simple("{0} * {1}", 2),
    _aten.mul.Scalar: _simple("{0} * {1}", 2),
    _aten.div.Tensor: _simple("{0} / {1}", 2),
    _aten.add.Tensor: _sum("+"),
    _aten.add.Scalar: _sum("+"),
    _aten.sub.Tensor: _sum("-"),
    _aten.sub.Scalar: _sum("-"),
    _aten.rsub.Scalar: _rsub,
    _aten.neg.default: _simple("-{0}", 1),
    _aten.abs.default: _simple("fabsf({0})", 1),
    _aten.exp.default: _simple("expf({0})", 1),
    _aten.log.default: _simple("logf({0})", 1),
    _aten.sqrt.default: _simple("sqrtf({0})", 1),
    _aten.rsqrt.default: _simple("rsqrtf({0})", 1),
    _aten.tanh.default: _simple("tanhf({0})", 1),
    _aten.sigmoid.default: _simple("1.0f / (1.0f + expf(-{0}))", 1),
    _aten.reciprocal.default: _simple("1.0f / {0}", 1),
    _aten.relu.default: _simple("fmaxf({0}, 0.0f)", 1),
    _aten.round.default: _simple("rintf({0})", 1),
    _aten.floor.default: _simple("floorf({0})", 1),
    _aten.maximum.default: _simple("fmaxf({0}, {1})", 2),
    _aten.minimum.default: _simple("fminf({0}, {1})", 2),
    _aten.where.self: _simple("{0} ? {1} : {2}", 3),
    _aten.logical_not.default: _simple("!{0}", 1),
    _aten.bitwise_not.default: _simple("!{0}", 1),
    _aten.bitwise_and.Tensor: _simple("({0} & {1})", 2),
    _aten.bitwise_or.Tensor: _simple("({0} | {1})", 2),
    _aten.addcmul.default: _addcmul,
    _aten.clamp.default: _clamp,
    _aten.clamp_min.default: _clamp,
    _aten.pow.Tensor_Scalar: _power,
    _aten._to_copy.default: _cast,
    _aten.clone.default: _same,
}


for _name, _sign in (("lt", "<"), ("le", "<="), ("gt", ">"), ("ge", ">="), ("eq", "=="), ("ne", "!=")):
    for _kind in ("Tensor", "Scalar"):
        ELEMENTWISE[getattr(getattr(_aten, _name), _kind)] = _simple(f"{{0}} {_sign} {{1}}", 2)
