"""OpenVINO: the fastest runtime on a CPU; needs no torch once the engines are built."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from avatarify.errors import EngineError, last_line
from avatarify.graphs.check import Signature, TensorType
from avatarify.runtimes.base import Arrays, run_failed, unknown_graph


def load_openvino() -> Any:
    """Import OpenVINO without its telemetry, which would report each import to Google Analytics."""
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]  # makes its import fail
    import openvino

    return openvino


@functools.cache
def half_type() -> str:
    """Return the 16-bit type that this CPU multiplies natively, ``bf16`` or ``f16``; empty if none."""
    can = load_openvino().Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES")
    found = "bf16" if "BF16" in can else "f16" if "FP16" in can else ""
    # What OpenVINO says it can do leaves out that the environment may limit the instructions.
    limited = instruction_set().startswith("Intel") and "float16" not in instruction_set()
    return "" if limited else found


@functools.cache
def instruction_set() -> str:
    """Return the instructions that OpenVINO compiles for, such as ``Intel AVX2``; ``ONEDNN_MAX_CPU_ISA`` limits them.

    Only a compiled model says what it requires, so a model of one operation is compiled.
    """
    openvino = load_openvino()
    core, given = openvino.Core(), openvino.opset13.parameter([1])
    compiled = core.compile_model(openvino.Model([openvino.opset13.relu(given)], [given]), "CPU")
    try:
        requirements = str(compiled.get_property("RUNTIME_REQUIREMENTS"))
    except RuntimeError:  # an older OpenVINO
        limit = os.environ.get("ONEDNN_MAX_CPU_ISA", "")
        return " ".join([*core.get_property("CPU", "OPTIMIZATION_CAPABILITIES"), limit]).strip()
    return requirements.rpartition("isa=")[2]


def properties(part: str, precision: str) -> dict[str, str]:
    """Return OpenVINO's settings for a graph or a part of one: only a separate decoder is computed with 16 bits.

    On some CPUs OpenVINO's default is bfloat16 for everything, which is too coarse for coordinates.

    Args:
        part: Name of a graph, or of a part: ``generate.0``, ``generate.1``.
        precision: ``fp32`` or ``fp16``.
    """
    half = precision == "fp16" and part.endswith(".1")
    return {
        "PERFORMANCE_HINT": "LATENCY",
        "INFERENCE_PRECISION_HINT": half_type() if half else "f32",
        "INFERENCE_NUM_THREADS": str(threads()),
    }


def threads() -> int:
    """Return how many threads a graph uses: half of the cores that this process may use, as two graphs run at once."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, cores // 2)


def new_core() -> Any:
    """Return an ``openvino.Core``, which lists devices and compiles models."""
    return load_openvino().Core()


class OpenVinoRuntime:
    """Executes graphs with OpenVINO on the CPU, or on an Intel GPU or NPU.

    Args:
        models: By graph or part of a graph (``generate.0``, ``generate.1``: outputs of the first are inputs of the
            second), an ONNX file, or a plan that ``engines`` built.
        precision: ``fp32``; or ``fp16`` or ``int8``, on the CPU for plans of which a part computes with fewer bits, on
            other devices (``fp16``) for everything.
        device: OpenVINO's name: ``CPU``, ``GPU`` (the first one), ``GPU.1``, ``NPU``.
        cache: Folder in which OpenVINO keeps what it compiles for another device than the CPU.

    Raises:
        EngineError: A model cannot be read or compiled.
    """

    def __init__(
        self,
        models: Mapping[str, Path | bytes],
        precision: str = "fp32",
        device: str = "CPU",
        cache: Path | None = None,
    ) -> None:
        core = new_core()
        kind = device.partition(".")[0]
        self.name = "openvino" if kind == "CPU" else f"openvino-{kind.lower()}"
        self._graphs: dict[str, list[_Part]] = {}
        settings = {part: _settings(part, precision, device, cache) for part in models}
        try:
            for part, compiled in _compile_all(core, models, device, settings):
                self._graphs.setdefault(part.partition(".")[0], []).append(_Part(compiled))
        except RuntimeError as error:
            raise EngineError(
                "OpenVINO cannot compile the model: {reason}.", "Use --runtime torch.", reason=last_line(error)
            ) from error
        for parts in self._graphs.values():
            _chain(parts)
        self.signatures = {graph: _signature(parts) for graph, parts in self._graphs.items()}
        split = any(len(parts) > 1 for parts in self._graphs.values())
        less = {"fp16": f"{'decoder' if split else 'convolutions'} in {half_type()}", "int8": "convolutions in int8"}
        self.device = (
            _device(core, less.get(precision, "")) if kind == "CPU" else _other_device(core, device, precision)
        )

    def run(self, graph: str, inputs: Mapping[str, NDArray[Any]]) -> Arrays:
        """Execute one graph (see ``Runtime``)."""
        if graph not in self._graphs:
            raise unknown_graph(graph, self._graphs)
        outputs: Arrays = {}
        try:
            for part in self._graphs[graph]:
                given = {name: np.ascontiguousarray(inputs[name]) for name in part.inputs if name not in part.chained}
                part.request.infer(given, share_inputs=True)
                outputs |= {name: part.request.get_tensor(name).data.copy() for name in part.outputs}
        except (RuntimeError, KeyError) as error:
            raise run_failed("OpenVINO", graph, error) from error
        return outputs

    def close(self) -> None:
        """Free the compiled models."""
        self._graphs.clear()


class _Part:
    """A compiled model; its ``chained`` inputs are outputs of an earlier part."""

    def __init__(self, compiled: Any) -> None:
        self.request = compiled.create_infer_request()
        self.inputs = {port.any_name: port for port in compiled.inputs}
        self.outputs = {port.any_name: port for port in compiled.outputs}
        self.chained: set[str] = set()


def _chain(parts: Sequence[_Part]) -> None:
    """Let parts share the tensors between them, so that these are never copied, and are no outputs of the graph."""
    for place, part in enumerate(parts):
        for before in parts[:place]:
            shared = [name for name in before.outputs if name in part.inputs]
            for name in shared:
                part.request.set_tensor(name, before.request.get_tensor(name))
            part.chained.update(shared)
            before.outputs = {name: port for name, port in before.outputs.items() if name not in shared}


def _signature(parts: Sequence[_Part]) -> Signature:
    inputs = {name: port for part in parts for name, port in part.inputs.items() if name not in part.chained}
    outputs = {name: port for part in parts for name, port in part.outputs.items()}
    return Signature(
        {name: _type(port) for name, port in inputs.items()}, {name: _type(port) for name, port in outputs.items()}
    )


def _type(port: Any) -> TensorType:
    return TensorType(port.get_element_type().to_dtype().name, tuple(port.shape))


def _settings(part: str, precision: str, device: str, cache: Path | None) -> dict[str, str]:
    if device == "CPU":
        return properties(part, precision)
    kept = {"CACHE_DIR": str(cache)} if cache else {}
    return {"PERFORMANCE_HINT": "LATENCY", "INFERENCE_PRECISION_HINT": "f16" if precision == "fp16" else "f32", **kept}


def _compile_all(
    core: Any, models: Mapping[str, Path | bytes], device: str, settings: Mapping[str, dict[str, str]]
) -> list[tuple[str, Any]]:
    """Compile or load all parts at once, and return them by name, sorted."""
    parts = sorted(models)

    def compiled(part: str) -> Any:
        model = models[part]
        if isinstance(model, bytes):
            return core.import_model(model, device, settings[part])
        return core.compile_model(str(model), device, settings[part])

    with ThreadPoolExecutor(len(parts), thread_name_prefix="avatarify-openvino") as pool:
        return list(zip(parts, pool.map(compiled, parts), strict=True))


def _device(core: Any, fewer_bits: str) -> str:
    threads = core.get_property("CPU", "INFERENCE_NUM_THREADS") or 0
    facts = [core.get_property("CPU", "FULL_DEVICE_NAME").strip()]
    facts += [f"{threads} threads"] * bool(threads) + [fewer_bits] * bool(fewer_bits)
    return f"CPU ({', '.join(facts)})"


def _other_device(core: Any, device: str, precision: str) -> str:
    name = str(core.get_property(device, "FULL_DEVICE_NAME")).strip()
    return f"{device} ({name}, {'float16' if precision == 'fp16' else 'float32'})"
