"""Chooses the runtime that executes a model, and says why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from avatarify.engines import open_runtime
from avatarify.engines.background import build_in_background
from avatarify.engines.target import EngineMissing, Watch
from avatarify.errors import EngineError, UsageError
from avatarify.graphs.check import check_graphs
from avatarify.locks import Cancelled
from avatarify.log import logger
from avatarify.messages import Message, join
from avatarify.runtimes.base import Runtime
from avatarify.runtimes.probe import Report, probe
from avatarify.runtimes.requirements import NO_DRIVER, NO_TORCH, tensorrt_obstacle, too_little_memory

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
        open_wanted: Opens a model where this runtime was requested; None if that is no different.
    """

    name: str
    open: open_runtime.Opener
    obstacle: Callable[[Report], Message | None]
    reason: Message
    open_wanted: open_runtime.Opener | None = None


def _no_tensorrt(name: str) -> Callable[[Report], Message | None]:
    return lambda report: tensorrt_obstacle(name, report)


def _no_cuda(report: Report) -> Message | None:
    if not report.nvidia_driver:
        return NO_DRIVER
    if not report.torch:
        return NO_TORCH
    if not report.torch_cuda:
        return Message("torch {version} is a CPU build, although this machine has an NVIDIA GPU", version=report.torch)
    return too_little_memory(report)


def _no_openvino(report: Report) -> Message | None:
    return None if report.openvino else Message("the package openvino is not installed (pip install openvino)")


def _no_provider(name: str) -> Callable[[Report], Message | None]:
    def obstacle(report: Report) -> Message | None:
        if report.onnxruntime is None:
            return Message("the package onnxruntime is not installed (pip install onnxruntime)")
        return None if name in report.providers else Message("this build of ONNX Runtime does not include it")

    return obstacle


def _no_torch(report: Report) -> Message | None:
    return None if report.torch else NO_TORCH


def _intel(name: str) -> Candidate:
    reason = Message("it is faster than the CPU of this computer")
    if_faster, always = open_runtime.intel(name, if_faster=True), open_runtime.intel(name, if_faster=False)
    return Candidate(name, if_faster, _no_openvino, reason, open_wanted=always)


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
    _intel("openvino-gpu"),
    _intel("openvino-npu"),
    Candidate(
        "openvino", open_runtime.openvino, _no_openvino, Message("no usable GPU, and OpenVINO is fastest on a CPU")
    ),
    Candidate("onnxruntime", open_runtime.onnxruntime("onnxruntime"), _no_provider("onnxruntime"), _NOTHING_FASTER),
    Candidate("torch", open_runtime.torch_cpu, _no_torch, _NOTHING_FASTER),
)
_ON_NVIDIA = ("tensorrt", "tensorrt-rtx", "torch-cuda")
_ON_INTEL = ("openvino-gpu", "openvino-npu")  # most computers have none, or a faster CPU
_PLATFORM_ONLY = ("directml", "coreml")  # of Windows and macOS: not missed elsewhere


def list_runtimes() -> list[str]:
    """Return the names that ``--runtime`` accepts."""
    return ["auto", *(candidate.name for candidate in CANDIDATES)]


def choose_runtime(
    entry: ModelEntry,
    wanted: str = "auto",
    report: Report | None = None,
    candidates: Sequence[Candidate] = CANDIDATES,
    watch: Watch | None = None,
) -> Chosen:
    """Open the best runtime, or the requested one.

    Args:
        entry: The model to run.
        wanted: ``auto`` or one of ``list_runtimes()``.
        report: What the machine offers; probed if None.
        candidates: In order of preference.
        watch: Progress and cancellation where engines have to be built; is warned of each better runtime that could not
            be used, and of what is used instead.

    Returns:
        The opened runtime with the reason for it; the caller closes it.

    Raises:
        UsageError: There is no such runtime.
        EngineError: The requested one cannot be used, or none can.
        Cancelled: The user stopped it.
    """
    report, watch = report or probe(), watch or Watch()
    if wanted != "auto":
        return _open_wanted(entry, wanted, report, candidates, watch)
    refused: list[Message] = []
    for candidate in candidates:
        opened = _open(candidate, entry, report, watch)
        if not isinstance(opened, Message):
            return _chosen(candidate, opened, refused, watch)
        if _worth_reporting(candidate.name, report):
            watch.warn(opened)
            refused.append(opened)
        else:
            logger("engines").info("%s", opened)
    raise EngineError("No runtime can execute the model.", join(refused))


def _chosen(candidate: Candidate, runtime: Runtime, refused: list[Message], watch: Watch) -> Chosen:
    if refused:
        used = Message("The model runs on {runtime} instead: {device}.", runtime=runtime.name, device=runtime.device)
        watch.announce(used)
    reason = Message("{runtime}: {reason}", runtime=candidate.name, reason=candidate.reason)
    return Chosen(runtime, reason, refused)


def _open(candidate: Candidate, entry: ModelEntry, report: Report, watch: Watch) -> Runtime | Message:
    """Open a candidate, or say why it is not used."""
    if obstacle := candidate.obstacle(report):
        return Message("{runtime} is not used: {reason}.", runtime=candidate.name, reason=obstacle)
    try:
        return _open_checked(entry, watch, candidate.open)
    except Cancelled:
        raise
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


def _open_checked(entry: ModelEntry, watch: Watch, opener: open_runtime.Opener) -> Runtime:
    """Open a candidate whose graphs follow the contract; close it if they do not."""
    runtime = opener(entry, watch)
    try:
        check_graphs(runtime.signatures)
    except BaseException:
        runtime.close()
        raise
    return runtime


def _worth_reporting(name: str, report: Report) -> bool:
    """Return whether the user should know that a runtime is not used: only where its kind of GPU is present."""
    if name in _ON_INTEL:
        return False
    if name in _PLATFORM_ONLY:
        return name in report.providers
    return name not in _ON_NVIDIA or report.nvidia_driver


def _open_wanted(
    entry: ModelEntry, wanted: str, report: Report, candidates: Sequence[Candidate], watch: Watch
) -> Chosen:
    for candidate in candidates:
        if candidate.name == wanted:
            if obstacle := candidate.obstacle(report):
                raise EngineError(
                    "The runtime {runtime} cannot be used: {reason}.",
                    "Use --runtime auto.",
                    runtime=wanted,
                    reason=obstacle,
                )
            runtime = _open_checked(entry, watch, candidate.open_wanted or candidate.open)
            return Chosen(runtime, Message("{runtime}: requested", runtime=wanted))
    raise UsageError(
        "There is no runtime '{runtime}'.", "Choose one of: {names}.", runtime=wanted, names=list_runtimes()
    )
