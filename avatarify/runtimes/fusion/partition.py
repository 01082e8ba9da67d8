"""Decides which operations of a flat graph are computed by which kernel.

A tensor is kept in memory only if torch needs it or if computing it again costs too much; all else is computed where it
is used. Tensors that depend on the same work of torch's are written by one kernel.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import Any

import torch
from torch import Tensor
from torch.fx import Graph, GraphModule, Interpreter, Node

from avatarify.runtimes.fusion.body import dtype_of, shape_of
from avatarify.runtimes.fusion.kernel import Kernel
from avatarify.runtimes.fusion.operations import can_write, turns
from avatarify.runtimes.fusion.views import VIEWS
from avatarify.runtimes.fx_flatten import tidy

_AGAIN, _DEAREST = 60.0, 400.0  # operations an element: computed twice; computed in one go
_MANY, _AGAIN_OF_MANY = 1 << 16, 8.0  # elements from which on computing again counts, and then so many operations do
_IN_LOOP = 150.0  # operations in all turns of a loop
_SPREAD = 30.0  # operations for what many elements have in common
_aten = torch.ops.aten
_AS_VIEW = {_aten.view.default: _aten.reshape.default, _aten._unsafe_view.default: _aten.reshape.default}
_SIDE_BY_SIDE = (_aten.cat.default, _aten.stack.default)


def fuse(flat: GraphModule, inputs: list[Tensor], last: Any = None) -> GraphModule:
    """Return a module with kernels in the place of small operations.

    Args:
        flat: A module of ``half_precision.narrow``.
        inputs: An example of each input, on the processor or on a GPU.
        last: The operation whose pictures are best laid out channels last.
    """
    note_shapes(flat, inputs)
    return _Plan(flat, last).build()


def kernels_of(module: GraphModule) -> list[Kernel]:
    """All kernels of a module."""
    return [child for child in module.children() if isinstance(child, Kernel)]


def note_shapes(flat: GraphModule, inputs: list[Tensor]) -> None:
    """Run a module once and note what ``shape_of`` and ``dtype_of`` return."""

    class Noting(Interpreter):
        def run_node(self, n: Node) -> Any:
            value = super().run_node(n)
            if isinstance(value, Tensor):
                n.meta["tensor"] = tuple(value.shape), value.dtype
            return value

    with torch.inference_mode():
        Noting(flat).run(*inputs)


def _seen_through(node: Node) -> Node:
    """What a view shows."""
    while node.target in VIEWS:
        node = node.all_input_nodes[0]
    return node


@dataclass(frozen=True)
class _Made:
    """A kernel: its module, and the nodes it takes and gives."""

    name: str
    inputs: tuple[Node, ...]
    results: tuple[Node, ...]


class _Plan:
    def __init__(self, flat: GraphModule, last: Any) -> None:
        self.flat = flat
        self.nodes = list(flat.graph.nodes)
        self._within = {node for node in self.nodes if self._is_within(node)}
        self.written = {node for node in self.nodes if node.op == "call_function" and can_write(node)}
        self.kept: set[Node] = set()
        for node in reversed(self.nodes):
            self._keep_for_torch(node)
        self.cost: dict[Node, float] = {}
        for node in self.nodes:
            if node in self.written:
                self._weigh(node)
        self._lay_out(last)

    def _is_within(self, node: Node) -> bool:
        """Whether a node gives several tensors, all of which are written without it."""
        return bool(node.users) and "tensor" not in node.meta and all(can_write(user) for user in node.users)

    def _torch(self, node: Node) -> bool:
        return node.op in ("call_function", "output") and node not in self.written and node not in self._within

    def _keep_for_torch(self, node: Node) -> None:
        """What torch takes is in memory; views of it are torch's, too."""
        if node not in self.written:
            return
        needed = any(self._torch(user) or (user in self.kept and user.target in VIEWS) for user in node.users)
        if needed:
            self.kept.add(node)

    def _weigh(self, node: Node) -> None:
        """Add up what an element costs, reads from memory included; keep inputs that would be computed too often."""
        for one in self._sources(node):
            base = _seen_through(one)
            if base in self.written and self._is_dear(node, one, self._cost(base)):
                self.kept.add(base)
        total = self._total(node)
        if total > _DEAREST:
            bases = [_seen_through(one) for one in self._sources(node)]
            self.kept |= {base for base in bases if base in self.written and self._cost(base) > 1}
            total = self._total(node)
        self.cost[node] = total
        users = [user for user in node.users if user in self.written]
        limit = _AGAIN_OF_MANY if math.prod(shape_of(node)) >= _MANY else _AGAIN
        if node.target not in VIEWS and len(users) > 1 and total > limit:
            self.kept.add(node)

    def _cost(self, node: Node) -> float:
        """What it costs to have an element: computed here, or read."""
        return self.cost[node] if node in self.written and (node not in self.kept or node.target in VIEWS) else 1.0

    def _total(self, node: Node) -> float:
        inputs = sum(self._cost(one) for one in self._sources(node))
        if node.target in _SIDE_BY_SIDE:
            return 2.0 * len(self._sources(node)) + max(self._cost(one) for one in self._sources(node))
        return (0.0 if node.target in VIEWS else 1.0) + turns(node) * inputs

    def _is_dear(self, node: Node, one: Node, cost: float) -> bool:
        """Whether an input is better computed once: it is used in a long loop, or by many elements each."""
        if turns(node) > 1 and turns(node) * cost > _IN_LOOP:
            return True
        if node.target is _aten.grid_sampler_2d.default and one is node.args[1]:
            return shape_of(node)[1] * cost > _IN_LOOP  # channels share a position
        size = math.prod(shape_of(node))
        return size >= _MANY / 4 and cost > _SPREAD and size > 8 * math.prod(shape_of(one))

    def _sources(self, node: Node) -> list[Node]:
        """Inputs of a node; those of what is within it, too."""
        found = []
        for one in node.all_input_nodes:
            found += one.all_input_nodes if one in self._within else [one]
        return found

    def _lay_out(self, last: Any) -> None:
        for node in self.kept:
            shape = shape_of(node)
            wants = any(user.target is last for user in node.users)
            if len(shape) == 4 and shape[1] > 1 and (wants or dtype_of(node) == torch.float16):
                node.meta["channels last"] = True

    def build(self) -> GraphModule:
        """Write the graph anew: first what each kernel holds, then everything after its inputs."""
        made = [self._kernel(group, place) for place, group in enumerate(self._groups())]
        owner: dict[Node, Any] = {node: one for one in made for node in one.results}
        waits: dict[Any, list[Any]] = {}
        for node in self.nodes:
            outside = node not in self.written and node not in self._within
            if outside or (node in self.kept and node.target in VIEWS):
                waits[node] = [owner.get(one, one) for one in node.all_input_nodes]
        waits |= {one: [owner.get(node, node) for node in one.inputs] for one in made}
        graph, placed = Graph(), {}
        for node in self.nodes:
            if node.op == "placeholder":
                placed[node] = graph.node_copy(node)
        for item in TopologicalSorter(waits).static_order():
            if isinstance(item, _Made):
                called = graph.call_module(item.name, tuple(placed[one] for one in item.inputs))
                for position, node in enumerate(item.results):
                    placed[node] = graph.call_function(pick, (called, position))
            elif item not in placed and item.op != "output":
                placed[item] = graph.node_copy(item, placed.__getitem__)
                if item.target in VIEWS:
                    placed[item].target = _AS_VIEW.get(item.target, item.target)
        output = next(node for node in self.nodes if node.op == "output")
        graph.node_copy(output, placed.__getitem__)
        return tidy(GraphModule(self.flat, graph))

    def _groups(self) -> list[list[Node]]:
        """Kept tensors by kernel: those that wait for the same work of torch's, equally many kernels after it."""
        number: dict[Node, int] = {}
        before: dict[Node, int] = {}
        depth: dict[Node, int] = {}
        groups: dict[Any, list[Node]] = defaultdict(list)
        for node in self.nodes:
            inputs = node.all_input_nodes
            mask = 0
            for one in inputs:
                mask |= before[one] | number.get(one, 0)
            before[node] = mask
            if self._torch(node) and node.target not in VIEWS:
                number[node] = 1 << len(number)
            near = [one for one in inputs if before[one] == mask and one not in number]
            depth[node] = max((depth[one] + (one in self.kept and one.target not in VIEWS) for one in near), default=0)
            if node in self.kept and node.target not in VIEWS:
                groups[mask, depth[node]].append(node)
        return list(groups.values())

    def _kernel(self, group: list[Node], number: int) -> _Made:
        """Copy what a group is computed from, up to what is in memory."""
        wanted, todo = set(group), list(group)
        while todo:
            for one in todo.pop().all_input_nodes:
                if one not in wanted:
                    wanted.add(one)
                    if self._computed_again(one):
                        todo.append(one)
        own = {node for node in wanted if node in group or self._computed_again(node)}
        inside, inputs = Graph(), [node for node in self.nodes if node in wanted - own]
        copies = {node: inside.placeholder(f"x{place}") for place, node in enumerate(inputs)}
        for node in self.nodes:
            if node in own:
                copies[node] = inside.node_copy(node, copies.__getitem__)
        for node, copy in copies.items():
            copy.meta = dict(node.meta)
        inside.output(tuple(copies[node] for node in group))
        name = f"kernel_{number}"
        self.flat.add_module(name, Kernel(GraphModule(torch.nn.Module(), inside), name))
        return _Made(name, tuple(inputs), tuple(group))

    def _computed_again(self, node: Node) -> bool:
        return node in self._within or (node in self.written and (node not in self.kept or node.target in VIEWS))


def pick(several: tuple[Tensor, ...], position: int) -> Tensor:
    """One of a kernel's results."""
    return several[position]
