"""Opens a model for a host: encodes portraits, and draws rows of several users in as few calls as pays off.

On a GPU a batch of 16 takes a third to a half of the time of 16 single calls (docs/lab/engines.md). On a CPU it takes
twice as long: OpenVINO needed 25 ms a row for a batch of four, and 12 ms for a single graph. So a CPU draws row by row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from avatarify.engines.choose import choose_runtime
from avatarify.engines.target import Watch
from avatarify.graphs.spec import ENCODE, GENERATE
from avatarify.runtimes.base import Arrays, Runtime
from avatarify.runtimes.probe import probe

if TYPE_CHECKING:
    from avatarify.zoo.manifest import ModelEntry

SIZES = (1, 2, 4, 8, 16)
Row = Mapping[str, NDArray[Any]]


def batch_graph(size: int) -> str:
    """Return the name of the graph that draws so many rows; a single row has no axis for rows."""
    return GENERATE.name if size == 1 else f"{GENERATE.name}_{size}"


class Batches:
    """Draws any number of rows up to ``largest`` in one call.

    Args:
        runtime: Has the graph ``batch_graph(size)`` for each size, and ``encode``; it is closed by ``close``.
        sizes: Of batches, ascending, from 1.

    Attributes:
        largest: The largest batch.
        device: Name of the processor.
        points: Number K of key points.
        side: S of the portrait's crop, pixels.
    """

    def __init__(self, runtime: Runtime, sizes: Sequence[int] = (1,)) -> None:
        self._runtime, self._sizes = runtime, tuple(sizes)
        self.largest, self.device = self._sizes[-1], runtime.device
        self.points = runtime.signatures[GENERATE.name].inputs["driving_points"].shape[0]
        self.side = runtime.signatures[ENCODE.name].inputs["portrait"].shape[0]

    def encode(self, inputs: Row) -> Arrays:
        """Encode a portrait (graph ``encode``)."""
        return self._runtime.run(ENCODE.name, inputs)

    def generate(self, rows: Sequence[Row]) -> list[Arrays]:
        """Draw rows, each with inputs of the graph ``generate``; return the outputs of each.

        Args:
            rows: 1 to ``largest``, with the same names and shapes.

        Raises:
            EngineError: The runtime failed.
        """
        size = next(size for size in self._sizes if size >= len(rows))
        if size == 1:
            return [self._runtime.run(GENERATE.name, rows[0])]
        filled = [*rows, *[rows[-1]] * (size - len(rows))]
        given = {name: np.stack([row[name] for row in filled]) for name in rows[0]}
        out = self._runtime.run(batch_graph(size), given)
        return [{name: values[place] for name, values in out.items()} for place in range(len(rows))]

    def close(self) -> None:
        """Free the device."""
        self._runtime.close()


def open_batches(entry: ModelEntry, wanted: str = "auto", watch: Watch | None = None) -> Batches:
    """Open a model for several users.

    Args:
        entry: The model.
        wanted: A runtime with the graph ``generate``; ``auto`` takes an NVIDIA GPU with torch, or else the CPU.
        watch: Follows the preparation of the model.

    Raises:
        EngineError: The model cannot be opened.
    """
    if wanted == "torch-cuda" or (wanted == "auto" and probe().torch_cuda):
        return _on_gpu(entry)
    return Batches(choose_runtime(entry, "openvino" if wanted == "auto" else wanted, watch=watch).runtime)


def _on_gpu(entry: ModelEntry) -> Batches:
    from avatarify.graphs.inference import for_inference
    from avatarify.runtimes.batched import batched
    from avatarify.runtimes.torch_cuda import TorchCudaRuntime
    from avatarify.zoo.load import load_networks

    networks = load_networks(entry)
    encode, generate = (for_inference(networks[name]) for name in (ENCODE.name, GENERATE.name))
    graphs = {batch_graph(size): batched(generate, size) if size > 1 else generate for size in SIZES}
    return Batches(TorchCudaRuntime({ENCODE.name: encode, **graphs}), SIZES)
