"""A network as the runtimes see it: one module with named tensors in and out, and no batch axis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from torch import Tensor, nn

from avatarify.graphs.check import Signature, TensorType


@dataclass(frozen=True)
class Graph:
    """One graph of a model (see ``graphs.spec`` for the tensors and their meaning).

    Attributes:
        module: In evaluation mode and without gradients; shapes never depend on values. Takes the inputs in their order
            as positional arguments and returns a tuple of the outputs.
        inputs: A valid example of each input by its name. No other shapes and dtypes are accepted. The export to ONNX
            drops an input that the module does not use.
        outputs: Names of the outputs, in order.
    """

    module: nn.Module
    inputs: Mapping[str, Tensor]
    outputs: tuple[str, ...]

    def signature(self) -> Signature:
        """Return the types of the inputs and the names of the outputs."""
        inputs = {
            name: TensorType(str(value.dtype).removeprefix("torch."), tuple(value.shape))
            for name, value in self.inputs.items()
        }
        return Signature(inputs, dict.fromkeys(self.outputs))
