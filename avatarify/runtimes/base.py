"""The protocol of a runtime: named graphs, arrays in, arrays out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from numpy.typing import NDArray

from avatarify.errors import EngineError
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
        device: Name of the processor, always shown to the user: ``CPU (AMD EPYC, 2 threads)``.
        signatures: Inputs and outputs of each graph, by the graph's name.
    """

    name: str
    device: str
    signatures: dict[str, Signature]

    def run(self, graph: str, inputs: Mapping[str, NDArray[Any]]) -> Arrays:
        """Execute one graph.

        Args:
            graph: Its name.
            inputs: By name; C-contiguous arrays are not copied on the CPU.

        Returns:
            The outputs by name.

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


def unknown_graph(graph: str, known: Iterable[str]) -> EngineError:
    """Return the error for a graph that a runtime does not have."""
    return EngineError("There is no graph '{graph}'.", "Choose one of: {names}.", graph=graph, names=list(known))


def run_failed(runtime: str, graph: str, error: Exception) -> EngineError:
    """Return the error for a graph that could not be executed.

    Args:
        runtime: Name of the runtime or its library.
        graph: Name of the graph.
        error: What the library raised.
    """
    return EngineError(
        "{runtime} could not run '{graph}': {reason}",
        "Use another runtime (--runtime), or run 'avatarify doctor'.",
        runtime=runtime,
        graph=graph,
        reason=error,
    )
