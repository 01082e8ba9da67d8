"""Choose who executes a model, and say why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from avatarify.errors import EngineError, UsageError
from avatarify.runtimes.base import Runtime
from avatarify.runtimes.probe import Report, probe

if TYPE_CHECKING:
    from avatarify.zoo.manifest import ModelEntry


@dataclass(frozen=True)
class Chosen:
    """The runtime in use.

    Attributes:
        runtime: Ready to run.
        reason: Why this one, in a sentence for the user.
        refused: Better ones that could not be used, each with its reason; shown as warnings.
    """

    runtime: Runtime
    reason: str
    refused: list[str] = field(default_factory=list)


def _torch_cuda(entry: ModelEntry) -> Runtime:
    from avatarify.runtimes.torch_runtime import TorchRuntime
    from avatarify.zoo.load import load_networks

    return TorchRuntime(load_networks(entry), "cuda")


def _torch_cpu(entry: ModelEntry) -> Runtime:
    from avatarify.runtimes.torch_runtime import TorchRuntime
    from avatarify.zoo.load import load_networks

    return TorchRuntime(load_networks(entry), "cpu")


def _openvino(entry: ModelEntry) -> Runtime:
    from avatarify.engines.cache import onnx_files
    from avatarify.runtimes.openvino_runtime import OpenVinoRuntime

    entry.verify()  # engines made earlier would hide that the weights are damaged now
    return OpenVinoRuntime(onnx_files(entry))


# In order of preference: name, opener, why it cannot be used here (None: it can), why it is chosen.
_Candidate = tuple[str, Callable[["ModelEntry"], Runtime], Callable[[Report], str | None], str]


def _no_cuda(report: Report) -> str | None:
    if not report.nvidia_driver:
        return "no NVIDIA driver answers"
    return None if report.torch_cuda else f"torch {report.torch} is a CPU build although an NVIDIA GPU is here"


def _no_openvino(report: Report) -> str | None:
    return None if report.openvino else "the package openvino is not installed"


_CANDIDATES: tuple[_Candidate, ...] = (
    ("torch-cuda", _torch_cuda, _no_cuda, "an NVIDIA GPU is here"),
    ("openvino", _openvino, _no_openvino, "no usable GPU, and OpenVINO is fastest on a CPU"),
    ("torch", _torch_cpu, lambda report: None, "nothing faster can be used here"),
)


def list_runtimes() -> list[str]:
    """Names that ``--runtime`` accepts."""
    return ["auto", *(name for name, *_ in _CANDIDATES)]


def choose_runtime(entry: ModelEntry, wanted: str = "auto", report: Report | None = None) -> Chosen:
    """Open the best runtime, or the wanted one.

    Args:
        entry: The model to run.
        wanted: ``auto`` or one of ``list_runtimes()``.
        report: What the machine can do; looked up if None.

    Raises:
        UsageError: there is no such runtime.
        EngineError: the wanted one cannot be used, or none can.
    """
    report = report or probe()
    if wanted != "auto":
        return _open_wanted(entry, wanted, report)
    refused: list[str] = []
    for name, opener, obstacle, why in _CANDIDATES:
        reason = obstacle(report)
        if reason is None:
            try:
                return Chosen(opener(entry), f"{name}: {why}", refused)
            except EngineError as error:
                reason = str(error)
        if name != "torch-cuda" or report.nvidia_driver:  # a machine without a GPU needs no warning about it
            refused.append(f"{name} is not used: {reason}.")
    raise EngineError("No runtime can execute the model.", " ".join(refused))


def _open_wanted(entry: ModelEntry, wanted: str, report: Report) -> Chosen:
    for name, opener, obstacle, _ in _CANDIDATES:
        if name == wanted:
            if (reason := obstacle(report)) is not None:
                raise EngineError(f"The runtime {name} cannot be used: {reason}.", "Use --runtime auto.")
            return Chosen(opener(entry), f"{name}: asked for")
    raise UsageError(f"There is no runtime '{wanted}'.", f"There are: {', '.join(list_runtimes())}.")
