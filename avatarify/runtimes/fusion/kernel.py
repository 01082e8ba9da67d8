"""A CUDA kernel for several tensors, as a module of a flat graph; until it is compiled, torch computes the same."""

from __future__ import annotations

import math
import sys
from typing import Any

import torch
from torch import Tensor, nn
from torch.fx import GraphModule, Node

from avatarify.runtimes.fusion.body import STORED, Body, dtype_of, shape_of
from avatarify.runtimes.fusion.compiled import Launch
from avatarify.runtimes.fusion.index import Shape, in_order, offset, strides_of
from avatarify.runtimes.fusion.operations import OPERATIONS

THREADS = 128


class Kernel(nn.Module):
    """Computes some tensors from others in one launch.

    Args:
        original: The operations of ATen that it stands for; takes the inputs and returns a tuple.
        name: Of the function in C.
    """

    def __init__(self, original: GraphModule, name: str) -> None:
        super().__init__()
        self.original, self.name, self.threads = original, name, THREADS
        self._inputs = [node for node in original.graph.nodes if node.op == "placeholder"]
        results: Any = _output(original).args[0]
        self._results: list[Node] = list(results)
        self.layouts = [_layout(node) for node in self._results]
        self.strides: list[Shape] = []  # of the inputs, as seen at the first run
        self.launch: Launch | None = None

    def forward(self, *inputs: Tensor) -> tuple[Tensor, ...]:
        """Give all results; at first by torch, in the layout that the kernel will write."""
        if self.launch is None:
            self.strides = [tuple(value.stride()) for value in inputs]
            return tuple(
                _placed(value, layout) for value, layout in zip(self.original(*inputs), self.layouts, strict=True)
            )
        if [tuple(value.stride()) for value in inputs] != self.strides:
            raise RuntimeError(f"{self.name} was written for tensors that are laid out otherwise")
        results = tuple(
            torch.empty_strided(shape_of(node), layout, dtype=dtype_of(node), device=inputs[0].device)
            for node, layout in zip(self._results, self.layouts, strict=True)
        )
        self.launch(inputs, results, self.blocks)
        return results

    @property
    def blocks(self) -> int:
        """How many blocks are launched."""
        return sum(math.ceil(math.prod(shape_of(node)) / THREADS) for node in self._results)

    def source(self) -> str:
        """The function in C; needs one run before."""
        sys.setrecursionlimit(max(sys.getrecursionlimit(), 20_000))  # one level for each operation that is joined
        names = {node: f"p{place}" for place, node in enumerate(self._inputs)}
        strides = dict(zip(self._inputs, self.strides, strict=True))
        given = [f"const {STORED[dtype_of(node)]}* __restrict__ {names[node]}" for node in self._inputs]
        taken = [f"{STORED[dtype_of(node)]}* __restrict__ o{place}" for place, node in enumerate(self._results)]
        lines, first = [], 0
        for place, (node, layout) in enumerate(zip(self._results, self.layouts, strict=True)):
            count = math.prod(shape_of(node))
            last = first + math.ceil(count / THREADS)
            body = Body(strides, names, OPERATIONS)
            index = tuple(body.whole(part) for part in in_order("i", shape_of(node), layout))
            found = body.value(node, index)
            stored = f"to_half({found})" if dtype_of(node) == torch.float16 else f"({STORED[dtype_of(node)]}){found}"
            lines.append(f"if (block < {last}) {{ int i = (block - {first}) * {THREADS} + thread;")
            lines.append(f"if (i < {count}) {{")
            lines += body.lines
            lines.append(f"o{place}[{offset(index, layout)}] = {stored}; }} return; }}")
            first = last
        return f"KERNEL({THREADS}) {self.name}({', '.join(given + taken)}) {{ PLACE\n" + "\n".join(lines) + "\n}\n"


def _output(module: GraphModule) -> Node:
    node: Node = next(node for node in module.graph.nodes if node.op == "output")
    return node


def _layout(node: Node) -> Shape:
    """Channels last for pictures of features, else row by row."""
    shape = shape_of(node)
    if not node.meta.get("channels last"):
        return strides_of(shape)
    _, channels, rows, columns = shape
    return (channels * rows * columns, 1, columns * channels, channels)


def _placed(value: Tensor, layout: Shape) -> Tensor:
    out: Any = torch.empty_strided(value.shape, layout, dtype=value.dtype, device=value.device)
    return out.copy_(value)  # type: ignore[no-any-return]
