"""TensorRT and TensorRT-RTX on an NVIDIA GPU, without torch: one stream, pinned buffers, CUDA graphs."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from typing import Any

from numpy.typing import NDArray

from avatarify.errors import DeviceError, EngineError
from avatarify.graphs.check import Signature, TensorType
from avatarify.graphs.spec import ENCODE
from avatarify.runtimes.base import Arrays, run_failed, unknown_graph
from avatarify.runtimes.cuda import CudaDriver, GpuDriver
from avatarify.runtimes.requirements import TENSORRT_MODULES
from avatarify.runtimes.tensorrt_engine import Engine, TrtEngine
from avatarify.runtimes.tensorrt_execution import Execution


class TensorRtRuntime:
    """Executes engines on one GPU.

    Args:
        name: ``tensorrt`` or ``tensorrt-rtx``.
        driver: The GPU; closed with the runtime.
        engines: By graph.
        note: What the device's name should say besides the GPU.

    Raises:
        EngineError: The GPU's memory is full.
    """

    def __init__(self, name: str, driver: GpuDriver, engines: Mapping[str, Engine], note: str = "") -> None:
        self.name, self._driver = name, driver
        self.signatures = {graph: _signature(engine) for graph, engine in engines.items()}
        self.device = f"{driver.name}{f' ({note})' if note else ''}"
        self._executions = {graph: Execution(engine, driver) for graph, engine in engines.items()}

    def run(self, graph: str, inputs: Mapping[str, NDArray[Any]]) -> Arrays:
        """Execute one graph (see ``Runtime``)."""
        if graph not in self._executions:
            raise unknown_graph(graph, self._executions)
        try:
            outputs = self._executions[graph].run(inputs)
        except (KeyError, ValueError, DeviceError) as error:
            raise run_failed(self.name, graph, error) from error
        # The encoded portrait is an input of every frame. What cannot change need not be copied to the GPU again.
        for value in outputs.values():
            value.flags.writeable = graph != ENCODE.name
        return outputs

    def close(self) -> None:
        """Free the GPU; may be called twice."""
        for execution in self._executions.values():
            execution.close()
        self._executions.clear()
        self._driver.close()


def open_tensorrt(name: str, plans: Mapping[str, bytes], precision: str) -> TensorRtRuntime:
    """Load plans on the first GPU.

    Args:
        name: ``tensorrt`` or ``tensorrt-rtx``.
        plans: By graph.
        precision: Shown to the user.

    Raises:
        EngineError: There is no driver, the package is not installed, or a plan was rejected.
    """
    driver = CudaDriver()
    try:
        trt = importlib.import_module(TENSORRT_MODULES[name])
        engines = {graph: TrtEngine(trt, name, graph, plan, driver) for graph, plan in plans.items()}
        return TensorRtRuntime(name, driver, engines, f"{name} {trt.__version__}, {precision}")
    except ImportError as error:
        driver.close()
        raise EngineError("{name} is not installed.", "Run: pip install 'avatarify[{name}]'", name=name) from error
    except Exception:
        driver.close()
        raise


def _signature(engine: Engine) -> Signature:
    types = {tensor.name: TensorType(tensor.dtype.name, tensor.shape) for tensor in engine.tensors}
    inputs = {tensor.name for tensor in engine.tensors if tensor.is_input}
    return Signature(
        {name: kind for name, kind in types.items() if name in inputs},
        {name: kind for name, kind in types.items() if name not in inputs},
    )
