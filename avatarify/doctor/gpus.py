"""What ``avatarify doctor`` says about GPU, TensorRT and memory, judged from a probe: any machine can be played."""

from __future__ import annotations

import platform

from avatarify.doctor.finding import FAIL, OK, WARN, Finding
from avatarify.runtimes.probe import Report
from avatarify.runtimes.requirements import (
    LEAST_CUDA,
    LEAST_DRIVER,
    LEAST_GPU_MB,
    driver_too_old,
    tensorrt_obstacle,
    too_little_memory,
)

LEAST_MB, GOOD_MB = 1500, 4000
_RTX = "pip install 'avatarify[tensorrt-rtx]' && avatarify build-engines --target tensorrt-rtx"
_TRT = "pip install 'avatarify[tensorrt]' && avatarify build-engines --target tensorrt"
_CUDA_TORCH = "pip install --force-reinstall torch --index-url https://download.pytorch.org/whl/cu130"


def judge_gpu(report: Report) -> Finding:
    """Say whether a GPU is there, and whether anything here would use it; a GPU that stays unused is a warning."""
    name = "graphics card"
    if not report.gpus:
        others = [one for one in ("directml", "coreml") if one in report.providers]
        if others:
            return Finding(name, OK, f"no NVIDIA driver answers; {others[0]} of ONNX Runtime is used")
        return Finding(name, OK, "no NVIDIA driver answers; the built-in model runs on the CPU")
    gpu = report.gpus[0]
    if told := too_little_memory(report):
        return Finding(name, WARN, f"{told}: the CPU is used.", "Close programs that use it, or use another GPU.")
    usable = [one for one in ("tensorrt", "tensorrt-rtx") if tensorrt_obstacle(one, report) is None]
    if report.torch_cuda:
        usable.append(f"torch {report.torch}")
    if usable:
        return Finding(name, OK, f"{gpu}; {', '.join(usable)} can use it")
    if old := driver_too_old("tensorrt-rtx", gpu):
        return Finding(name, WARN, f"{gpu.name} stays unused: {old}.", f"{_driver_command()} Then run: {_RTX}")
    why = tensorrt_obstacle("tensorrt-rtx", report)
    text = (
        f"{gpu} stays unused and everything runs on the CPU: torch {report.torch} is a CPU build, "
        f"and TensorRT cannot be used, {why}."
    )
    return Finding(name, WARN, text, _commands(report))


def judge_tensorrt(report: Report) -> Finding:
    """Say what TensorRT needs that is not here."""
    if not report.gpus:
        have = "tensorrt-rtx is installed" if report.tensorrt_rtx else "tensorrt-rtx is not installed"
        return Finding("TensorRT", OK, f"not used, there is no NVIDIA GPU ({have}). {_needs()}")
    obstacles = {one: tensorrt_obstacle(one, report) for one in ("tensorrt", "tensorrt-rtx")}
    fine = [one for one, why in obstacles.items() if why is None]
    if fine:
        return Finding("TensorRT", OK, f"{fine[0]} can be used (engines are made by: avatarify build-engines)")
    told = "; ".join(f"{one}: {why}" for one, why in obstacles.items())
    return Finding("TensorRT", WARN, f"{told}.", _commands(report))


def judge_memory(report: Report) -> Finding:
    """Say whether the machine's own memory is enough."""
    if not report.memory_mb or report.memory_mb >= GOOD_MB:
        return Finding("memory", OK, f"{report.memory_mb} MB" if report.memory_mb else "unknown")
    if report.memory_mb < LEAST_MB:
        told = f"{report.memory_mb} MB, and a live session of the built-in model needs {LEAST_MB} MB."
        return Finding("memory", FAIL, told, "Use a machine with more memory.")
    told = f"{report.memory_mb} MB are enough for the built-in model, not for the full one."
    return Finding("memory", WARN, told, "Close other programs before a call.")


def _needs() -> str:
    """What a machine would have to have, in full."""
    cuda = LEAST_CUDA["tensorrt-rtx"]
    return (
        f"It would need: an NVIDIA GPU of compute capability 7.5 or newer (RTX 20 series, GTX 16 series) with "
        f"{LEAST_GPU_MB} MB of memory; a driver for CUDA {cuda} (version {LEAST_DRIVER[cuda]} or newer); and: {_RTX}"
    )


def _commands(report: Report) -> str:
    """What to run so that the GPU is used."""
    gpu = report.gpus[0]
    rtx = tensorrt_obstacle("tensorrt-rtx", report) or ""
    if driver_too_old("tensorrt-rtx", gpu):
        return _driver_command()
    if "compute capability" in rtx:
        return f"Run: {_TRT}" if float(gpu.compute_capability) >= 7.5 else f"Run: {_CUDA_TORCH}"
    return f"Run: {_RTX}"


def _driver_command() -> str:
    least = LEAST_DRIVER[LEAST_CUDA["tensorrt-rtx"]]
    if platform.system() == "Linux":
        return f"Install NVIDIA's driver {least} or newer (Ubuntu: sudo ubuntu-drivers install), and restart."
    return f"Install NVIDIA's driver {least} or newer from nvidia.com/drivers, and restart."
