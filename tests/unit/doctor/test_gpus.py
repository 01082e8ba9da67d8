"""The checks of GPU, TensorRT and memory, on described machines."""

from dataclasses import replace

import pytest

from avatarify.doctor.finding import FAIL, OK, WARN
from avatarify.doctor.gpus import check_gpu, check_memory, check_tensorrt
from avatarify.runtimes.probe import Gpu, Report

LAPTOP = Report("CPU", 2, "2.13.0+cpu", False, "2026.4", memory_mb=16000)
RTX = Gpu("NVIDIA GeForce RTX 4070", "8.9", 12282, "13.0")
PC = replace(LAPTOP, gpus=(RTX,), tensorrt_rtx="1.7", cuda_python="13.4")


def test_without_a_gpu_the_requirements_of_tensorrt_are_listed() -> None:
    finding = check_tensorrt(LAPTOP)
    assert finding.status == OK
    for needed in (
        "NVIDIA GPU",
        "7.5",
        "2000 MB",
        "CUDA 12.9",
        "575",
        "pip install 'avatarify[tensorrt-rtx]'",
        "build-engines",
    ):
        assert needed in finding.detail
    assert "runs on the CPU" in check_gpu(LAPTOP).detail


def test_a_cpu_build_of_torch_with_a_gpu_is_a_warning_with_a_remedy() -> None:
    """Two frames a second, silently on the CPU: impossible."""
    bare = replace(LAPTOP, gpus=(RTX,))
    finding = check_gpu(bare)
    assert finding.status == WARN
    assert "RTX 4070" in finding.detail
    assert "is not used" in finding.detail
    assert "torch 2.13.0+cpu is a CPU build" in finding.detail
    assert "pip install 'avatarify[tensorrt-rtx]'" in finding.remedy
    assert check_tensorrt(bare).status == WARN


def test_with_tensorrt_rtx_a_cpu_build_of_torch_is_fine() -> None:
    assert check_gpu(PC).status == OK
    assert "tensorrt-rtx can use it" in check_gpu(PC).detail
    assert check_tensorrt(PC).status == OK


def test_an_old_driver_is_reported_with_the_required_version() -> None:
    old = replace(PC, gpus=(replace(RTX, cuda="11.8"),))
    for finding in (check_gpu(old), check_tensorrt(old)):
        assert finding.status == WARN
        assert "CUDA 11.8" in finding.detail
        assert "575 or newer" in finding.remedy
        assert not finding.command  # a driver is not installed with one command everywhere


def test_a_gpu_with_too_little_memory_is_a_warning() -> None:
    finding = check_gpu(replace(PC, gpus=(replace(RTX, memory_mb=1024),)))
    assert finding.status == WARN
    assert "1024 MB" in finding.detail
    assert "CPU is used" in finding.detail


def test_a_gpu_without_rtx_support_gets_tensorrt() -> None:
    h100 = replace(PC, gpus=(Gpu("NVIDIA H100", "9.0", 81559, "13.0"),))
    finding = check_tensorrt(h100)
    assert finding.status == WARN
    assert finding.command.startswith("pip install 'avatarify[tensorrt]'")
    old = replace(PC, gpus=(Gpu("NVIDIA GeForce GTX 1080", "6.1", 8192, "13.0"),))
    assert "torch" in check_tensorrt(old).remedy


def test_a_runtime_that_could_not_use_the_gpu_is_not_recommended() -> None:
    h100 = replace(LAPTOP, gpus=(Gpu("NVIDIA H100", "9.0", 81559, "13.0"),))
    assert check_tensorrt(h100).command.startswith("pip install 'avatarify[tensorrt]'")


def test_missing_cuda_python_is_reported() -> None:
    assert "pip install cuda-python" in check_tensorrt(replace(PC, cuda_python=None)).detail


@pytest.mark.parametrize(("mb", "status"), [(1000, FAIL), (3000, WARN), (16000, OK), (0, OK)])
def test_main_memory_is_checked(mb: int, status: str) -> None:
    finding = check_memory(replace(LAPTOP, memory_mb=mb))
    assert finding.status == status
    assert bool(finding.remedy) is (status != OK)
