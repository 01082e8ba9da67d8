"""What a GPU and its driver must be for each runtime; judged from a probe, without loading anything."""

from __future__ import annotations

from avatarify.runtimes.probe import Gpu, Report

LEAST_CUDA = {"tensorrt": "12.0", "tensorrt-rtx": "12.9"}
LEAST_DRIVER = {"12.0": "525", "12.9": "575", "13.0": "580"}
LEAST_CAPABILITY = {"tensorrt": "7.5", "tensorrt-rtx": "7.5"}
RTX_CAPABILITIES = ("7.5", "8.0", "8.6", "8.9", "12.0", "12.1")
LEAST_GPU_MB = 2000
PACKAGES = {"tensorrt": "tensorrt", "tensorrt-rtx": "tensorrt_rtx"}


def tensorrt_obstacle(name: str, report: Report) -> str | None:
    """Say why ``tensorrt`` or ``tensorrt-rtx`` cannot be used here, most basic reason first; None if it can."""
    if not report.gpus:
        return "no NVIDIA driver answers"
    if getattr(report, PACKAGES[name]) is None:
        return f"the package is not installed (pip install 'avatarify[{name}]')"
    if report.cuda_python is None:
        return "the package cuda-python is not installed (pip install cuda-python)"
    return _gpu_obstacle(name, report.gpus[0]) or too_little_memory(report) or None


def too_little_memory(report: Report) -> str:
    """Say that the GPU's memory is too small; empty if it is not."""
    gpu = report.gpus[0]
    if gpu.memory_mb >= LEAST_GPU_MB:
        return ""
    return f"{gpu.name} has {gpu.memory_mb} MB of memory, and {LEAST_GPU_MB} MB are needed"


def driver_too_old(name: str, gpu: Gpu) -> str:
    """Say that a driver runs too old a CUDA for TensorRT; empty if it does not."""
    least = LEAST_CUDA[name]
    if _number(gpu.cuda) >= _number(least):
        return ""
    return f"the NVIDIA driver runs CUDA {gpu.cuda}, and {least} is needed (driver {LEAST_DRIVER[least]} or newer)"


def _gpu_obstacle(name: str, gpu: Gpu) -> str:
    if old := driver_too_old(name, gpu):
        return old
    if name == "tensorrt-rtx" and gpu.compute_capability not in RTX_CAPABILITIES:
        return (
            f"{gpu.name} has compute capability {gpu.compute_capability}, and it serves {', '.join(RTX_CAPABILITIES)}"
        )
    if _number(gpu.compute_capability) < _number(LEAST_CAPABILITY[name]):
        return f"{gpu.name} has compute capability {gpu.compute_capability}, and 7.5 (Turing) is the least"
    return ""


def _number(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.split("."))
