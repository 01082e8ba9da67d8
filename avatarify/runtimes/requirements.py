"""What each TensorRT runtime needs of a GPU and its driver, judged from a probe without loading anything."""

from __future__ import annotations

from avatarify.messages import Message
from avatarify.runtimes.probe import Gpu, Report

TENSORRT_MODULES = {"tensorrt": "tensorrt", "tensorrt-rtx": "tensorrt_rtx"}  # by runtime, the module to import
COMPUTE_CAPABILITIES = ("7.5", "8.0", "8.6", "8.9", "12.0", "12.1")  # that TensorRT-RTX builds for
LEAST_CAPABILITY = "7.5"  # Turing
LEAST_CUDA = {"tensorrt": "12.0", "tensorrt-rtx": "12.9"}
LEAST_DRIVER = {"12.0": "525", "12.9": "575", "13.0": "580"}  # by version of CUDA
LEAST_GPU_MB = 2000
NO_DRIVER = Message("no NVIDIA driver found")
NO_TORCH = Message("the package torch is not installed (pip install 'avatarify[cuda]')")


def tensorrt_obstacle(name: str, report: Report) -> Message | None:
    """Return why a runtime cannot be used on this machine, the most basic reason first; None if it can.

    Args:
        name: ``tensorrt`` or ``tensorrt-rtx``.
        report: The probe of the machine.
    """
    if not report.gpus:
        return NO_DRIVER
    if getattr(report, TENSORRT_MODULES[name]) is None:
        return Message("the package is not installed (pip install 'avatarify[{name}]')", name=name)
    if report.cuda_python is None:
        return Message("the package cuda-python is not installed (pip install cuda-python)")
    gpu = report.gpus[0]
    return driver_too_old(name, gpu) or wrong_capability(name, gpu) or too_little_memory(report)


def too_little_memory(report: Report) -> Message | None:
    """Return a message if the first GPU has too little memory."""
    gpu = report.gpus[0]
    if gpu.memory_mb >= LEAST_GPU_MB:
        return None
    return Message(
        "{gpu} has {size} MB of memory, and {least} MB are needed", gpu=gpu.name, size=gpu.memory_mb, least=LEAST_GPU_MB
    )


def driver_too_old(name: str, gpu: Gpu) -> Message | None:
    """Return a message if the driver of a GPU is too old for ``tensorrt`` or ``tensorrt-rtx``."""
    least = LEAST_CUDA[name]
    if _number(gpu.cuda) >= _number(least):
        return None
    return Message(
        "the NVIDIA driver supports CUDA {cuda}, and {least} is needed (driver {driver} or newer)",
        cuda=gpu.cuda,
        least=least,
        driver=LEAST_DRIVER[least],
    )


def wrong_capability(name: str, gpu: Gpu) -> Message | None:
    """Return a message if ``tensorrt`` or ``tensorrt-rtx`` does not support the compute capability of a GPU."""
    if name == "tensorrt-rtx" and gpu.compute_capability not in COMPUTE_CAPABILITIES:
        return Message(
            "{gpu} has compute capability {capability}, and TensorRT-RTX supports {supported}",
            gpu=gpu.name,
            capability=gpu.compute_capability,
            supported=COMPUTE_CAPABILITIES,
        )
    if _number(gpu.compute_capability) < _number(LEAST_CAPABILITY):
        return Message(
            "{gpu} has compute capability {capability}, and {least} (Turing) or newer is needed",
            gpu=gpu.name,
            capability=gpu.compute_capability,
            least=LEAST_CAPABILITY,
        )
    return None


def _number(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split("."))
