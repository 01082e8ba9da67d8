"""ONNX Runtime: CPUs, and through its providers the GPUs of AMD and Intel (DirectML) and of Apple (CoreML)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from avatarify.errors import EngineError, first_line
from avatarify.graphs.check import Signature, TensorType
from avatarify.runtimes.base import Arrays, run_failed, unknown_graph
from avatarify.runtimes.probe import cpu_name

CPU = "CPUExecutionProvider"
PROVIDERS = {"directml": "DmlExecutionProvider", "coreml": "CoreMLExecutionProvider", "onnxruntime": CPU}
_DEVICES = {
    "DmlExecutionProvider": "GPU through DirectML",
    "CoreMLExecutionProvider": "Apple GPU and Neural Engine through CoreML",
}
TYPES = {"tensor(float)": np.float32, "tensor(uint8)": np.uint8, "tensor(int64)": np.int64}


def load_onnxruntime() -> Any:
    """Import ONNX Runtime without telemetry.

    Raises:
        EngineError: It is not installed.
    """
    try:
        import onnxruntime
    except ImportError as error:
        raise EngineError("ONNX Runtime is not installed.", "Run: pip install onnxruntime") from error
    onnxruntime.disable_telemetry_events()  # on Windows it would report its use
    return onnxruntime


def available_providers() -> list[str]:
    """Return the names in ``PROVIDERS`` that the installed ONNX Runtime offers; none if it is not installed."""
    try:
        have = load_onnxruntime().get_available_providers()
    except EngineError:
        return []
    return [name for name, provider in PROVIDERS.items() if provider in have]


def open_session(file: Path, providers: Sequence[str] = (CPU,)) -> Any:
    """Open an ONNX file; the session's threads sleep between frames.

    Args:
        file: The graph.
        providers: ONNX Runtime's names of execution providers, in order of preference.

    Raises:
        EngineError: It cannot be read, or a provider rejected it.
    """
    ort = load_onnxruntime()
    options = ort.SessionOptions()
    # Spinning threads would take the cores from the other stages.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    if "DmlExecutionProvider" in providers:  # DirectML requires both
        options.enable_mem_pattern, options.execution_mode = False, ort.ExecutionMode.ORT_SEQUENTIAL
    try:
        return ort.InferenceSession(str(file), options, providers=list(providers))
    except Exception as error:  # its classes are not public
        raise EngineError(
            "ONNX Runtime cannot open {file}: {reason}.",
            "Use --runtime torch.",
            file=file.name,
            reason=first_line(error),
        ) from error


class OnnxRuntime:
    """Executes ONNX files with ONNX Runtime, float32.

    Args:
        files: ONNX files by graph.
        name: ``onnxruntime`` (CPU), ``directml`` or ``coreml``.

    Raises:
        EngineError: It is not installed, has no such provider, or a file cannot be read.
    """

    def __init__(self, files: Mapping[str, Path], name: str = "onnxruntime") -> None:
        load_onnxruntime()  # says so if it is not installed
        if name not in available_providers():
            raise EngineError(
                "This ONNX Runtime has no {provider}.", "Run 'avatarify doctor'.", provider=PROVIDERS[name]
            )
        self.name = name
        wanted = PROVIDERS[name]
        providers = [wanted] if wanted == CPU else [wanted, CPU]
        self._sessions = {graph: open_session(file, providers) for graph, file in files.items()}
        self.signatures = {graph: _signature(session) for graph, session in self._sessions.items()}
        self.device = _DEVICES.get(wanted, f"CPU ({cpu_name()})")

    def run(self, graph: str, inputs: Mapping[str, NDArray[Any]]) -> Arrays:
        """Execute one graph (see ``Runtime``)."""
        if graph not in self._sessions:
            raise unknown_graph(graph, self._sessions)
        session, signature = self._sessions[graph], self.signatures[graph]
        try:
            given = {name: np.ascontiguousarray(inputs[name]) for name in signature.inputs}
            return dict(zip(signature.outputs, session.run(list(signature.outputs), given), strict=True))
        except Exception as error:  # its classes are not public
            raise run_failed("ONNX Runtime", graph, error) from error

    def close(self) -> None:
        """Free the sessions."""
        self._sessions.clear()


def _signature(session: Any) -> Signature:
    inputs, outputs = session.get_inputs(), session.get_outputs()
    return Signature({port.name: _type(port) for port in inputs}, {port.name: _type(port) for port in outputs})


def _type(port: Any) -> TensorType:
    return TensorType(np.dtype(TYPES[port.type]).name, tuple(port.shape))
