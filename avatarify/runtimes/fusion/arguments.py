"""Arguments of a node of ATen, as C."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from torch.fx import Node

from avatarify.runtimes.fusion.body import TYPES, Body, dtype_of, shape_of
from avatarify.runtimes.fusion.index import Index, broadcast

Write = Callable[[Body, Node, Index], str]


def constant(value: Any, kind: str) -> str:
    """A number in C, as a ``float`` or an ``int``."""
    if kind != "float":
        return str(int(value))
    value = float(value)
    if math.isinf(value) or math.isnan(value):
        return "NOT_A_NUMBER" if math.isnan(value) else "INFINITE" if value > 0 else "-INFINITE"
    return f"{value!r}f"


def operands(body: Body, node: Node, index: Index, values: Sequence[Any]) -> list[str]:
    """Tensors at the place of an element, and numbers, for an operation on elements at the same place."""
    tensors = [value for value in values if isinstance(value, Node)]
    kind = "float" if any(TYPES[dtype_of(value)] == "float" for value in tensors) else "int"
    kind = "float" if TYPES[dtype_of(node)] == "float" else kind
    return [
        body.value(value, broadcast(index, shape_of(value))) if isinstance(value, Node) else constant(value, kind)
        for value in values
    ]


def arguments(node: Node, *defaults: Any) -> Any:
    """First argument, then the rest with defaults."""
    rest_of = node.args[1:]
    return (node.args[0], *rest_of, *defaults[len(rest_of) :])


def pair(value: Any) -> tuple[int, int]:
    """Rows and columns, given as one number or two."""
    both = list(value) if isinstance(value, (list, tuple)) else [value]
    return int(both[0]), int(both[-1])
