"""Records a graph's GPU work on several streams, so that what does not wait for each other runs side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch.fx import GraphModule, Interpreter, Node

_cuda: Any = torch.cuda  # its streams and events have no types
COUNT = 3  # more make the waits between them longer than the work
_WAIT = 1.5  # microseconds until one stream learns what another one did


@dataclass(frozen=True)
class Planned:
    """One node of a graph.

    Attributes:
        node: The node.
        stream: The stream it runs on.
        waits: Nodes of other streams that must be done.
        is_waited_for: Whether other streams wait for it.
    """

    node: Node
    stream: int
    waits: tuple[Node, ...]
    is_waited_for: bool


def plan(module: GraphModule, cost: Callable[[Node], float], streams: int = COUNT) -> list[Planned]:
    """Give every node a stream, the longest chains of work first.

    Args:
        module: Flat; its nodes are calls.
        cost: Microseconds of a node; 0 for what starts nothing on the GPU: it stays on its input's stream.
        streams: How many streams there are.

    Returns:
        The nodes in the order in which they are to be started.
    """
    nodes = list(module.graph.nodes)
    left: dict[Node, float] = {}
    for node in reversed(nodes):
        left[node] = cost(node) + max((left[user] for user in node.users), default=0.0)
    free, ends, stream_of = [0.0] * streams, dict[Node, float](), dict[Node, int]()
    ordered, open_, ready = [], {node: len(node.all_input_nodes) for node in nodes}, []
    ready = [node for node in nodes if not open_[node]]
    while ready:
        node = max(ready, key=lambda one: (cost(one) == 0, left[one]))
        ready.remove(node)
        if cost(node) == 0:
            stream_of[node] = max((stream_of[one] for one in node.all_input_nodes[:1]), default=0)
            ends[node] = max((ends[one] for one in node.all_input_nodes), default=0.0)
        else:
            starts = [max(free[stream], _earliest(node, stream, ends, stream_of)) for stream in range(streams)]
            stream = min(range(streams), key=starts.__getitem__)
            stream_of[node], ends[node] = stream, starts[stream] + cost(node)
            free[stream] = ends[node]
        ordered.append(node)
        for user in node.users:
            open_[user] -= 1
            if not open_[user]:
                ready.append(user)
    return _with_waits(ordered, stream_of, cost)


def _earliest(node: Node, stream: int, ends: dict[Node, float], stream_of: dict[Node, int]) -> float:
    inputs = node.all_input_nodes
    return max((ends[one] + _WAIT * (stream_of[one] != stream and ends[one] > 0) for one in inputs), default=0.0)


def _with_waits(ordered: Sequence[Node], stream_of: dict[Node, int], cost: Callable[[Node], float]) -> list[Planned]:
    place = {node: number for number, node in enumerate(ordered)}
    seen: dict[tuple[int, int], int] = {}
    waits: dict[Node, tuple[Node, ...]] = {}
    awaited: set[Node] = set()
    for node in ordered:
        needed = []
        for one in node.all_input_nodes:
            for worker in _workers(one, cost):
                key = stream_of[node], stream_of[worker]
                if key[0] != key[1] and cost(node) > 0 and seen.get(key, -1) < place[worker]:
                    needed.append(worker)
                    seen[key] = place[worker]
        waits[node] = tuple(needed)
        awaited.update(needed)
    return [Planned(node, stream_of[node], waits[node], node in awaited) for node in ordered]


def _workers(node: Node, cost: Callable[[Node], float]) -> list[Node]:
    """Who computed what a node gives: itself, or those whose results it only looks at."""
    if cost(node) > 0:
        return [node]
    return [worker for one in node.all_input_nodes for worker in _workers(one, cost)]


class StreamRecorder(Interpreter):
    """Starts a plan's nodes on their streams; to be called while a CUDA graph is recorded.

    Everything computed is kept until ``forget``: memory of one stream must not be used again by another too early.

    Args:
        module: Flat, on the GPU.
        steps: From ``plan``.
    """

    def __init__(self, module: GraphModule, steps: Sequence[Planned]) -> None:
        super().__init__(module, garbage_collect_values=False)
        self._inputs = [node for node in module.graph.nodes if node.op == "placeholder"]
        self._steps = steps
        self._streams = [_cuda.Stream() for _ in range(1 + max((step.stream for step in steps), default=0))]

    def record(self, inputs: Sequence[torch.Tensor]) -> tuple[torch.Tensor, ...]:
        """Start everything, and let the current stream wait for all of it."""
        main = torch.cuda.current_stream()
        streams = [main, *self._streams[1:]]
        for stream in streams[1:]:
            stream.wait_stream(main)
        self.args_iter = iter(inputs)
        events: dict[Node, Any] = {}
        for step in self._in_order():
            with torch.cuda.stream(streams[step.stream]):
                for node in step.waits:
                    streams[step.stream].wait_event(events[node])
                self.env[step.node] = self.run_node(step.node)
                if step.is_waited_for:
                    events[step.node] = _cuda.Event()
                    events[step.node].record(streams[step.stream])
        for stream in streams[1:]:
            main.wait_stream(stream)
        result: Any = self.env[self._output()]
        return tuple(result)

    def forget(self) -> None:
        """Let go of what was computed, once recording is over."""
        self.env.clear()

    def _output(self) -> Node:
        return next(step.node for step in self._steps if step.node.op == "output")

    def _in_order(self) -> list[Planned]:
        """Inputs in the order of the arguments."""
        inputs = {step.node: step for step in self._steps if step.node.op == "placeholder"}
        return [inputs[node] for node in self._inputs] + [step for step in self._steps if step.node.op != "placeholder"]
