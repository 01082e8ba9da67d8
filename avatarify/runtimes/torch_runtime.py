"""The reference runtime: torch, eager, float32, on a CPU or an NVIDIA GPU."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from avatarify.errors import EngineError
from avatarify.runtimes.base import Arrays, run_failed, unknown_graph
from avatarify.runtimes.probe import cpu_name

if TYPE_CHECKING:
    from avatarify.graphs.graph import Graph


class TorchRuntime:
    """Executes graphs with torch.

    Args:
        graphs: From ``zoo.load.load_networks``.
        device: ``cpu`` or ``cuda``.

    Raises:
        EngineError: There is no such device.
    """

    name = "torch"

    def __init__(self, graphs: Mapping[str, Graph], device: str = "cpu") -> None:
        import torch

        if device == "cuda" and not torch.cuda.is_available():
            raise EngineError("torch finds no CUDA device.", "Run 'avatarify doctor' to see why.")
        self._torch = torch
        self._device = torch.device(device)
        self._graphs = {name: (self._placed(graph), graph) for name, graph in graphs.items()}
        self.signatures = {name: graph.signature() for name, graph in graphs.items()}
        threads = torch.get_num_threads()
        self.device = torch.cuda.get_device_name() if device == "cuda" else f"CPU ({cpu_name()}, {threads} threads)"

    def _placed(self, graph: Graph) -> Callable[..., Any]:
        """Return what computes a graph on the device; a GPU needs the tables made in ``forward`` there, too."""
        from avatarify.runtimes.fx_flatten import flatten

        return graph.module if self._device.type == "cpu" else flatten(graph).to(self._device)

    def run(self, graph: str, inputs: Mapping[str, NDArray[Any]]) -> Arrays:
        """Execute one graph (see ``Runtime``)."""
        torch = self._torch
        if graph not in self._graphs:
            raise unknown_graph(graph, self._graphs)
        module, description = self._graphs[graph]
        try:
            # torch warns of read-only arrays; those are small, and are copied.
            arrays = [np.require(inputs[name], requirements=("C", "W")) for name in description.inputs]
            given = [torch.from_numpy(array).to(self._device) for array in arrays]
            with torch.inference_mode():
                results = module(*given)
        except (RuntimeError, KeyError) as error:
            raise run_failed("torch", graph, error) from error
        return {name: value.cpu().numpy() for name, value in zip(description.outputs, results, strict=True)}

    def close(self) -> None:
        """Free the networks."""
        self._graphs.clear()
