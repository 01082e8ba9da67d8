"""Draws several portraits at once: a graph with one more axis, another portrait in each row; imports torch."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.fx import GraphModule

from avatarify.graphs.graph import Graph

_RESHAPE = torch.ops.aten.reshape.default
_VIEWS = (torch.ops.aten.view.default, torch.ops.aten._unsafe_view.default)


class Batched(nn.Module):
    """A graph's module for several rows.

    Args:
        module: Of a graph without a batch axis.
    """

    def __init__(self, module: nn.Module) -> None:
        super().__init__()
        self.module = module

    def forward(self, *inputs: Tensor) -> tuple[Tensor, ...]:
        """Take inputs with one more axis, the first one, and return such outputs."""
        found: tuple[Tensor, ...] = torch.vmap(self.module)(*inputs)
        return found


def batched(graph: Graph, size: int) -> Graph:
    """Return a graph that computes ``size`` rows in one call; all inputs and outputs have a new first axis."""
    rows = {name: torch.stack([value] * size) for name, value in graph.inputs.items()}
    return Graph(Batched(graph.module).eval(), rows, graph.outputs)


def reshape_views(flat: GraphModule) -> GraphModule:
    """Let a flat batched graph reshape instead of view, in place, and return it.

    On a GPU, convolutions return rows that are laid out channels last, which cannot be viewed in all ways.
    """
    for node in flat.graph.nodes:
        node.target = _RESHAPE if node.target in _VIEWS else node.target
    flat.recompile()
    return flat
