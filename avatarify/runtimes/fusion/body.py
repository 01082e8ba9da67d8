"""Writes the C code that computes one element of a node from the inputs of a kernel."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch.fx import Node

from avatarify.runtimes.fusion.index import Index, Shape, offset

TYPES = {
    torch.float32: "float",
    torch.float16: "float",
    torch.bool: "bool",
    torch.uint8: "int",
    torch.int32: "int",
    torch.int64: "int",
}
STORED = {
    torch.float32: "float",
    torch.float16: "unsigned short",
    torch.bool: "bool",
    torch.uint8: "unsigned char",
    torch.int32: "int",
    torch.int64: "long long",
}


def shape_of(node: Node) -> Shape:
    """Shape of what a node gives, noted by ``partition``."""
    return tuple(node.meta["tensor"][0])


def dtype_of(node: Node) -> torch.dtype:
    """Kind of number of what a node gives."""
    found: torch.dtype = node.meta["tensor"][1]
    return found


class Body:
    """Lines of C, and which variable holds what.

    Args:
        strides: By input of the kernel, where its elements are.
        names: By input, the pointer's name.
        operations: By operation, what writes it: given the body, the node and an index, it returns an expression.
    """

    def __init__(
        self,
        strides: Mapping[Node, Shape],
        names: Mapping[Node, str],
        operations: Mapping[Any, Callable[[Body, Node, Index], str]],
    ) -> None:
        self._strides, self._names, self._operations = strides, names, operations
        self.lines: list[str] = []
        self._known: list[dict[Any, str]] = [{}]
        self._count = 0

    def value(self, node: Node, index: Index) -> str:
        """Return the variable that holds an element of a node; its code is written if it is not there."""
        key = node, index
        for known in self._known:
            if key in known:
                return known[key]
        is_input = node in self._names
        text = self._loaded(node, index) if is_input else self._operations[node.target](self, node, index)
        name = text if text.isidentifier() else self.let(TYPES[dtype_of(node)], text)
        self._known[-1][key] = name
        return name

    def let(self, kind: str, text: str) -> str:
        """Write a variable."""
        key = kind, text
        for known in self._known:
            if key in known:
                return known[key]
        self._count += 1
        name = f"v{self._count}"
        self.lines.append(f"{kind} {name} = {text};")
        self._known[-1][key] = name
        return name

    def whole(self, text: str) -> str:
        """An index that is used again and again."""
        return text if text.isalnum() else self.let("int", text)

    def loop(self, start: str, count: int, step: Callable[[str, str], str]) -> str:
        """Write a loop: ``step`` gets the variable of the sum and the number of the turn, and returns the new sum."""
        self._count += 1
        total, turn = f"s{self._count}", f"r{self._count}"
        self.lines.append(f"float {total} = {start};")
        self.lines.append(f"for (int {turn} = 0; {turn} < {count}; ++{turn}) {{")
        self._known.append({})
        text = step(total, turn)
        self.lines.append(f"{total} = {text}; }}")
        self._known.pop()
        return total

    def branch(self, condition: str, inside: Callable[[], str], start: str) -> str:
        """Write a variable that is computed only where a condition holds, and is ``start`` elsewhere."""
        self._count += 1
        name = f"b{self._count}"
        self.lines.append(f"float {name} = {start};")
        self.lines.append(f"if ({condition}) {{")
        self._known.append({})
        text = inside()
        self.lines.append(f"{name} = {text}; }}")
        self._known.pop()
        return name

    def _loaded(self, node: Node, index: Index) -> str:
        place = f"{self._names[node]}[{offset(index, self._strides[node])}]"
        dtype = dtype_of(node)
        if dtype == torch.float16:
            return f"from_half({place})"
        return f"({TYPES[dtype]}){place}"
