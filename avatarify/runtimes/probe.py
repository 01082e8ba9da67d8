"""Probes which runtimes this machine could use; quick, and without importing them."""

from __future__ import annotations

import ctypes
import functools
import os
import platform
import sys
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path

TENSORRT_PACKAGES = {
    "tensorrt": ("tensorrt", "tensorrt-cu13", "tensorrt-cu12"),
    "tensorrt-rtx": ("tensorrt-rtx-cu13", "tensorrt-rtx-cu12", "tensorrt-rtx"),
}
ONNXRUNTIME_PACKAGES = ("onnxruntime", "onnxruntime-directml", "onnxruntime-gpu")
_CAPABILITY_MAJOR, _CAPABILITY_MINOR = 75, 76  # CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_…


@dataclass(frozen=True)
class Gpu:
    """An NVIDIA GPU, as its driver describes it.

    Attributes:
        name: ``NVIDIA GeForce RTX 4070``.
        compute_capability: ``8.9``.
        memory_mb: Total memory.
        cuda: Newest version of CUDA that the driver supports, ``13.0``.
    """

    name: str
    compute_capability: str
    memory_mb: int
    cuda: str

    def __str__(self) -> str:
        return f"{self.name} (compute capability {self.compute_capability}, driver for CUDA {self.cuda})"


@dataclass(frozen=True)
class Report:
    """The processor, GPUs, and packages of a machine; the version of a package is None if it is not installed.

    Attributes:
        cpu: Name of the processor.
        threads: Number of its threads.
        torch: Version.
        torch_cuda: Whether torch was built with CUDA, as far as its version and the platform say.
        openvino: Version.
        tensorrt: Version.
        tensorrt_rtx: Version.
        onnxruntime: Version.
        providers: What this ONNX Runtime offers: ``onnxruntime``, ``directml``, ``coreml``.
        cuda_python: Version of the bindings.
        gpus: The NVIDIA GPUs that the driver lists.
        memory_mb: Main memory; 0 if unknown.
    """

    cpu: str
    threads: int
    torch: str | None
    torch_cuda: bool
    openvino: str | None
    tensorrt: str | None = None
    tensorrt_rtx: str | None = None
    onnxruntime: str | None = None
    providers: tuple[str, ...] = ()
    cuda_python: str | None = None
    gpus: tuple[Gpu, ...] = ()
    memory_mb: int = 0

    @property
    def nvidia_driver(self) -> bool:
        """Whether an NVIDIA driver is installed and finds a GPU."""
        return bool(self.gpus)

    def as_dict(self) -> dict[str, object]:
        """Return the fields, for JSON."""
        return asdict(self)


def version(package: str) -> str | None:
    """Return a package's version, or None."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


@functools.cache
def cpu_name() -> str:
    """Return the name of the processor."""
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text(errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def tensorrt_version(name: str) -> str | None:
    """Return the version of ``tensorrt`` or ``tensorrt-rtx``, whichever of its packages is installed."""
    return next(filter(None, (version(package) for package in TENSORRT_PACKAGES[name])), None)


@functools.cache
def gpus() -> tuple[Gpu, ...]:
    """Return the GPUs that the NVIDIA driver lists; none without a driver."""
    name = "nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1"
    try:
        driver = ctypes.CDLL(name)
        count, cuda = ctypes.c_int(0), ctypes.c_int(0)
        if driver.cuInit(0) or driver.cuDeviceGetCount(ctypes.byref(count)):
            return ()
        driver.cuDriverGetVersion(ctypes.byref(cuda))
        return tuple(_gpu(driver, number, cuda.value) for number in range(count.value))
    except (OSError, AttributeError):
        return ()


def _gpu(driver: ctypes.CDLL, number: int, cuda: int) -> Gpu:
    device, memory = ctypes.c_int(0), ctypes.c_size_t(0)
    name = ctypes.create_string_buffer(128)
    driver.cuDeviceGet(ctypes.byref(device), number)
    driver.cuDeviceGetName(name, len(name), device)
    driver.cuDeviceTotalMem_v2(ctypes.byref(memory), device)
    major, minor = ctypes.c_int(0), ctypes.c_int(0)
    for value, attribute in ((major, _CAPABILITY_MAJOR), (minor, _CAPABILITY_MINOR)):
        driver.cuDeviceGetAttribute(ctypes.byref(value), attribute, device)
    capability = f"{major.value}.{minor.value}"
    version_text = f"{cuda // 1000}.{cuda % 1000 // 10}"
    return Gpu(name.value.decode(errors="replace"), capability, memory.value >> 20, version_text)


def probe() -> Report:
    """Probe packages and driver."""
    torch = version("torch")
    onnxruntime = next(((name, found) for name in ONNXRUNTIME_PACKAGES if (found := version(name))), None)
    # PyPI's wheels for Linux on x86-64 contain CUDA; elsewhere a local version such as +cu130 says so.
    with_cuda = torch is not None and "+cpu" not in torch and sys.platform == "linux" and platform.machine() == "x86_64"
    with_cuda = with_cuda or (torch is not None and "+cu" in torch)
    return Report(
        cpu=cpu_name(),
        threads=os.cpu_count() or 1,
        memory_mb=_memory_mb(),
        gpus=gpus(),
        torch=torch,
        torch_cuda=with_cuda,
        openvino=version("openvino"),
        onnxruntime=onnxruntime[1] if onnxruntime else None,
        providers=_providers(onnxruntime[0]) if onnxruntime else (),
        tensorrt=tensorrt_version("tensorrt"),
        tensorrt_rtx=tensorrt_version("tensorrt-rtx"),
        cuda_python=version("cuda-bindings"),
    )


def _providers(package: str) -> tuple[str, ...]:
    """Return what a package of ONNX Runtime offers, judged by its name and the platform: importing it is slow."""
    gpu = ("directml",) if package == "onnxruntime-directml" else ("coreml",) if sys.platform == "darwin" else ()
    return (*gpu, "onnxruntime")


def _memory_mb() -> int:
    """Return the size of the main memory; 0 if the system does not say."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 20
    except (AttributeError, ValueError, OSError):
        return 0
