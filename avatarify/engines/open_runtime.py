"""Opens a model on one runtime, building or checking what that takes; imports each library only when it is used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from avatarify.engines.prepare import announce_preparation, in_writable_cache
from avatarify.engines.target import EngineMissing, Watch
from avatarify.errors import EngineError
from avatarify.graphs.spec import FRAME, GENERATE
from avatarify.log import logger

if TYPE_CHECKING:
    from avatarify.engines.target import Target
    from avatarify.runtimes.base import Runtime
    from avatarify.zoo.manifest import ModelEntry

Opener = Callable[["ModelEntry", Watch], "Runtime"]


def tensorrt(name: str) -> Opener:
    """Return what opens a model with ``tensorrt`` or ``tensorrt-rtx``; engines must have been built."""

    def opened(entry: ModelEntry, watch: Watch) -> Runtime:
        from avatarify.engines.load import find_target, open_engines

        entry.verify()
        return _checked(open_engines(entry, find_target(name)), entry, "fp16")

    return opened


def torch_cuda(entry: ModelEntry, watch: Watch) -> Runtime:
    """Open a model with torch on an NVIDIA GPU: in float16, or in float32 where float16 is not exact enough."""
    from avatarify.engines.cache import frame_file
    from avatarify.graphs.frame import frame_graph
    from avatarify.graphs.inference import for_inference
    from avatarify.runtimes.torch_cuda import TorchCudaRuntime
    from avatarify.runtimes.torch_runtime import TorchRuntime
    from avatarify.zoo.load import load_networks

    frame_file(entry, watch)  # makes the reference for ``frame``, too
    graphs = {name: for_inference(graph) for name, graph in load_networks(entry).items()}
    graphs[FRAME.name] = frame_graph(graphs)
    del graphs[GENERATE.name]  # ``frame`` contains it
    try:
        return _checked(TorchCudaRuntime(graphs), entry, "fp16")
    except EngineError as error:
        logger("runtimes").warning("torch-cuda computes in float32: %s", error)
        return _checked(TorchRuntime(load_networks(entry), "cuda"), entry, "fp32")


def torch_cpu(entry: ModelEntry, watch: Watch) -> Runtime:
    """Open a model with torch on the CPU: the reference itself."""
    from avatarify.runtimes.torch_runtime import TorchRuntime
    from avatarify.zoo.load import load_networks

    return TorchRuntime(load_networks(entry), "cpu")


@in_writable_cache
def openvino(entry: ModelEntry, watch: Watch) -> Runtime:
    """Open a model with OpenVINO; engines that are missing, or that cannot be used here, are built once."""
    from avatarify.engines.load import find_target, open_engines
    from avatarify.engines.plans import default_store
    from avatarify.engines.recipes import read_recipe

    entry.verify()  # engines built earlier would hide that the weights are damaged now
    target = find_target("openvino")
    best = target.precision(read_recipe(entry.manifest.kind))
    # Integers do not suit every model's weights. Engines in float32 are then what was built instead.
    precisions = (best, "fp32") if best == "int8" else (best,)
    if announced := default_store().is_empty(entry.manifest.name, target.name):
        announce_preparation(entry, watch)  # before OpenVINO is imported, which takes a while
    force = False
    for precision in precisions:
        try:
            return _checked(open_engines(entry, target, precision=precision), entry, precision)
        except EngineMissing:
            pass
        except EngineError as error:  # valid by its manifest, and still of no use
            logger("engines").info("The engines of '%s' are built again: %s", entry.manifest.name, error)
            force = True
    if not announced:
        announce_preparation(entry, watch)
    return _built(entry, target, watch, precisions, force)


def _built(entry: ModelEntry, target: Target, watch: Watch, precisions: Sequence[str], force: bool) -> Runtime:
    """Build engines in the first precision that is exact enough."""
    from avatarify.engines.build import build_and_open

    for precision in precisions[:-1]:
        try:
            return build_and_open(entry, target, watch, force, precision)
        except EngineError as error:
            logger("engines").info("The engines of '%s' are built with more bits: %s", entry.manifest.name, error)
    return build_and_open(entry, target, watch, force, precisions[-1])


def intel(name: str, *, if_faster: bool) -> Opener:
    """Return what opens a model with ``openvino-gpu`` or ``openvino-npu``.

    Args:
        name: Of the runtime.
        if_faster: Only if it is faster than the CPU.
    """

    def opened(entry: ModelEntry, watch: Watch) -> Runtime:
        from avatarify.engines.intel_device import GPU, NPU

        device = GPU if name == GPU.name else NPU
        return device.open_if_faster(openvino, entry, watch) if if_faster else device.open(entry, watch)

    return opened


def onnxruntime(name: str) -> Opener:
    """Return what opens a model with ``onnxruntime`` (CPU), ``directml`` or ``coreml``."""

    @in_writable_cache
    def opened(entry: ModelEntry, watch: Watch) -> Runtime:
        from avatarify.engines.cache import onnx_files
        from avatarify.runtimes.onnxruntime_runtime import OnnxRuntime

        entry.verify()
        precision = "fp32" if name == "onnxruntime" else "fp16"  # a GPU may use 16 bits without being asked
        return _checked(OnnxRuntime(onnx_files(entry, watch), name), entry, precision)

    return opened


def _checked(runtime: Runtime, entry: ModelEntry, precision: str) -> Runtime:
    """Compare a runtime with the reference on one real frame; close it if it fails."""
    from avatarify.engines.cache import intact_reference
    from avatarify.engines.compare import check
    from avatarify.engines.load import drawing_graph
    from avatarify.messages import Message

    subject = Message("{runtime} for '{model}'", runtime=runtime.name, model=entry.manifest.name)
    try:
        check(runtime, intact_reference(entry, drawing_graph(runtime)), subject, precision, count=1)
    except BaseException:
        runtime.close()
        raise
    return runtime
