"""Checks GPU, TensorRT and memory, from a report of ``runtimes.probe``."""

from __future__ import annotations

import platform

from avatarify.command_message import CommandMessage
from avatarify.doctor.finding import FAIL, OK, WARN, Finding
from avatarify.messages import Message
from avatarify.runtimes.probe import Gpu, Report
from avatarify.runtimes.requirements import (
    LEAST_CUDA,
    LEAST_DRIVER,
    LEAST_GPU_MB,
    driver_too_old,
    tensorrt_obstacle,
    too_little_memory,
    wrong_capability,
)

SMALLEST_MB, COMFORTABLE_MB = 1500, 4000  # memory for the built-in model, and for the full one
_RTX = "pip install 'avatarify[tensorrt-rtx]' && avatarify build-engines --target tensorrt-rtx"
_TRT = "pip install 'avatarify[tensorrt]' && avatarify build-engines --target tensorrt"
_CUDA_TORCH = "pip install --force-reinstall torch --index-url https://download.pytorch.org/whl/cu130"


def check_gpu(report: Report) -> Finding:
    """Check whether there is a GPU and a runtime that uses it; an unused GPU is a warning."""
    if not report.gpus:
        return Finding("graphics card", OK, _without_nvidia(report))
    gpu = report.gpus[0]
    if reason := too_little_memory(report):
        return Finding(
            "graphics card",
            WARN,
            Message("{reason}: the CPU is used.", reason=reason),
            Message("Close programs that use the GPU, or use another GPU."),
        )
    runtimes = [name for name in ("tensorrt", "tensorrt-rtx") if tensorrt_obstacle(name, report) is None]
    if report.torch_cuda:
        runtimes.append(f"torch {report.torch}")
    if runtimes:
        return Finding("graphics card", OK, Message("{gpu}; {runtimes} can use it", gpu=gpu, runtimes=runtimes))
    return _unused(gpu, report)


def check_tensorrt(report: Report) -> Finding:
    """Check what TensorRT lacks on this machine."""
    if not report.gpus:
        return Finding("TensorRT", OK, _tensorrt_without_gpu(report))
    obstacles = {name: tensorrt_obstacle(name, report) for name in ("tensorrt", "tensorrt-rtx")}
    usable = [name for name, reason in obstacles.items() if reason is None]
    if usable:
        return Finding(
            "TensorRT",
            OK,
            Message("{name} can be used (to build engines: avatarify build-engines)", name=usable[0]),
        )
    detail = Message(
        "tensorrt: {tensorrt}; tensorrt-rtx: {rtx}.", tensorrt=obstacles["tensorrt"], rtx=obstacles["tensorrt-rtx"]
    )
    return Finding("TensorRT", WARN, detail, _commands(report))


def check_memory(report: Report) -> Finding:
    """Check whether the machine has enough main memory."""
    if not report.memory_mb:
        return Finding("memory", OK, Message("unknown"))
    if report.memory_mb >= COMFORTABLE_MB:
        return Finding("memory", OK, Message("{memory} MB", memory=report.memory_mb))
    if report.memory_mb < SMALLEST_MB:
        detail = Message(
            "{memory} MB, but a live session with the built-in model needs {needed} MB.",
            memory=report.memory_mb,
            needed=SMALLEST_MB,
        )
        return Finding("memory", FAIL, detail, Message("Use a machine with more memory."))
    return Finding(
        "memory",
        WARN,
        Message("{memory} MB: enough for the built-in model, but not for the full one.", memory=report.memory_mb),
        Message("Close other programs before a call."),
    )


def _without_nvidia(report: Report) -> Message:
    providers = [name for name in ("directml", "coreml") if name in report.providers]
    if providers:
        return Message("no NVIDIA driver found; ONNX Runtime uses {provider}", provider=providers[0])
    return Message("no NVIDIA driver found; the built-in model runs on the CPU")


def _unused(gpu: Gpu, report: Report) -> Finding:
    if reason := driver_too_old("tensorrt-rtx", gpu):
        return Finding(
            "graphics card",
            WARN,
            Message("{gpu} is not used: {reason}.", gpu=gpu.name, reason=reason),
            Message("{update} Then run: {command}", update=_update_driver(), command=_RTX),
        )
    if not report.torch:
        detail = Message(
            "{gpu} is not used and everything runs on the CPU: torch is not installed, "
            "and TensorRT is not available: {reason}.",
            gpu=gpu,
            reason=tensorrt_obstacle("tensorrt-rtx", report),
        )
        return Finding("graphics card", WARN, detail, _commands(report))
    detail = Message(
        "{gpu} is not used and everything runs on the CPU: torch {torch} is a CPU build, "
        "and TensorRT is not available: {reason}.",
        gpu=gpu,
        torch=report.torch,
        reason=tensorrt_obstacle("tensorrt-rtx", report),
    )
    return Finding("graphics card", WARN, detail, _commands(report))


def _tensorrt_without_gpu(report: Report) -> Message:
    if report.tensorrt_rtx:
        return Message(
            "not used: no NVIDIA GPU found (tensorrt-rtx is installed). {requirements}", requirements=_requirements()
        )
    return Message(
        "not used: no NVIDIA GPU found (tensorrt-rtx is not installed). {requirements}", requirements=_requirements()
    )


def _requirements() -> Message:
    cuda = LEAST_CUDA["tensorrt-rtx"]
    return Message(
        "It requires an NVIDIA GPU of compute capability 7.5 or newer (RTX 20 series, GTX 16 series) with {memory} MB "
        "of memory; a driver for CUDA {cuda} (version {driver} or newer); and: {command}",
        memory=LEAST_GPU_MB,
        cuda=cuda,
        driver=LEAST_DRIVER[cuda],
        command=_RTX,
    )


def _commands(report: Report) -> Message:
    """Return what to run so that the GPU is used."""
    gpu = report.gpus[0]
    if driver_too_old("tensorrt-rtx", gpu):
        return _update_driver()
    if wrong_capability("tensorrt-rtx", gpu) is None:
        return CommandMessage(_RTX)
    return CommandMessage(_CUDA_TORCH if wrong_capability("tensorrt", gpu) else _TRT)


def _update_driver() -> Message:
    driver = LEAST_DRIVER[LEAST_CUDA["tensorrt-rtx"]]
    if platform.system() == "Linux":
        return Message(
            "Install NVIDIA driver {driver} or newer (Ubuntu: sudo ubuntu-drivers install), then restart.",
            driver=driver,
        )
    return Message("Install NVIDIA driver {driver} or newer from nvidia.com/drivers, then restart.", driver=driver)
