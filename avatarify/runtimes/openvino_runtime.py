"""OpenVINO: the fastest way on a CPU, and no torch needed once the ONNX files are there."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from avatarify import paths
from avatarify.errors import EngineError
from avatarify.runtimes.base import Arrays


def load_openvino() -> Any:
    """Import OpenVINO without the part of it that reports each import to a server of Google Analytics."""
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]  # it cannot be imported from here on
    import openvino

    return openvino


class OpenVinoRuntime:
    """Executes ONNX files with OpenVINO on the CPU, float32.

    Args:
        files: ONNX file of each graph.

    Raises:
        EngineError: a file cannot be read or compiled.
    """

    name = "openvino"

    def __init__(self, files: Mapping[str, Path]) -> None:
        ov = load_openvino()
        core = ov.Core()
        threads = core.get_property("CPU", "INFERENCE_NUM_THREADS") or 0
        settings = {
            "PERFORMANCE_HINT": "LATENCY",
            "INFERENCE_PRECISION_HINT": "f32",  # on some CPUs the default is bfloat16: too coarse for coordinates
            "CACHE_DIR": str(paths.cache() / "openvino"),
        }
        try:
            compiled = {name: core.compile_model(str(file), "CPU", settings) for name, file in files.items()}
        except RuntimeError as error:
            what = str(error).strip().splitlines()[-1]
            raise EngineError(f"OpenVINO cannot compile the model: {what}", "Use --runtime torch.") from error
        self._requests = {name: model.create_infer_request() for name, model in compiled.items()}
        self._inputs = {name: {port.any_name: port for port in model.inputs} for name, model in compiled.items()}
        self._outputs = {name: [port.any_name for port in model.outputs] for name, model in compiled.items()}
        full_name = core.get_property("CPU", "FULL_DEVICE_NAME").strip()
        self.device = f"CPU ({full_name}{f', {threads} threads' if threads else ''})"

    def shape(self, graph: str, name: str) -> tuple[int, ...]:
        """Return the shape of a graph's input."""
        return tuple(self._inputs[graph][name].shape)

    def run(self, graph: str, inputs: Mapping[str, NDArray[Any]]) -> Arrays:
        """Execute one graph (see ``Runtime``)."""
        if graph not in self._requests:
            raise EngineError(f"There is no graph '{graph}'.", f"There are: {', '.join(self._requests)}.")
        request = self._requests[graph]
        try:
            given = {name: np.ascontiguousarray(inputs[name]) for name in self._inputs[graph]}
            request.infer(given, share_inputs=True)
        except (RuntimeError, KeyError) as error:
            raise EngineError(f"OpenVINO could not run '{graph}': {error}", "Use --runtime torch.") from error
        return {name: request.get_tensor(name).data.copy() for name in self._outputs[graph]}

    def close(self) -> None:
        """Free the compiled models."""
        self._requests.clear()
