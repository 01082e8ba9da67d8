"""Times the graph of a whole frame on an NVIDIA GPU: torch eager in float32 against float16 as a CUDA graph.

``python tools/measure_gpu.py`` prints a JSON object: milliseconds on the GPU by CUDA events, in turns; from the user's
crop on the processor to the picture back there; and how far the pictures are apart. ``--compile`` also times what
torch's compiler makes of the same operations, for the full model; it takes some 20 s, Triton and a C compiler.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import torch

from avatarify.graphs.frame import frame_graph
from avatarify.graphs.graph import Graph
from avatarify.runtimes.fx_flatten import flatten
from avatarify.runtimes.half_precision import convolve, narrow
from avatarify.runtimes.torch_cuda import TorchCudaRuntime
from avatarify.zoo.load import load_networks
from avatarify.zoo.random_model import RANDOM, open_model

ROUNDS, COUNT, WARM = 5, 40, 10


def main() -> None:
    """Measure both models and print one JSON object."""
    report: dict[str, Any] = {"gpu": torch.cuda.get_device_name(), "torch": torch.__version__}
    for name in ("built-in", RANDOM):
        report[name] = measure(name)
        sys.stderr.write(f"{name}: {json.dumps(report[name])}\n")
    sys.stdout.write(json.dumps(report, indent=2) + "\n")


def measure(name: str) -> dict[str, Any]:
    """Time one model both ways, in turns."""
    given = {key: value.numpy() for key, value in varied(whole_frame(name)).items()}
    runtime = TorchCudaRuntime({"frame": whole_frame(name)})
    graph = whole_frame(name)
    module, inputs = graph.module.cuda(), {key: torch.from_numpy(value).cuda() for key, value in given.items()}

    def eager() -> tuple[torch.Tensor, ...]:
        with torch.inference_mode():
            return tuple(module(*inputs.values()))

    runtime.run("frame", given)
    captured = runtime._graphs["frame"]
    ways: dict[str, Callable[[], object]] = {"eager float32": eager, "float16, CUDA graph": captured._replay}
    if name == RANDOM and "--compile" in sys.argv:
        ways["float16, compiled, CUDA graph"] = compiled(whole_frame(name), list(inputs.values()))
    report: dict[str, Any] = {"GPU ms": in_turns(ways, on_gpu)}
    for value in given.values():
        value.flags.writeable = False  # as in a session: what the portrait is stays on the GPU
    fresh = {key: given[key].copy() for key in ("crop", "mesh") if key in given}
    report["recorded"] = captured._replay != captured._eager
    report["there and back ms"] = in_turns({"float16, CUDA graph": lambda: runtime.run("frame", given | fresh)}, on_cpu)
    wanted = dict(zip(graph.outputs, eager(), strict=True))["image"].cpu().numpy()
    found = runtime.run("frame", given)["image"]
    report["picture apart, of 255"] = float(np.abs(wanted.astype(float) - found).mean())
    runtime.close()
    return report


def compiled(graph: Graph, inputs: list[torch.Tensor]) -> Callable[[], object]:
    """Let Inductor write the kernels between the convolutions, and record them with these."""
    flat = narrow(flatten(graph)).cuda()
    for node in flat.graph.nodes:
        node.target = _unfused if node.target is convolve else node.target
    flat.recompile()
    fast, stream, recorded = torch.compile(flat, fullgraph=True), torch.cuda.Stream(), torch.cuda.CUDAGraph()
    with torch.inference_mode(), torch.cuda.stream(stream):
        for _ in range(3):
            fast(*inputs)
    torch.cuda.current_stream().wait_stream(stream)
    with torch.inference_mode(), torch.cuda.graph(recorded):
        fast(*inputs)
    return recorded.replay


def _unfused(
    x: torch.Tensor,
    weight: torch.Tensor,
    bias: torch.Tensor,
    stride: list[int],
    padding: list[int],
    groups: int,
    relu: bool,
) -> torch.Tensor:
    """What ``convolve`` does, with ReLU left to the compiler."""
    x = x.contiguous(memory_format=torch.channels_last)
    out = torch.nn.functional.conv2d(x, weight, bias, stride, padding, 1, groups)
    return out.relu() if relu else out


def whole_frame(name: str) -> Graph:
    """Build the graph anew: a runtime moves its networks to the GPU."""
    return frame_graph(load_networks(open_model(name)))


def varied(graph: Graph) -> dict[str, torch.Tensor]:
    """Inputs with a picture that is not of one color."""
    noise = torch.Generator().manual_seed(0)
    inputs = dict(graph.inputs)
    crop = inputs["crop"]
    inputs["crop"] = torch.randint(0, 256, crop.shape, generator=noise, dtype=torch.uint8)
    return inputs


def in_turns(ways: dict[str, Callable[[], object]], timed: Callable[[Callable[[], object]], float]) -> dict[str, Any]:
    """p50 and p95 of each way in milliseconds, A B A B."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, work in ways.items():
            for _ in range(WARM):
                work()
            torch.cuda.synchronize()
            times[name] += [timed(work) for _ in range(COUNT)]
    return {name: [round(float(np.percentile(all_of, q)), 3) for q in (50, 95)] for name, all_of in times.items()}


def on_gpu(work: Callable[[], object]) -> float:
    """Milliseconds between two events on the GPU."""
    start, end = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
    start.record()
    work()
    end.record()
    end.synchronize()
    return float(start.elapsed_time(end))


def on_cpu(work: Callable[[], object]) -> float:
    """Milliseconds of the processor's clock."""
    torch.cuda.synchronize()
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1e3


if __name__ == "__main__":
    main()
