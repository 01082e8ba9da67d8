"""What builds engines: one protocol for TensorRT, TensorRT-RTX, and OpenVINO."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from avatarify.errors import EngineError
from avatarify.locks import Cancelled
from avatarify.messages import Message

if TYPE_CHECKING:
    from avatarify.engines.recipes import Recipe
    from avatarify.runtimes.base import Runtime

TARGETS = ("tensorrt", "tensorrt-rtx", "openvino")


class EngineMissing(EngineError):
    """There is no valid engine for this machine; building it helps."""


def _ignore(step: Message, fraction: float) -> None:
    pass


def _silent(message: Message) -> None:
    pass


def _never() -> bool:
    return False


@dataclass(frozen=True)
class Watch:
    """Follows the opening of a model and the building of its engines, and may stop it.

    Attributes:
        progress: Called with the current step and the fraction of it that is done, in [0, 1]; from any thread.
        cancelled: Polled between steps; True stops the work.
        announce: Called with what the user should read before the work: that it takes long, once.
        warn: Called with what the user should know before the first frame: that something slower is used, and why.
    """

    progress: Callable[[Message, float], None] = _ignore
    cancelled: Callable[[], bool] = _never
    announce: Callable[[Message], None] = _silent
    warn: Callable[[Message], None] = _silent

    def check(self) -> None:
        """Raise ``Cancelled`` if the work is to stop."""
        if self.cancelled():
            raise Cancelled


@dataclass(frozen=True)
class BuildOptions:
    """How engines are built.

    Attributes:
        recipe: Of the model's kind.
        precision: ``fp32`` or ``fp16``.
        compute_capabilities: For TensorRT-RTX, such as ``8.9``.
    """

    recipe: Recipe
    precision: str
    compute_capabilities: tuple[str, ...]


class Target(Protocol):
    """One builder, with the library that it uses.

    Attributes:
        name: What ``--target`` accepts.
        parallel: Whether to build the plans of a model at the same time.
    """

    name: str
    parallel: bool

    def obstacle(self) -> Message | None:
        """Return why nothing can be built on this machine; None if it can."""
        ...

    def builder(self) -> str:
        """Return name and version of the library, without importing it."""
        ...

    def device(self, options: BuildOptions) -> str:
        """Return the processor for which plans are built, as far as they depend on it."""
        ...

    def precision(self, recipe: Recipe) -> str:
        """Return the precision that is built by default, ``fp32`` or ``fp16``."""
        ...

    def parts(self, graph: str, options: BuildOptions) -> tuple[str, ...]:
        """Return the names of the plans that a graph is built into."""
        ...

    def settings(self, options: BuildOptions) -> str:
        """Return what else the plans depend on."""
        ...

    def build(self, part: str, onnx: Path, options: BuildOptions, watch: Watch) -> bytes:
        """Build one plan.

        Args:
            part: Name of the plan, from ``parts``.
            onnx: File of the whole graph.
            options: How to build it.
            watch: Progress and cancellation.

        Returns:
            The plan, as the builder's own runtime reads it.

        Raises:
            EngineError: It cannot be built; the message contains the builder's log.
            Cancelled: The user stopped it.
        """
        ...

    def open(self, plans: Mapping[str, bytes], precision: str) -> Runtime:
        """Open a runtime with all plans of a model, by part.

        Raises:
            EngineError: They cannot be executed on this machine.
        """
        ...
