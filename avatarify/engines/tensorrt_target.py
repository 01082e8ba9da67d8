"""TensorRT and TensorRT-RTX: one module, since their Python packages differ by name only."""

from __future__ import annotations

import importlib
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from avatarify.engines.target import BuildOptions, Watch
from avatarify.errors import EngineError, UsageError
from avatarify.locks import Cancelled
from avatarify.runtimes.probe import gpus, tensorrt_version
from avatarify.runtimes.requirements import COMPUTE_CAPABILITIES, TENSORRT_MODULES
from avatarify.runtimes.tensorrt_log import make_log

if TYPE_CHECKING:
    from avatarify.engines.recipes import Recipe
    from avatarify.runtimes.base import Runtime

MOTION = "motion"  # in the graph of a whole frame: key points, whose error would be seen as a tremble
_WORKSPACE = 2 << 30
_LOG_LINES = 12
_COMPILER_BUG = "ssa_validation"


class TensorRtTarget:
    """Builds plans with TensorRT.

    Args:
        name: ``tensorrt`` or ``tensorrt-rtx``.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._any_gpu = name == "tensorrt-rtx"

    def obstacle(self) -> str:
        """Say what is missing."""
        if tensorrt_version(self.name) is None:
            return f"the package {self.name} is not installed (pip install 'avatarify[{self.name}]')"
        if not self._any_gpu and not gpus():
            return "it builds for the GPU that it runs on, and no NVIDIA driver answers"
        return ""

    def builder(self) -> str:
        """Library and version."""
        return f"{self.name} {tensorrt_version(self.name)}"

    def device(self, options: BuildOptions) -> str:
        """Compute capabilities for RTX, whose plans are finished on the user's card; else the card and its driver."""
        if self._any_gpu:
            return f"compute capability {', '.join(options.compute_capabilities)}"
        return str(gpus()[0]) if gpus() else "no GPU"

    def precision(self, recipe: Recipe) -> str:
        """As the recipe says."""
        return recipe.precision[self.name]

    def parts(self, graph: str, options: BuildOptions) -> tuple[str, ...]:
        """A graph is a plan."""
        return (graph,)

    def settings(self, options: BuildOptions) -> str:
        """Operations kept in float32."""
        return f"float32: {', '.join(options.recipe.keep_float32)}" if options.precision == "fp16" else "float32"

    def build(self, part: str, onnx: Path, options: BuildOptions, watch: Watch) -> bytes:
        """Parse, build, serialize."""
        try:
            return self._build(part, _content(onnx, options, barriers=False), options, watch)
        except EngineError as error:
            if _COMPILER_BUG not in str(error):
                raise
            watch.progress("once more, with warps kept apart", 0.0)
            return self._build(part, _content(onnx, options, barriers=True), options, watch)

    def _build(self, part: str, content: bytes, options: BuildOptions, watch: Watch) -> bytes:
        watch.progress("starting the builder", 0.0)
        trt = importlib.import_module(TENSORRT_MODULES[self.name])
        log = make_log(trt)
        builder = trt.Builder(log)
        network = builder.create_network(1 << int(trt.NetworkDefinitionCreationFlag.STRONGLY_TYPED))
        parser = trt.OnnxParser(network, log)
        if not parser.parse(content):
            raise _failed(self.name, part, [_told(parser.get_error(i)) for i in range(parser.num_errors)])
        monitor = _monitor(trt, watch)
        config = self._config(trt, builder, options)
        config.progress_monitor = monitor
        plan = builder.build_serialized_network(network, config)
        if watch.cancelled():
            raise Cancelled
        if plan is None:
            raise _failed(self.name, part, log.lines)
        return bytes(plan)

    def open(self, plans: Mapping[str, bytes], precision: str) -> Runtime:
        """Execute on the first GPU."""
        from avatarify.runtimes.tensorrt import open_tensorrt

        return open_tensorrt(self.name, plans, precision)

    def _config(self, trt: Any, builder: Any, options: BuildOptions) -> Any:
        config = builder.create_builder_config()
        config.set_memory_pool_limit(trt.MemoryPoolType.WORKSPACE, _WORKSPACE)
        if self._any_gpu:
            config.num_compute_capabilities = len(options.compute_capabilities)
            for place, text in enumerate(options.compute_capabilities):
                config.set_compute_capability(_capability(trt, text), place)
        return config


def check_capabilities(wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Return compute capabilities in order.

    Raises:
        UsageError: TensorRT-RTX knows one of them not.
    """
    unknown = [text for text in wanted if text not in COMPUTE_CAPABILITIES]
    if unknown or not wanted:
        hint = f"There are: {', '.join(COMPUTE_CAPABILITIES)}."
        raise UsageError(f"TensorRT-RTX does not build for compute capability {', '.join(unknown) or 'none'}.", hint)
    return tuple(text for text in COMPUTE_CAPABILITIES if text in wanted)


def _capability(trt: Any, text: str) -> Any:
    name = f"SM{text.replace('.', '')}"
    try:
        return getattr(trt.ComputeCapability, name)
    except AttributeError:
        what = f"This version of TensorRT-RTX, {trt.__version__}, does not build for compute capability {text}."
        raise EngineError(what, "Leave it out of --compute-capability, or install a newer version.") from None


def _content(file: Path, options: BuildOptions, *, barriers: bool) -> bytes:
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


def _told(error: Any) -> str:
    return f"{error.node_operator()} '{error.node_name()}': {error.desc()}"


def _failed(target: str, part: str, lines: list[str]) -> EngineError:
    told = " ".join(lines[-_LOG_LINES:]) or "it gave no reason"
    return EngineError(f"{target} cannot build {part}: {told}", "Report this with the whole message.")


def _monitor(trt: Any, watch: Watch) -> Any:
    """Make a monitor that passes steps on; TensorRT calls it from threads of its own."""

    class Monitor(trt.IProgressMonitor):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self._phases: dict[str, tuple[str | None, int]] = {}
            self._done: dict[str, int] = {}
            self._lock = threading.Lock()

        def phase_start(self, phase: str, parent: str | None, steps: int) -> None:
            with self._lock:
                self._phases[phase], self._done[phase] = (parent, max(1, steps)), 0

        def phase_finish(self, phase: str) -> None:
            with self._lock:
                self._phases.pop(phase, None)

        def step_complete(self, phase: str, step: int) -> bool:
            with self._lock:
                self._done[phase] = step + 1
                shares = [self._done[name] / steps for name, (parent, steps) in self._phases.items() if not parent]
            watch.progress(phase, min(1.0, max(shares, default=0.0)))
            return not watch.cancelled()

    return Monitor()
