"""Chooses the runtime that executes a model, and says why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from avatarify.engines import open_runtime
from avatarify.engines.background import build_in_background
from avatarify.engines.target import EngineMissing
from avatarify.errors import EngineError, UsageError
from avatarify.graphs.check import check_graphs
from avatarify.messages import Message, join
from avatarify.runtimes.base import Runtime
from avatarify.runtimes.probe import Report, probe
from avatarify.runtimes.requirements import NO_DRIVER, tensorrt_obstacle, too_little_memory

if TYPE_CHECKING:
    from avatarify.zoo.manifest import ModelEntry


@dataclass(frozen=True)
class Chosen:
    """The runtime in use.

    Attributes:
        runtime: Ready to run.
        reason: Its name and why it was chosen: ``openvino: no usable GPU, and OpenVINO is fastest on a CPU``.
        refused: Better ones that could not be used, each with its reason, a sentence; shown as warnings.
    """

    runtime: Runtime
    reason: Message
    refused: list[Message] = field(default_factory=list)


@dataclass(frozen=True)
class Candidate:
    """A runtime that may be chosen.

    Attributes:
        name: What ``--runtime`` accepts.
        open: Opens a model; raises EngineError.
        obstacle: Judges from a probe why it cannot be used on this machine; None if it can.
        reason: Why it is chosen.
    """

    name: str
    open: open_runtime.Opener
    obstacle: Callable[[Report], Message | None]
    reason: Message


def _no_tensorrt(name: str) -> Callable[[Report], Message | None]:
    return lambda report: tensorrt_obstacle(name, report)


def _no_cuda(report: Report) -> Message | None:
    if not report.nvidia_driver:
        return NO_DRIVER
    if not report.torch_cuda:
        return Message("torch {version} is a CPU build, although this machine has an NVIDIA GPU", version=report.torch)
    return too_little_memory(report)


def _no_openvino(report: Report) -> Message | None:
    return None if report.openvino else Message("the package openvino is not installed")


def _no_provider(name: str) -> Callable[[Report], Message | None]:
    def obstacle(report: Report) -> Message | None:
        if report.onnxruntime is None:
            return Message("the package onnxruntime is not installed")
        return None if name in report.providers else Message("this build of ONNX Runtime does not include it")

    return obstacle


def _always(report: Report) -> Message | None:
    return None


_NVIDIA, _RTX = Message("NVIDIA GPU found"), Message("NVIDIA RTX GPU found")
_NOTHING_FASTER = Message("nothing faster can be used on this machine")
CANDIDATES = (  # in order of preference
    Candidate("tensorrt", open_runtime.tensorrt("tensorrt"), _no_tensorrt("tensorrt"), _NVIDIA),
    Candidate("tensorrt-rtx", open_runtime.tensorrt("tensorrt-rtx"), _no_tensorrt("tensorrt-rtx"), _RTX),
    Candidate("torch-cuda", open_runtime.torch_cuda, _no_cuda, _NVIDIA),
    Candidate(
        "directml", open_runtime.onnxruntime("directml"), _no_provider("directml"), Message("GPU found by DirectML")
    ),
    Candidate("coreml", open_runtime.onnxruntime("coreml"), _no_provider("coreml"), Message("GPU found by CoreML")),
    Candidate(
        "openvino", open_runtime.openvino, _no_openvino, Message("no usable GPU, and OpenVINO is fastest on a CPU")
    ),
    Candidate("onnxruntime", open_runtime.onnxruntime("onnxruntime"), _no_provider("onnxruntime"), _NOTHING_FASTER),
    Candidate("torch", open_runtime.torch_cpu, _always, _NOTHING_FASTER),
)
_ON_NVIDIA = ("tensorrt", "tensorrt-rtx", "torch-cuda")
_PLATFORM_ONLY = ("directml", "coreml")  # of Windows and macOS: not missed elsewhere


def list_runtimes() -> list[str]:
    """Return the names that ``--runtime`` accepts."""
    return ["auto", *(candidate.name for candidate in CANDIDATES)]


def choose_runtime(
    entry: ModelEntry,
    wanted: str = "auto",
    report: Report | None = None,
    candidates: Sequence[Candidate] = CANDIDATES,
) -> Chosen:
    """Open the best runtime, or the requested one.

    Args:
        entry: The model to run.
        wanted: ``auto`` or one of ``list_runtimes()``.
        report: What the machine offers; probed if None.
        candidates: In order of preference.

    Returns:
        The opened runtime with the reason for it; the caller closes it.

    Raises:
        UsageError: There is no such runtime.
        EngineError: The requested one cannot be used, or none can.
    """
    report = report or probe()
    if wanted != "auto":
        return _open_wanted(entry, wanted, report, candidates)
    refused: list[Message] = []
    for candidate in candidates:
        opened = _open(candidate, entry, report)
        if isinstance(opened, Message):
            if _worth_reporting(candidate.name, report):
                refused.append(opened)
        else:
            reason = Message("{runtime}: {reason}", runtime=candidate.name, reason=candidate.reason)
            return Chosen(opened, reason, refused)
    raise EngineError("No runtime can execute the model.", join(refused))


def _open(candidate: Candidate, entry: ModelEntry, report: Report) -> Runtime | Message:
    """Open a candidate, or say why it is not used."""
    if obstacle := candidate.obstacle(report):
        return Message("{runtime} is not used: {reason}.", runtime=candidate.name, reason=obstacle)
    try:
        return _open_checked(candidate, entry)
    except EngineMissing as error:
        # An engine for a GPU takes minutes to build, so the session runs on something else meanwhile.
        if candidate.name.startswith("tensorrt") and build_in_background(entry.manifest.name, candidate.name):
            return Message(
                "{runtime} is not used: {reason} It is being built in the background; start again in a minute.",
                runtime=candidate.name,
                reason=error,
            )
        return Message("{runtime} is not used: {reason}", runtime=candidate.name, reason=error.whole)
    except EngineError as error:
        return Message("{runtime} is not used: {reason}", runtime=candidate.name, reason=error.whole)


def _open_checked(candidate: Candidate, entry: ModelEntry) -> Runtime:
    """Open a candidate whose graphs follow the contract; close it if they do not."""
    runtime = candidate.open(entry)
    try:
        check_graphs(runtime.signatures)
    except BaseException:
        runtime.close()
        raise
    return runtime


def _worth_reporting(name: str, report: Report) -> bool:
    """Return whether the user should know that a runtime is not used: only where its kind of GPU is present."""
    if name in _PLATFORM_ONLY:
        return name in report.providers
    return name not in _ON_NVIDIA or report.nvidia_driver


def _open_wanted(entry: ModelEntry, wanted: str, report: Report, candidates: Sequence[Candidate]) -> Chosen:
    for candidate in candidates:
        if candidate.name == wanted:
            if obstacle := candidate.obstacle(report):
                raise EngineError(
                    "The runtime {runtime} cannot be used: {reason}.",
                    "Use --runtime auto.",
                    runtime=wanted,
                    reason=obstacle,
                )
            return Chosen(_open_checked(candidate, entry), Message("{runtime}: requested", runtime=wanted))
    raise UsageError(
        "There is no runtime '{runtime}'.", "Choose one of: {names}.", runtime=wanted, names=list_runtimes()
    )
