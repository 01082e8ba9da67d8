"""What this machine can execute; cheap, and without importing torch."""

from __future__ import annotations

import ctypes
import functools
import os
import platform
import sys
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path


@dataclass(frozen=True)
class Report:
    """Versions are None where a package is not installed.

    Attributes:
        cpu: The processor in words.
        threads: Threads it offers.
        nvidia_driver: An NVIDIA driver answers.
        torch: Version.
        torch_cuda: That torch was built with CUDA (by its packages; torch itself is not asked).
        openvino: Version.
        tensorrt: Version.
        tensorrt_rtx: Version.
    """

    cpu: str
    threads: int
    nvidia_driver: bool
    torch: str | None
    torch_cuda: bool
    openvino: str | None
    tensorrt: str | None
    tensorrt_rtx: str | None

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
    """Return the processor's name in words."""
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text(errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


@functools.cache
def nvidia_driver() -> bool:
    """Whether an NVIDIA driver is there and sees a GPU."""
    name = "nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1"
    try:
        library = ctypes.CDLL(name)
        count = ctypes.c_int(0)
        return library.cuInit(0) == 0 and library.cuDeviceGetCount(ctypes.byref(count)) == 0 and count.value > 0
    except (OSError, AttributeError):
        return False


def probe() -> Report:
    """Look at packages and driver."""
    torch = version("torch")
    rtx = version("tensorrt-rtx-cu13") or version("tensorrt-rtx-cu12") or version("tensorrt-rtx")
    with_cuda = torch is not None and "+cpu" not in torch and sys.platform == "linux" and platform.machine() == "x86_64"
    with_cuda = with_cuda or (torch is not None and "+cu" in torch)
    threads = os.cpu_count() or 1
    return Report(cpu_name(), threads, nvidia_driver(), torch, with_cuda, version("openvino"), version("tensorrt"), rtx)
