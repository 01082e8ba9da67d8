"""Compiles graphs with OpenVINO for this CPU, so that sessions start quickly."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from avatarify.engines.target import BuildOptions, Watch
from avatarify.errors import EngineError, last_line
from avatarify.graphs.spec import GENERATE, KEYPOINTS
from avatarify.messages import Message
from avatarify.runtimes.openvino_runtime import (
    OpenVinoRuntime,
    half_type,
    instruction_set,
    load_openvino,
    properties,
)
from avatarify.runtimes.probe import cpu_name, version

if TYPE_CHECKING:
    from avatarify.engines.recipes import Recipe
    from avatarify.runtimes.base import Runtime

_SPLIT = GENERATE.name
_QUANTIZED = (KEYPOINTS.name, GENERATE.name)  # what every frame takes
_WITH_INT8 = ("Intel AVX2", "Intel AVX-512")


class OpenVinoTarget:
    """Builds plans with OpenVINO for the CPU of this machine (see ``Target``)."""

    name, parallel = "openvino", True

    def obstacle(self) -> Message | None:
        """Return whether the package is missing."""
        return None if version("openvino") else Message("the package openvino is not installed (pip install openvino)")

    def builder(self) -> str:
        """Return library and version."""
        return f"openvino {version('openvino')}"

    def device(self, options: BuildOptions) -> str:
        """Return the processor and the instructions that OpenVINO compiles for."""
        return f"{cpu_name()} ({instruction_set()})"

    def precision(self, recipe: Recipe) -> str:
        """Return the recipe's precision; ``auto`` is fp16 where the CPU multiplies 16-bit numbers natively.

        Elsewhere it is int8, if only convolutions are concerned and the CPU has fast kernels for them.
        """
        written = recipe.precision[self.name]
        if written != "auto":
            return written
        if half_type():
            return "fp16"
        return "int8" if recipe.halve == "convolutions" and instruction_set().startswith(_WITH_INT8) else "fp32"

    def parts(self, graph: str, options: BuildOptions) -> tuple[str, ...]:
        """Return the plans of a graph; a decoder with 16 bits is split from the motion, which has 32."""
        split = graph == _SPLIT and options.precision == "fp16" and options.recipe.halve == "decoder"
        return (f"{_SPLIT}.0", f"{_SPLIT}.1") if split else (graph,)

    def settings(self, options: BuildOptions) -> str:
        """Return the number type of what is computed with 16 bits."""
        if options.precision == "int8":
            return "convolutions: int8"
        return f"{options.recipe.halve}: {half_type() or 'f32'}" if options.precision == "fp16" else "f32"

    def build(self, part: str, onnx: Path, options: BuildOptions, watch: Watch) -> bytes:
        """Compile and export one plan."""
        watch.progress(Message("compiling"), 0.0)
        self._check(options)
        from avatarify.engines.openvino_int8 import calibration_cases, quantize_convolutions
        from avatarify.engines.openvino_model import halve_convolutions, resize_by_products

        core = load_openvino().Core()
        try:
            model = resize_by_products(core.read_model(self._content(part, onnx)))
            if options.precision == "fp16" and options.recipe.halve == "convolutions":
                model = halve_convolutions(model, half_type())
            if options.precision == "int8" and part in _QUANTIZED:
                model = quantize_convolutions(model, calibration_cases(part, onnx.parent))
            compiled = core.compile_model(model, "CPU", properties(part, options.precision))
            return bytes(compiled.export_model().getvalue())
        except RuntimeError as error:
            raise EngineError(
                "OpenVINO cannot build {graph}: {reason}.",
                "Report this with the full message.",
                graph=part,
                reason=last_line(error),
            ) from error

    def open(self, plans: Mapping[str, bytes], precision: str) -> Runtime:
        """Open a runtime on the CPU."""
        return OpenVinoRuntime(plans, precision)

    def _content(self, part: str, onnx: Path) -> bytes:
        if "." not in part:
            return onnx.read_bytes()
        from avatarify.engines.split_decoder import split_decoder

        content: bytes = split_decoder(onnx)[int(part[-1])].SerializeToString()
        return content

    def _check(self, options: BuildOptions) -> None:
        if options.precision == "fp16" and not half_type():
            raise EngineError("{cpu} does not multiply 16-bit numbers.", "Use --precision fp32.", cpu=cpu_name())
