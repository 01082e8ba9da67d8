"""Choose who executes a model, and say why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from avatarify.errors import EngineError, UsageError
from avatarify.graphs.check import check_graphs
from avatarify.graphs.spec import FRAME, GENERATE
from avatarify.log import logger
from avatarify.messages import Message
from avatarify.runtimes.base import Runtime
from avatarify.runtimes.probe import Report, probe
from avatarify.runtimes.requirements import tensorrt_obstacle, too_little_memory

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


def _tensorrt(name: str) -> Callable[[ModelEntry], Runtime]:
    def opened(entry: ModelEntry) -> Runtime:
        from avatarify.engines.build import find_target, open_engines

        entry.verify()
        return _held(open_engines(entry, find_target(name)), entry, "fp16")

    return opened


def _torch_cuda(entry: ModelEntry) -> Runtime:
    from avatarify.engines.cache import frame_files
    from avatarify.graphs.frame import frame_graph
    from avatarify.runtimes.torch_cuda import TorchCudaRuntime
    from avatarify.runtimes.torch_runtime import TorchRuntime
    from avatarify.zoo.load import load_networks

    frame_files(entry)  # the reference is made with them
    graphs = load_networks(entry)
    graphs[FRAME.name] = frame_graph(graphs)
    del graphs[GENERATE.name]  # a part of it
    try:
        return _held(TorchCudaRuntime(graphs), entry, "fp16")
    except EngineError as error:
        logger("runtimes").warning("torch-cuda computes in float32: %s", error)
        return _held(TorchRuntime(load_networks(entry), "cuda"), entry, "fp32")


def _torch_cpu(entry: ModelEntry) -> Runtime:
    from avatarify.runtimes.torch_runtime import TorchRuntime
    from avatarify.zoo.load import load_networks

    return TorchRuntime(load_networks(entry), "cpu")


def _openvino(entry: ModelEntry) -> Runtime:
    """Its engines take seconds, so they are made where they are missing."""
    from avatarify.engines.build import Request, build_engines, find_target, open_engines

    entry.verify()  # engines made earlier would hide that the weights are damaged now
    try:
        runtime = open_engines(entry, find_target("openvino"))
    except EngineError:
        build_engines(entry, Request(("openvino",)))
        runtime = open_engines(entry, find_target("openvino"))
    return _held(runtime, entry, "fp16" if "decoder in" in runtime.device else "fp32")


def _onnxruntime(name: str) -> Callable[[ModelEntry], Runtime]:
    def opened(entry: ModelEntry) -> Runtime:
        from avatarify.engines.cache import onnx_files
        from avatarify.runtimes.onnxruntime_runtime import OnnxRuntime

        entry.verify()
        precision = "fp32" if name == "onnxruntime" else "fp16"  # GPUs may compute with 16 bits on their own account
        return _held(OnnxRuntime(onnx_files(entry), name), entry, precision)

    return opened


def _held(runtime: Runtime, entry: ModelEntry, precision: str) -> Runtime:
    """Compare with the reference on one real frame; what fails is closed and refused by name."""
    from avatarify.engines.build import drawing
    from avatarify.engines.cache import reference_file
    from avatarify.engines.compare import hold

    try:
        hold(
            runtime,
            reference_file(entry, drawing(runtime)),
            f"{runtime.name} for '{entry.manifest.name}'",
            precision,
            count=1,
        )
    except BaseException:
        runtime.close()
        raise
    return runtime


def _checked(runtime: Runtime) -> Runtime:
    """Refuse a runtime whose graphs do not follow the contract."""
    try:
        check_graphs(runtime.signatures)
    except BaseException:
        runtime.close()
        raise
    return runtime


# In order of preference: name, opener, why it cannot be used here (None: it can), why it is chosen.
_Candidate = tuple[str, Callable[["ModelEntry"], Runtime], Callable[[Report], str | None], str]


def _no_tensorrt(name: str) -> Callable[[Report], str | None]:
    return lambda report: _text(tensorrt_obstacle(name, report))


def _no_cuda(report: Report) -> str | None:
    if not report.nvidia_driver:
        return "no NVIDIA driver answers"
    if not report.torch_cuda:
        return f"torch {report.torch} is a CPU build although an NVIDIA GPU is here"
    return _text(too_little_memory(report))


def _text(message: Message | None) -> str | None:
    return None if message is None else str(message)


def _no_openvino(report: Report) -> str | None:
    return None if report.openvino else "the package openvino is not installed"


def _no_provider(name: str) -> Callable[[Report], str | None]:
    def obstacle(report: Report) -> str | None:
        if report.onnxruntime is None:
            return "the package onnxruntime is not installed"
        return None if name in report.providers else "this build of ONNX Runtime does not have it"

    return obstacle


_CANDIDATES: tuple[_Candidate, ...] = (
    ("tensorrt", _tensorrt("tensorrt"), _no_tensorrt("tensorrt"), "an NVIDIA GPU is here"),
    ("tensorrt-rtx", _tensorrt("tensorrt-rtx"), _no_tensorrt("tensorrt-rtx"), "an NVIDIA RTX GPU is here"),
    ("torch-cuda", _torch_cuda, _no_cuda, "an NVIDIA GPU is here"),
    ("directml", _onnxruntime("directml"), _no_provider("directml"), "a GPU is reached through DirectML"),
    ("coreml", _onnxruntime("coreml"), _no_provider("coreml"), "a GPU is reached through CoreML"),
    ("openvino", _openvino, _no_openvino, "no usable GPU, and OpenVINO is fastest on a CPU"),
    ("onnxruntime", _onnxruntime("onnxruntime"), _no_provider("onnxruntime"), "nothing faster can be used here"),
    ("torch", _torch_cpu, lambda report: None, "nothing faster can be used here"),
)
_ON_NVIDIA = ("tensorrt", "tensorrt-rtx", "torch-cuda")
_ELSEWHERE = ("directml", "coreml")  # not missed where they cannot be


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
                return Chosen(_checked(opener(entry)), f"{name}: {why}", refused)
            except EngineError as error:
                reason = f"{error}{_meanwhile(error, entry, name)}"
        if _worth_telling(name, report):
            refused.append(f"{name} is not used: {reason.rstrip('.')}.")
    raise EngineError("No runtime can execute the model.", " ".join(refused))


def _meanwhile(error: EngineError, entry: ModelEntry, name: str) -> str:
    """Have a missing engine for a GPU built, so that the next start can use it."""
    from avatarify.engines.background import build_in_background
    from avatarify.engines.target import EngineMissing

    if not isinstance(error, EngineMissing) or name not in ("tensorrt", "tensorrt-rtx"):
        return ""
    if not build_in_background(entry.manifest.name, name):
        return ""
    return " This is being done in the background; start again in a minute"


def _worth_telling(name: str, report: Report) -> bool:
    """Say whether the user should know: not about a GPU that is not there, nor about what was never installed."""
    if name in _ELSEWHERE:
        return name in report.providers
    return name not in _ON_NVIDIA or report.nvidia_driver


def _open_wanted(entry: ModelEntry, wanted: str, report: Report) -> Chosen:
    for name, opener, obstacle, _ in _CANDIDATES:
        if name == wanted:
            if (reason := obstacle(report)) is not None:
                raise EngineError(f"The runtime {name} cannot be used: {reason}.", "Use --runtime auto.")
            return Chosen(_checked(opener(entry)), f"{name}: asked for")
    raise UsageError(f"There is no runtime '{wanted}'.", f"There are: {', '.join(list_runtimes())}.")
