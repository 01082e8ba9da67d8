"""Which operations of a flat graph start which kernels on a GPU, and how long these take."""

from __future__ import annotations

from collections import Counter
from typing import Any

import torch
from torch.fx import GraphModule, Interpreter, Node
from torch.profiler import ProfilerActivity, profile, record_function

_MARK = "node:"
_WARM = 3


class _Marked(Interpreter):
    """Executes node after node, each under its own name."""

    def run_node(self, n: Node) -> Any:
        with record_function(f"{_MARK}{n.name}"):
            return super().run_node(n)


def profiled(flat: GraphModule, inputs: list[torch.Tensor]) -> dict[str, Any]:
    """Run a module of ``flat.flatten`` once, eagerly, and say what its operations did.

    Returns:
        ``kernels`` and ``microseconds`` in all, ``by operation`` (count, kernels, microseconds), ``by kernel`` (count,
        microseconds), and ``nodes`` in order: name, operation, shape and dtype, kernels with microseconds. On a CPU
        there are no kernels; the times are then the processor's.
    """
    on_gpu = inputs[0].is_cuda
    marked, found = _Marked(flat), _Shapes(flat)
    with torch.inference_mode():
        found.run(*inputs)
        for _ in range(_WARM):
            marked.run(*inputs)
        activities = [ProfilerActivity.CPU, *([ProfilerActivity.CUDA] if on_gpu else [])]
        with profile(activities=activities) as seen:
            marked.run(*inputs)
            if on_gpu:
                torch.cuda.synchronize()
    own = [event for event in seen.events() if str(event.device_type).endswith("CPU") and event.name.startswith(_MARK)]
    events = {event.name.removeprefix(_MARK): event for event in own}
    nodes = [_row(node, events[node.name], found.shapes, on_gpu) for node in flat.graph.nodes if node.name in events]
    return _summed(nodes)


class _Shapes(Interpreter):
    def __init__(self, flat: GraphModule) -> None:
        super().__init__(flat)
        self.shapes: dict[str, str] = {}

    def run_node(self, n: Node) -> Any:
        value = super().run_node(n)
        if isinstance(value, torch.Tensor):
            self.shapes[n.name] = f"{tuple(value.shape)} {str(value.dtype).removeprefix('torch.')} {value.stride()}"
        return value


def _row(node: Node, event: Any, shapes: dict[str, str], on_gpu: bool) -> dict[str, Any]:
    kernels = [[name[:120], round(us, 2)] for name, us in _kernels(event)]
    if not on_gpu:
        kernels = [["processor", round(event.cpu_time_total, 2)]] if node.op == "call_function" else []
    inputs = [shapes.get(value.name, "") for value in node.all_input_nodes]
    entry = {"name": node.name, "operation": str(node.target), "gives": shapes.get(node.name, "")}
    return {**entry, "takes": inputs, "kernels": kernels}


def _kernels(event: Any) -> list[tuple[str, float]]:
    """Kernels that an event or one within it started."""
    own = [(kernel.name, float(kernel.duration)) for kernel in event.kernels]
    return own + [kernel for child in event.cpu_children for kernel in _kernels(child)]


def _summed(nodes: list[dict[str, Any]]) -> dict[str, Any]:
    operations: Counter[str] = Counter()
    started: Counter[str] = Counter()
    spent: Counter[str] = Counter()
    kernels: Counter[str] = Counter()
    lasted: Counter[str] = Counter()
    for node in nodes:
        operations[node["operation"]] += 1
        for name, us in node["kernels"]:
            started[node["operation"]] += 1
            spent[node["operation"]] += us
            kernels[name] += 1
            lasted[name] += us
    return {
        "kernels": sum(kernels.values()),
        "microseconds": round(sum(lasted.values()), 1),
        "by operation": {n: [operations[n], started[n], round(us, 1)] for n, us in spent.most_common()},
        "by kernel": {name: [kernels[name], round(us, 1)] for name, us in lasted.most_common(40)},
        "nodes": nodes,
    }
