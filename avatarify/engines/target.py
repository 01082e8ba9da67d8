"""What builds plans: one protocol for TensorRT, TensorRT-RTX and OpenVINO."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from avatarify.errors import EngineError

if TYPE_CHECKING:
    from avatarify.engines.recipes import Recipe
    from avatarify.runtimes.base import Runtime

TARGETS = ("tensorrt", "tensorrt-rtx", "openvino")


class EngineMissing(EngineError):
    """No engine that could be used here was built yet; building it helps."""


@dataclass(frozen=True)
class Watch:
    """Who looks on while something is built.

    Attributes:
        progress: Told what is being done, and which share of it is done, in [0, 1].
        cancelled: Asked now and then; True stops the work.
    """

    progress: Callable[[str, float], None] = lambda text, share: None
    cancelled: Callable[[], bool] = lambda: False


@dataclass(frozen=True)
class BuildOptions:
    """What is asked of a builder.

    Attributes:
        recipe: Of the model's kind.
        precision: ``fp32`` or ``fp16``.
        compute_capabilities: For TensorRT-RTX, such as ``8.9``.
    """

    recipe: Recipe
    precision: str
    compute_capabilities: tuple[str, ...]


class Target(Protocol):
    """One builder, with the library it needs.

    Attributes:
        name: What ``--target`` accepts.
    """

    name: str

    def obstacle(self) -> str:
        """Say why nothing can be built here; empty if it can."""
        ...

    def builder(self) -> str:
        """Library and version, without importing it."""
        ...

    def device(self, options: BuildOptions) -> str:
        """The processor that its plans depend on."""
        ...

    def precision(self, recipe: Recipe) -> str:
        """What is built if nothing was asked for."""
        ...

    def parts(self, graph: str, options: BuildOptions) -> tuple[str, ...]:
        """Into which plans a graph is built."""
        ...

    def settings(self, options: BuildOptions) -> str:
        """What else its plans depend on, in words."""
        ...

    def build(self, part: str, onnx: Path, options: BuildOptions, watch: Watch) -> bytes:
        """Build one plan.

        Raises:
            EngineError: it cannot be built; the builder's own log is in the message.
            Cancelled: the watcher said so.
        """
        ...

    def open(self, plans: Mapping[str, bytes], precision: str) -> Runtime:
        """Make a runtime of all plans of a model.

        Raises:
            EngineError: they cannot be executed here.
        """
        ...
