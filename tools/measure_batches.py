"""Times the graph ``generate`` of both models on a GPU for several portraits at once: one row of a batch each.

``python tools/measure_batches.py`` prints milliseconds of a batch and the throughput compared with batches of one, in
float16 as a CUDA graph, and how far each row is from the graph of one portrait. Without a GPU it rehearses.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from typing import Any

import torch
from measure_gpu import DEVICE, GPU, in_turns, on_gpu, recorded
from torch import Tensor, nn
from torch.fx import GraphModule

from avatarify.graphs.graph import Graph
from avatarify.graphs.inference import for_inference
from avatarify.graphs.spec import GENERATE
from avatarify.runtimes.fusion.build import fused, placed
from avatarify.runtimes.fx_flatten import flatten
from avatarify.runtimes.half_precision import narrow
from avatarify.zoo.load import load_networks
from avatarify.zoo.random_model import RANDOM, open_model

_RESHAPE = torch.ops.aten.reshape.default
_VIEWS = (torch.ops.aten.view.default, torch.ops.aten._unsafe_view.default)
SIZES = (1, 2, 4, 8, 16) if GPU else (1, 2)


class Batched(nn.Module):
    """A graph for several rows, each with its own portrait."""

    def __init__(self, module: nn.Module) -> None:
        super().__init__()
        self.module = module

    def forward(self, *inputs: Tensor) -> tuple[Tensor, ...]:
        """Take inputs with one more axis, the first one, and return such outputs."""
        found: tuple[Tensor, ...] = torch.vmap(self.module)(*inputs)
        return found


def main() -> None:
    """Measure and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", nargs="+", default=["built-in", RANDOM])
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES)
    args = parser.parse_args()
    for name in args.models:
        sys.stdout.write(json.dumps({name: measure(name, args.sizes)}, indent=1) + "\n")
        sys.stdout.flush()


def measure(name: str, sizes: list[int]) -> dict[str, Any]:
    """Time one model."""
    graph = for_inference(load_networks(open_model(name))[GENERATE.name])
    ways: dict[str, Any] = {}
    apart: dict[str, float] = {}
    failed: dict[str, str] = {}
    with torch.inference_mode():
        single = graph.module(*graph.inputs.values())[0].float()
    for size in sizes:
        begun = time.monotonic()
        flat, inputs = _flat(graph, size)
        for own in (False, True) if GPU else (False,):
            way = f"{size}{', our kernels' if own else ''}"
            try:
                ways[way], result = recorded(fused(flat, inputs) if own else flat, inputs, lanes=3 if own else 0)
                ways[way]()
                apart[way] = max(float((row.float().cpu() - single).abs().mean()) for row in result[0])
            except Exception as error:  # noqa: BLE001  one form may fail, the others are measured all the same
                failed[way] = f"{type(error).__name__}: {str(error)[:300]}"
                ways.pop(way, None)
        sys.stderr.write(f"{name}, {size}: {time.monotonic() - begun:.1f} s\n")
    times = in_turns(ways, on_gpu)
    return {"GPU ms": times, "throughput": _throughput(times), "picture apart, of 255": apart, "failed": failed}


def _throughput(times: dict[str, Any]) -> dict[str, float]:
    """Rows per second, as a multiple of the best batch of one."""
    one = min(p50 for way, (p50, _) in times.items() if int(way.partition(",")[0]) == 1)
    return {way: round(int(way.partition(",")[0]) * one / p50, 2) for way, (p50, _) in times.items()}


def _flat(graph: Graph, size: int) -> tuple[GraphModule, list[Tensor]]:
    rows = {key: torch.stack([value] * size) for key, value in graph.inputs.items()}
    flat = narrow(flatten(Graph(Batched(graph.module), rows, graph.outputs))).to(DEVICE)
    for node in flat.graph.nodes:  # what convolutions give is laid out channels last, and cannot be viewed in all ways
        node.target = _RESHAPE if node.target in _VIEWS else node.target
    flat.recompile()
    return flat, [placed(value) if GPU else value for value in rows.values()]


if __name__ == "__main__":
    main()
