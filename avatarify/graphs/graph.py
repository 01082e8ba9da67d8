"""A network as the runtimes see it: one module with named tensors in and out, and no batch axis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from torch import Tensor, nn


@dataclass(frozen=True)
class Graph:
    """One of the three graphs of a model (see ``runtimes.base.Runtime`` for their meaning).

    Attributes:
        module: Takes the inputs in their order as positional arguments; gives one tensor, or a tuple of as many as
            there are outputs. In evaluation mode and without gradients; shapes never depend on values.
        inputs: A valid example of each input by its name. Shapes and dtypes are the only ones accepted. A model may
            have no use for one of them; exporters to ONNX drop such an input from the file.
        outputs: Names of the outputs, in order.
        batched: Names of inputs and outputs whose first axis may have another length than the example's.
    """

    module: nn.Module
    inputs: Mapping[str, Tensor]
    outputs: tuple[str, ...]
    batched: tuple[str, ...] = ()
