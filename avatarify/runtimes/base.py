"""What a runtime offers: named graphs, arrays in, arrays out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from numpy.typing import NDArray

Arrays = dict[str, NDArray[Any]]


class Runtime(Protocol):
    """Executes the graphs of one model on one device.

    Every model has the same graphs; K key points, S the model's crop size, M the key-point detector's:

    - ``keypoints``: ``image`` (M, M, 3) uint8 RGB, ``mesh`` (478, 2) float32 landmarks in its coordinates,
      ``mesh_share`` (2,) float32 how far they are taken -> ``points`` (K, 2), ``jacobians`` (K, 2, 2) float32.
    - ``encode``: ``portrait`` (S, S, 3) uint8 RGB, ``matte`` (S, S) uint8, ``points``, ``jacobians`` -> the model's own
      features.
    - ``generate``: what ``encode`` gave, ``source_points``, ``source_jacobians``, ``driving_points``,
      ``driving_jacobians`` ->
      ``image`` (S, S, 3) uint8, ``deformation`` (h, w, 2) float32, ``visible`` (m, m) float32, and
      ``matte`` (m, m) float32 if the model tells it (see ``Generated``).
    - ``frame``: all of a frame in one, in place of ``generate``, where every way to the device and back costs time:
      what ``keypoints`` takes and what ``encode`` gave, the user's neutral key points, and what is listed in
      ``graphs.frame`` -> what ``generate`` gives, and the key points found, steadied and moved.

    Inputs that a model has no use for are accepted. One thread calls it. Outputs belong to the caller.

    Attributes:
        name: What ``--runtime`` accepts: ``openvino``, ``torch`` …
        device: The processor in words, always shown to the user: ``CPU (AMD EPYC, 2 threads)``.
        graphs: Names of those it has: three of the four.
    """

    name: str
    device: str
    graphs: frozenset[str]

    def shape(self, graph: str, name: str) -> tuple[int, ...]:
        """Return the shape of one of a graph's inputs."""
        ...

    def run(self, graph: str, inputs: Mapping[str, NDArray[Any]]) -> Arrays:
        """Execute one graph.

        Raises:
            EngineError: the graph or an input is unknown, has another shape, or the device gave up.
        """
        ...

    def close(self) -> None:
        """Free the device; may be called twice."""
        ...
