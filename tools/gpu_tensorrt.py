"""One attempt at TensorRT-RTX on this very card, supported or not: build, load, compile, compare, time.

``python tools/gpu_tensorrt.py [CAPABILITY …]`` prints one JSON object. A capability is ``CURRENT``, ``SM89`` and
the like.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

from avatarify.engines import tensorrt_target
from avatarify.engines.cache import frame_file, onnx_files, reference_file
from avatarify.engines.compare import compare
from avatarify.engines.recipes import read_recipe
from avatarify.engines.reference.file import read_reference
from avatarify.engines.target import BuildOptions, Watch
from avatarify.errors import AvatarifyError
from avatarify.runtimes.probe import probe
from avatarify.runtimes.requirements import tensorrt_obstacle
from avatarify.runtimes.tensorrt import open_tensorrt
from avatarify.zoo.random_model import RANDOM, open_model

NAME = "tensorrt-rtx"


def main() -> None:
    """Try each capability with both models."""
    tensorrt_target._capability = _by_name
    report: dict[str, Any] = {"obstacle": str(tensorrt_obstacle(NAME, probe()))}
    for capability in sys.argv[1:] or ("CURRENT", "SM80", "SM89"):
        for model in ("built-in", RANDOM):
            report[f"{model} {capability}"] = _tried(model, capability)
            sys.stderr.write(json.dumps(report, indent=1) + "\n")
    sys.stdout.write(json.dumps(report, indent=1) + "\n")


def _by_name(trt: Any, text: str) -> Any:
    return getattr(trt.ComputeCapability, text)


def _tried(model: str, capability: str) -> dict[str, Any]:
    entry, begun = open_model(model), time.monotonic()
    report: dict[str, Any] = {}
    options = BuildOptions(read_recipe(entry.manifest.kind), "fp16", (capability,))
    try:
        target, made = tensorrt_target.TensorRtTarget(NAME), onnx_files(entry)
        files = {"encode": made["encode"], "frame": frame_file(entry), "keypoints": made["keypoints"]}
        plans = {graph: target.build(graph, file, options, Watch()) for graph, file in files.items()}
        report["built s"], begun = round(time.monotonic() - begun, 1), time.monotonic()
        runtime = open_tensorrt(NAME, plans, "fp16")
        report["opened s"] = round(time.monotonic() - begun, 1)
        difference = compare(runtime, read_reference(reference_file(entry, "frame")))
        report["problems"] = [str(one) for one in difference.problems("fp16")]
        report["frame ms"] = _timed(runtime, read_reference(reference_file(entry, "frame"), 1))
        runtime.close()
    except (AvatarifyError, AttributeError, ImportError, RuntimeError) as error:
        report["failed"] = f"{type(error).__name__}: {error}"
    return report


def _timed(runtime: Any, reference: Any) -> float:
    """Median milliseconds from the crop on the processor to the picture there."""
    inputs = runtime.run("encode", reference.encode) | reference.source | reference.cases[0].generate
    times = []
    for _ in range(60):
        begun = time.perf_counter()
        runtime.run("frame", inputs)
        times.append((time.perf_counter() - begun) * 1e3)
    return round(sorted(times[10:])[25], 3)


if __name__ == "__main__":
    main()
