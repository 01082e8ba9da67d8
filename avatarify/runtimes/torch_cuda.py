"""torch on an NVIDIA GPU: traced graphs, convolutions in float16 and channels last, a CUDA graph after warm-up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from avatarify.errors import EngineError
from avatarify.log import logger
from avatarify.runtimes.base import Arrays, run_failed, unknown_graph

if TYPE_CHECKING:
    from avatarify.graphs.graph import Graph
    from avatarify.runtimes.recording import StreamRecorder

_WARM_UP = 3


class TorchCudaRuntime:
    """Executes graphs with torch on the first GPU.

    Convolutions use float16; coordinates, softmax, and warps stay float32, as in the engines.

    Args:
        graphs: From ``zoo.load.load_networks``.

    Raises:
        EngineError: torch finds no GPU, or its memory is too small.
    """

    name = "torch-cuda"

    def __init__(self, graphs: Mapping[str, Graph]) -> None:
        import torch

        if not torch.cuda.is_available():
            raise EngineError("torch finds no CUDA device.", "Run 'avatarify doctor' to see why.")
        self._torch = torch
        self._graphs = {name: self._captured(name, graph) for name, graph in graphs.items()}
        self.signatures = {name: graph.signature() for name, graph in graphs.items()}
        self.device = f"{torch.cuda.get_device_name()} (torch {torch.__version__}, float16)"

    def run(self, graph: str, inputs: Mapping[str, NDArray[Any]]) -> Arrays:
        """Execute one graph (see ``Runtime``)."""
        if graph not in self._graphs:
            raise unknown_graph(graph, self._graphs)
        try:
            return self._graphs[graph].run(inputs)
        except (RuntimeError, KeyError) as error:
            raise run_failed("torch", graph, error) from error

    def close(self) -> None:
        """Free the networks."""
        self._graphs.clear()
        self._torch.cuda.empty_cache()

    @staticmethod
    def _captured(name: str, graph: Graph) -> _Captured:
        try:
            return _Captured(graph)
        except RuntimeError as error:
            raise run_failed("torch", name, error) from error


class _Captured:
    """One graph with inputs and outputs at fixed addresses, as a CUDA graph needs them."""

    def __init__(self, graph: Graph) -> None:
        import torch

        from avatarify.runtimes.batched import Batched, reshape_views
        from avatarify.runtimes.fusion.build import fused, microseconds, placed
        from avatarify.runtimes.fx_flatten import flatten
        from avatarify.runtimes.half_precision import narrow
        from avatarify.runtimes.recording import StreamRecorder, plan

        self._torch = torch
        self.inputs = {name: placed(value) for name, value in graph.inputs.items()}
        self._module = narrow(flatten(graph)).cuda()
        if isinstance(graph.module, Batched):
            reshape_views(self._module)
        self._runner: StreamRecorder | None = None
        try:
            self._module = fused(self._module, list(self.inputs.values()))
            self._runner = StreamRecorder(self._module, plan(self._module, microseconds))
        except (ImportError, RuntimeError) as error:
            logger("runtimes").warning("torch-cuda runs without kernels of its own: %s", error)
        self._names = graph.outputs
        self._outputs: tuple[Any, ...] = ()
        self._resident: dict[str, NDArray[Any]] = {}
        self._replay = self._capture()

    def run(self, inputs: Mapping[str, NDArray[Any]]) -> Arrays:
        for name, place in self.inputs.items():
            array = inputs[name]
            if self._resident.get(name) is not array or array.flags.writeable:
                if tuple(array.shape) != tuple(place.shape):
                    raise RuntimeError(f"{name} must be {tuple(place.shape)}, not {tuple(array.shape)}")
                place.copy_(self._torch.from_numpy(np.array(array)), non_blocking=True)
                self._resident[name] = array
        self._replay()
        return {name: value.cpu().numpy() for name, value in zip(self._names, self._outputs, strict=True)}

    def _eager(self) -> None:
        # With benchmark, cuDNN tries its kernels once for each shape, in the warm-up.
        with self._torch.inference_mode(), self._torch.backends.cudnn.flags(enabled=True, benchmark=True):
            self._outputs = tuple(self._module(*self.inputs.values()))

    def _record(self) -> None:
        if self._runner is None:
            return self._eager()
        with self._torch.inference_mode(), self._torch.backends.cudnn.flags(enabled=True, benchmark=True):
            self._outputs = self._runner.record(list(self.inputs.values()))
        return None

    def _capture(self) -> Any:
        """Warm up and record a CUDA graph; one that cannot be recorded is run step by step."""
        torch = self._torch
        stream = torch.cuda.Stream()
        stream.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(stream):
            for _ in range(_WARM_UP):
                self._eager()
        torch.cuda.current_stream().wait_stream(stream)
        recorded = torch.cuda.CUDAGraph()
        try:
            with torch.cuda.graph(recorded):
                self._record()
        except RuntimeError as error:
            logger("runtimes").info("no CUDA graph: %s", error)
            return self._eager
        if self._runner is not None:
            self._runner.forget()
        return recorded.replay
