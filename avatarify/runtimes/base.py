"""What a runtime offers: named graphs, arrays in, arrays out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from numpy.typing import NDArray

from avatarify.graphs.check import Signature
from avatarify.graphs.spec import GraphSpec, In, Out

Arrays = dict[str, NDArray[Any]]


class Runtime(Protocol):
    """Executes the graphs of one model on one device.

    Every model has the graphs ``keypoints``, ``encode``, and ``generate``, or ``frame`` in place of ``generate`` where
    each call to the device costs time. ``graphs.spec`` describes their tensors; ``graphs.check.check_graphs`` compares
    ``signatures`` with it.

    Inputs that a graph lacks are ignored. One thread calls a runtime. Outputs belong to the caller.

    Attributes:
        name: What ``--runtime`` accepts: ``openvino``, ``torch`` …
        device: The processor in words, always shown to the user: ``CPU (AMD EPYC, 2 threads)``.
        signatures: Inputs and outputs of each graph, by the graph's name.
    """

    name: str
    device: str
    signatures: dict[str, Signature]

    def run(self, graph: str, inputs: Mapping[str, NDArray[Any]]) -> Arrays:
        """Execute one graph.

        Raises:
            EngineError: The graph is unknown, an input is missing or has another shape, or the device failed.
        """
        ...

    def close(self) -> None:
        """Free the device; may be called twice."""
        ...


def run_graph(runtime: Runtime, graph: GraphSpec[In, Out], inputs: In) -> Out:
    """Execute one graph with typed inputs and outputs.

    Raises:
        EngineError: As ``Runtime.run``, or an output is missing.
    """
    return graph.outputs.from_arrays(runtime.run(graph.name, inputs.arrays()))
