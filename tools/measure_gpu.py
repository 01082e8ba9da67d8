"""Times the graph of a whole frame on an NVIDIA GPU: torch eager in float32 against float16 as a CUDA graph.

``python tools/measure_gpu.py`` prints a JSON object: milliseconds on the GPU by CUDA events, in turns; from the user's
crop on the processor to the picture back there; and how far the pictures are apart. ``--compile`` also times what
torch's compiler makes of the same operations; it takes some 20 s a model, Triton and a C compiler. ``--out FILE``
keeps the results after each step, with every kernel of each way. Without a GPU it rehearses: times are then the CPU's.
"""

from __future__ import annotations

import argparse
import functools
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from gpu_profile import profiled
from torch.fx import GraphModule

from avatarify.graphs.frame import frame_graph
from avatarify.graphs.graph import Graph
from avatarify.graphs.inference import for_inference
from avatarify.runtimes.fusion.build import fused, microseconds, placed
from avatarify.runtimes.fx_flatten import flatten
from avatarify.runtimes.half_precision import convolve, narrow
from avatarify.runtimes.recording import StreamRecorder, plan
from avatarify.runtimes.torch_cuda import TorchCudaRuntime
from avatarify.zoo.load import load_networks
from avatarify.zoo.random_model import RANDOM, open_model

_cuda: Any = torch.cuda  # its streams and events have no types
GPU = torch.cuda.is_available()
DEVICE = "cuda" if GPU else "cpu"
LANES = (1, 2, 4)
ROUNDS, COUNT, WARM = (5, 40, 10) if GPU else (1, 1, 0)
Work = Callable[[], object]


def main() -> None:
    """Measure both models and print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--compile", action="store_true", help="time torch's compiler, too")
    parser.add_argument("--out", type=Path, help="keep results and profiles in this file")
    parser.add_argument("--models", nargs="+", default=[RANDOM, "built-in"])
    args = parser.parse_args()
    report: dict[str, Any] = {"gpu": torch.cuda.get_device_name() if GPU else "none", "torch": torch.__version__}
    for measure in (_turns, _there_and_back, _profiles, *([_compiled] if args.compile else [])):
        for name in args.models:
            report[name] = report.get(name, {}) | measure(name)
            sys.stderr.write(f"{name}: {json.dumps(_short(report[name]))}\n")
            if args.out is not None:
                args.out.write_text(json.dumps(report) + "\n", encoding="utf-8")
    sys.stdout.write(json.dumps({name: _short(value) for name, value in report.items()}, indent=1) + "\n")


def _short(value: Any) -> Any:
    """Leave out what only the file needs."""
    if not isinstance(value, dict):
        return value
    return {key: _short(inner) for key, inner in value.items() if key not in ("nodes", "by operation", "by kernel")}


def _turns(name: str) -> dict[str, Any]:
    """Eager against the recorded forms, and how far their pictures are apart."""
    inputs = given(name)
    module = flatten(whole_frame(name)).to(DEVICE)
    ways: dict[str, Work] = {"eager float32": _once(module, inputs)}
    pictures, failed = {"eager float32": _picture(ways["eager float32"]())}, {}
    for form, flat in forms(name).items():
        for lanes in (0, *(LANES if "kernels" in form else ())):
            way = f"{form}, {lanes} streams" if lanes else form
            try:
                ways[way], result = recorded(flat, inputs, lanes)
                ways[way]()
                _wait()
                pictures[way] = _picture(result)
            except Exception as error:  # noqa: BLE001  one form may fail, the others are measured all the same
                failed[way] = f"{type(error).__name__}: {str(error)[:500]}"
                ways.pop(way, None)
    apart = {way: float((one - pictures["eager float32"]).abs().mean()) for way, one in pictures.items()}
    return {"GPU ms": in_turns(ways, on_gpu), "picture apart, of 255": apart, "failed": failed}


def _picture(results: Any) -> torch.Tensor:
    picture: torch.Tensor = results[0].float().clone()
    return picture


def _there_and_back(name: str) -> dict[str, Any]:
    """From the crop on the processor to the picture there, as the app does it."""
    if not GPU:
        return {}
    runtime, graph = TorchCudaRuntime({"frame": whole_frame(name, shorter=True)}), whole_frame(name)
    arrays = {key: value.cpu().numpy() for key, value in zip(graph.inputs, given(name), strict=True)}
    for value in arrays.values():
        value.flags.writeable = False  # as in a session: what the portrait is stays on the GPU
    fresh = {key: arrays[key].copy() for key in ("crop", "mesh") if key in arrays}
    captured = runtime._graphs["frame"]
    report: dict[str, Any] = {"recorded": captured._replay != captured._eager}
    report["there and back ms"] = in_turns({"torch-cuda": lambda: runtime.run("frame", arrays | fresh)}, on_cpu)
    runtime.close()
    return report


def _profiles(name: str) -> dict[str, Any]:
    """Kernels of each form."""
    return {"profile": {form: profiled(flat, given(name)) for form, flat in forms(name).items()}}


def _compiled(name: str) -> dict[str, Any]:
    """Let Inductor write the kernels between the convolutions, and record them with these."""
    inputs = given(name)
    ways: dict[str, Work] = {}
    took: dict[str, str] = {}
    for form, flat in forms(name, kernels=False).items():
        for node in flat.graph.nodes:
            node.target = _unfused if node.target is convolve else node.target
        flat.recompile()
        begun = time.monotonic()
        try:
            ways[f"compiled {form}"] = recorded(torch.compile(flat, fullgraph=True), inputs)[0]
        except Exception as error:  # noqa: BLE001  the compiler's own errors are many; the other forms go on
            took[form] = f"{type(error).__name__}: {str(error)[:500]}"
            continue
        took[form] = f"{time.monotonic() - begun:.1f}"
    return {"compiled GPU ms": in_turns(ways, on_gpu), "compiling s": took}


@functools.cache
def forms(name: str, kernels: bool = True) -> dict[str, GraphModule]:
    """The flat float16 forms that are compared; a full model also with transposed convolutions."""
    found: dict[str, GraphModule] = {}
    for shorter in (False, True) if name == RANDOM else (False,):
        form = "float16, transposed" if shorter else "float16"
        found[form] = narrow(flatten(whole_frame(name, shorter))).to(DEVICE)
        if kernels and GPU:
            begun = time.monotonic()
            found[f"{form}, kernels"] = fused(found[form], given(name))
            sys.stderr.write(f"{name}, {form}: kernels made in {time.monotonic() - begun:.1f} s\n")
    return found


def recorded(module: Callable[..., Any], inputs: list[torch.Tensor], lanes: int = 0) -> tuple[Work, Any]:
    """A CUDA graph of a module after warm-up, and what it gives; without a GPU the module itself."""
    once = _once(module, inputs)
    if not GPU:
        return once, once()
    stream, graph = _cuda.Stream(), torch.cuda.CUDAGraph()
    stream.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(stream), torch.backends.cudnn.flags(enabled=True, benchmark=True):
        for _ in range(3):
            once()
    torch.cuda.current_stream().wait_stream(stream)
    runner = StreamRecorder(module, plan(module, microseconds, lanes)) if lanes else None  # type: ignore[arg-type]
    flags = torch.backends.cudnn.flags(enabled=True, benchmark=True)
    with torch.inference_mode(), torch.cuda.graph(graph), flags:
        result = runner.record(inputs) if runner else module(*inputs)
    if runner:
        runner.forget()

    def replay(held: tuple[Any, ...] = (module, inputs)) -> None:  # the graph reads weights and inputs where they lie
        graph.replay()

    return replay, result


def _once(module: Callable[..., Any], inputs: list[torch.Tensor]) -> Work:
    def work() -> object:
        with torch.inference_mode():
            return module(*inputs)

    return work


def _unfused(
    x: torch.Tensor,
    weight: torch.Tensor,
    bias: torch.Tensor | None,
    stride: list[int],
    padding: list[int],
    groups: int,
    relu: bool,
    transposed: bool = False,
) -> torch.Tensor:
    """What ``convolve`` does, with ReLU left to the compiler."""
    x = x.contiguous(memory_format=torch.channels_last)
    apply = torch.nn.functional.conv_transpose2d if transposed else torch.nn.functional.conv2d
    rest = (0, groups, 1) if transposed else (1, groups)
    out = apply(x, weight, bias, stride, padding, *rest)
    return out.relu() if relu else out


def whole_frame(name: str, shorter: bool = False) -> Graph:
    """Build the graph anew: a runtime moves its networks to the GPU."""
    graphs = load_networks(open_model(name))
    return frame_graph({key: for_inference(graph) for key, graph in graphs.items()} if shorter else graphs)


def given(name: str) -> list[torch.Tensor]:
    """Inputs with a picture that is not of one color."""
    noise = torch.Generator().manual_seed(0)
    inputs = dict(whole_frame(name).inputs)
    inputs["crop"] = torch.randint(0, 256, inputs["crop"].shape, generator=noise, dtype=torch.uint8)
    return [placed(value) if GPU else value for value in inputs.values()]


def in_turns(ways: dict[str, Work], timed: Callable[[Work], float]) -> dict[str, Any]:
    """p50 and p95 of each way in milliseconds, A B A B."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, work in ways.items():
            for _ in range(WARM):
                work()
            _wait()
            times[name] += [timed(work) for _ in range(COUNT)]
    return {name: [round(float(np.percentile(all_of, q)), 3) for q in (50, 95)] for name, all_of in times.items()}


def on_gpu(work: Work) -> float:
    """Milliseconds between two events on the GPU."""
    if not GPU:
        return on_cpu(work)
    start, end = _cuda.Event(enable_timing=True), _cuda.Event(enable_timing=True)
    start.record()
    work()
    end.record()
    end.synchronize()
    return float(start.elapsed_time(end))


def on_cpu(work: Work) -> float:
    """Milliseconds of the processor's clock."""
    _wait()
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1e3


def _wait() -> None:
    if GPU:
        torch.cuda.synchronize()


if __name__ == "__main__":
    main()
