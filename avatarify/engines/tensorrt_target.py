"""Builds engines with TensorRT or TensorRT-RTX: one module, since their Python packages differ only by name."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from avatarify.engines.target import BuildOptions, Watch
from avatarify.engines.tensorrt_progress import make_monitor
from avatarify.errors import EngineError, UsageError
from avatarify.locks import Cancelled
from avatarify.messages import Message
from avatarify.runtimes.probe import gpus, tensorrt_version
from avatarify.runtimes.requirements import COMPUTE_CAPABILITIES, TENSORRT_MODULES
from avatarify.runtimes.tensorrt_log import make_log

if TYPE_CHECKING:
    from avatarify.engines.recipes import Recipe
    from avatarify.runtimes.base import Runtime

MOTION = "motion"  # module of the graph ``frame`` that moves key points, where errors would show as jitter
_WORKSPACE = 2 << 30  # bytes
_LOG_LINES = 12
_COMPILER_BUG = "ssa_validation"  # see ``fusion_barrier``


class TensorRtTarget:
    """Builds plans with TensorRT (see ``Target``).

    Args:
        name: ``tensorrt`` or ``tensorrt-rtx``.
    """

    parallel = False  # a build takes all cores, or the GPU

    def __init__(self, name: str) -> None:
        self.name = name
        self._any_gpu = name == "tensorrt-rtx"

    def obstacle(self) -> Message | None:
        """Return whether the package or a GPU is missing."""
        if tensorrt_version(self.name) is None:
            return Message("the package {name} is not installed (pip install 'avatarify[{name}]')", name=self.name)
        if not self._any_gpu and not gpus():
            return Message("it builds for the GPU of this machine, and no NVIDIA driver was found")
        return None

    def builder(self) -> str:
        """Return package and version."""
        return f"{self.name} {tensorrt_version(self.name)}"

    def device(self, options: BuildOptions) -> str:
        """Return compute capabilities for RTX, whose plans are finished on the user's GPU; otherwise GPU and driver."""
        if self._any_gpu:
            return f"compute capability {', '.join(options.compute_capabilities)}"
        return str(gpus()[0]) if gpus() else "no GPU"

    def precision(self, recipe: Recipe) -> str:
        """Return the recipe's precision."""
        return recipe.precision[self.name]

    def parts(self, graph: str, options: BuildOptions) -> tuple[str, ...]:
        """Return the graph itself: it is built into one plan."""
        return (graph,)

    def settings(self, options: BuildOptions) -> str:
        """Return the operations that stay float32."""
        return f"float32: {', '.join(options.recipe.keep_float32)}" if options.precision == "fp16" else "float32"

    def build(self, part: str, onnx: Path, options: BuildOptions, watch: Watch) -> bytes:
        """Build one plan; where the compiler's bug occurs, once more with barriers around the warps."""
        try:
            return self._build(part, _converted(onnx, options, barriers=False), options, watch)
        except EngineError as error:
            if _COMPILER_BUG not in str(error):
                raise
            watch.progress(Message("retrying with the warps kept separate"), 0.0)
            return self._build(part, _converted(onnx, options, barriers=True), options, watch)

    def open(self, plans: Mapping[str, bytes], precision: str) -> Runtime:
        """Open a runtime on the first GPU."""
        from avatarify.runtimes.tensorrt import open_tensorrt

        return open_tensorrt(self.name, plans, precision)

    def _build(self, part: str, content: bytes, options: BuildOptions, watch: Watch) -> bytes:
        watch.progress(Message("starting the builder"), 0.0)
        trt = importlib.import_module(TENSORRT_MODULES[self.name])
        log = make_log(trt)
        builder = trt.Builder(log)
        network = builder.create_network(1 << int(trt.NetworkDefinitionCreationFlag.STRONGLY_TYPED))
        parser = trt.OnnxParser(network, log)
        if not parser.parse(content):
            raise _failed(self.name, part, [_parse_error(parser.get_error(i)) for i in range(parser.num_errors)])
        monitor = make_monitor(trt, watch)  # the configuration does not keep it alive
        config = self._config(trt, builder, options)
        config.progress_monitor = monitor
        plan = builder.build_serialized_network(network, config)
        if watch.cancelled():
            raise Cancelled
        if plan is None:
            raise _failed(self.name, part, log.lines)
        return bytes(plan)

    def _config(self, trt: Any, builder: Any, options: BuildOptions) -> Any:
        config = builder.create_builder_config()
        config.set_memory_pool_limit(trt.MemoryPoolType.WORKSPACE, _WORKSPACE)
        if self._any_gpu:
            config.num_compute_capabilities = len(options.compute_capabilities)
            for place, text in enumerate(options.compute_capabilities):
                config.set_compute_capability(_capability(trt, text), place)
        return config


def check_capabilities(wanted: Sequence[str]) -> tuple[str, ...]:
    """Return compute capabilities in ascending order.

    Raises:
        UsageError: There are none, or TensorRT-RTX does not support one.
    """
    unknown = [text for text in wanted if text not in COMPUTE_CAPABILITIES]
    if unknown or not wanted:
        raise UsageError(
            "TensorRT-RTX does not support compute capability {unknown}.",
            "Choose from: {known}.",
            unknown=unknown or "''",
            known=COMPUTE_CAPABILITIES,
        )
    return tuple(text for text in COMPUTE_CAPABILITIES if text in wanted)


def _capability(trt: Any, text: str) -> Any:
    name = f"SM{text.replace('.', '')}"
    try:
        return getattr(trt.ComputeCapability, name)
    except AttributeError:
        raise EngineError(
            "This version of TensorRT-RTX, {version}, does not support compute capability {capability}.",
            "Leave it out of --compute-capability, or install a newer version.",
            version=trt.__version__,
            capability=text,
        ) from None


def _converted(file: Path, options: BuildOptions, *, barriers: bool) -> bytes:
    """Return an ONNX file's model, changed as TensorRT needs it."""
    import onnx

    from avatarify.engines.fusion_barrier import with_barriers
    from avatarify.engines.matmul_sums import products_as_sums
    from avatarify.engines.to_float16 import to_float16

    model = products_as_sums(onnx.load(file))
    model = with_barriers(model) if barriers else model
    if options.precision == "fp16":
        model = to_float16(model, options.recipe.keep_float32, (MOTION,))
    content: bytes = model.SerializeToString()
    return content


def _parse_error(error: Any) -> str:
    return f"{error.node_operator()} '{error.node_name()}': {error.desc()}"


def _failed(target: str, part: str, lines: Sequence[str]) -> EngineError:
    return EngineError(
        "{target} cannot build {graph}: {log}",
        "Report this with the full message.",
        target=target,
        graph=part,
        log=" ".join(lines[-_LOG_LINES:]) or Message("no reason given"),
    )
