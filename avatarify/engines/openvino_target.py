"""OpenVINO: models compiled for this CPU ahead of the first start."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from avatarify.engines.target import BuildOptions, Watch
from avatarify.errors import EngineError, last_line
from avatarify.graphs.spec import GENERATE
from avatarify.runtimes.openvino_runtime import OpenVinoRuntime, half_type, load_openvino, properties
from avatarify.runtimes.probe import cpu_name, version

if TYPE_CHECKING:
    from avatarify.engines.recipes import Recipe
    from avatarify.runtimes.base import Runtime

_CUT = GENERATE.name


class OpenVinoTarget:
    """Builds plans with OpenVINO for the CPU of this machine."""

    name = "openvino"

    def obstacle(self) -> str:
        """Say what is missing."""
        return "" if version("openvino") else "the package openvino is not installed"

    def builder(self) -> str:
        """Library and version."""
        return f"openvino {version('openvino')}"

    def device(self, options: BuildOptions) -> str:
        """The processor."""
        return cpu_name()

    def precision(self, recipe: Recipe) -> str:
        """The recipe's; ``auto`` is 16 bits where the processor multiplies them natively."""
        written = recipe.precision[self.name]
        return written if written != "auto" else ("fp16" if half_type() else "fp32")

    def parts(self, graph: str, options: BuildOptions) -> tuple[str, ...]:
        """At fp16 the generator is cut: motion in float32, then the decoder with 16 bits."""
        return (f"{_CUT}.0", f"{_CUT}.1") if graph == _CUT and options.precision == "fp16" else (graph,)

    def settings(self, options: BuildOptions) -> str:
        """The number type of the decoder."""
        return f"decoder: {half_type() or 'f32'}" if options.precision == "fp16" else "f32"

    def build(self, part: str, onnx: Path, options: BuildOptions, watch: Watch) -> bytes:
        """Compile and export."""
        watch.progress("compiling", 0.0)
        self._check(options)
        core = load_openvino().Core()
        try:
            model = core.read_model(self._content(part, onnx))
            compiled = core.compile_model(model, "CPU", properties(part, options.precision))
            return bytes(compiled.export_model().getvalue())
        except RuntimeError as error:
            raise EngineError(
                "OpenVINO cannot build {graph}: {reason}.",
                "Report this with the whole message.",
                graph=part,
                reason=last_line(error),
            ) from error

    def open(self, plans: Mapping[str, bytes], precision: str) -> Runtime:
        """Execute on the CPU."""
        return OpenVinoRuntime(plans, precision)

    def _content(self, part: str, onnx: Path) -> bytes:
        if "." not in part:
            return onnx.read_bytes()
        from avatarify.engines.split_decoder import split_decoder

        content: bytes = split_decoder(onnx)[int(part[-1])].SerializeToString()
        return content

    def _check(self, options: BuildOptions) -> None:
        if options.precision == "fp16" and not options.recipe.halve_decoder:
            what = f"Models of the kind '{options.recipe.kind}' gain nothing from 16 bits on a CPU."
            raise EngineError(what, "Use --precision fp32 for --target openvino.")
        if options.precision == "fp16" and not half_type():
            raise EngineError(f"{cpu_name()} does not multiply 16-bit numbers.", "Use --precision fp32.")
