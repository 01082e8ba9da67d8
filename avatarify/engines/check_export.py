"""Checks ONNX files against torch where they are made, before any engine is built of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from avatarify.engines.compare import compare
from avatarify.engines.reference.file import read_reference
from avatarify.errors import EngineError

if TYPE_CHECKING:
    from avatarify.runtimes.base import Runtime

_FRAMES = 2


def check_export(files: Mapping[str, Path], reference: Path, model: str) -> None:
    """Execute ONNX files in float32 and compare them with torch.

    The limits are far closer than those of engines: what differs here is no rounding, but a wrong operator.

    Args:
        files: By graph, those that the reference uses.
        reference: What torch made of the same graphs.
        model: Name of the model, for the error.

    Raises:
        EngineError: They differ, or neither OpenVINO nor ONNX Runtime can execute them.
    """
    runtime = open_onnx(files)
    try:
        difference = compare(runtime, read_reference(reference, _FRAMES))
    finally:
        runtime.close()
    if problems := difference.problems("onnx"):
        raise EngineError(
            "The ONNX files of '{model}' do not compute what torch does: {problems}.",
            "Use --runtime torch, and report this.",
            model=model,
            problems=problems,
        )


def open_onnx(files: Mapping[str, Path]) -> Runtime:
    """Open ONNX files in float32 with what every installation has; ONNX Runtime where OpenVINO does not work."""
    from avatarify.runtimes.onnxruntime_runtime import OnnxRuntime
    from avatarify.runtimes.openvino_runtime import OpenVinoRuntime

    try:
        return OpenVinoRuntime(files)
    except (ImportError, EngineError):
        return OnnxRuntime(files)
