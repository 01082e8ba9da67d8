"""Compiles kernels for the GPU with NVRTC and starts them; both come with a CUDA build of torch."""

from __future__ import annotations

import ctypes
import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from avatarify import paths
from avatarify.runtimes.fusion.kernel import THREADS, Kernel

_PARTS = 16  # that are compiled side by side
HEAD = """
#define KERNEL extern "C" __global__ void __launch_bounds__(128)
#define PLACE int block = blockIdx.x, thread = threadIdx.x;
#define INFINITE __int_as_float(0x7f800000)
#define NOT_A_NUMBER __int_as_float(0x7fffffff)
__device__ __forceinline__ float from_half(unsigned short h) {
  float f; asm("cvt.f32.f16 %0, %1;" : "=f"(f) : "h"(h)); return f; }
__device__ __forceinline__ unsigned short to_half(float f) {
  unsigned short h; asm("cvt.rn.f16.f32 %0, %1;" : "=h"(h) : "f"(f)); return h; }
"""


def compile_kernels(kernels: Sequence[Kernel]) -> None:
    """Compile kernels that have run once; those compiled before come from the cache folder.

    Raises:
        RuntimeError: the compiler or the driver refuses.
        ImportError: cuda-python is not there.
    """
    from cuda.bindings import driver

    major, minor = torch.cuda.get_device_capability()
    parts = [kernels[place::_PARTS] for place in range(min(_PARTS, len(kernels)))]
    sources = [HEAD + "\n".join(kernel.source() for kernel in part) for part in parts]
    with ThreadPoolExecutor() as pool:
        binaries = list(pool.map(lambda source: _binary(source, f"sm_{major}{minor}"), sources))
    for part, binary in zip(parts, binaries, strict=True):
        module = _done(driver.cuModuleLoadData(binary))
        for kernel in part:
            kernel.launch = _Launch(driver, _done(driver.cuModuleGetFunction(module, kernel.name.encode())))


def _binary(source: str, target: str) -> bytes:
    key = hashlib.sha256(f"{target}{torch.version.cuda}{source}".encode()).hexdigest()[:32]
    file: Path = paths.cache() / "kernels" / f"{key}.cubin"
    if file.exists():
        return file.read_bytes()
    binary = _compiled(source, target)
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part")
    part.write_bytes(binary)
    part.replace(file)
    return binary


def _compiled(source: str, target: str) -> bytes:
    from cuda.bindings import nvrtc

    program = _done(nvrtc.nvrtcCreateProgram(source.encode(), b"avatarify.cu", 0, [], []))
    options = [f"--gpu-architecture={target}".encode()]
    (code,) = nvrtc.nvrtcCompileProgram(program, len(options), options)
    if int(code):
        text = b" " * _done(nvrtc.nvrtcGetProgramLogSize(program))
        nvrtc.nvrtcGetProgramLog(program, text)
        raise RuntimeError(f"NVRTC: {text.decode(errors='replace')[:2000]}")
    binary: bytes = b" " * _done(nvrtc.nvrtcGetCUBINSize(program))
    _done(nvrtc.nvrtcGetCUBIN(program, binary))
    return binary


class _Launch:
    """Starts one function on torch's stream."""

    def __init__(self, driver: Any, function: Any) -> None:
        self._driver, self._function = driver, function

    def __call__(self, inputs: Sequence[Tensor], results: Sequence[Tensor], blocks: int) -> None:
        pointers = [ctypes.c_void_p(value.data_ptr()) for value in (*inputs, *results)]
        places = (ctypes.c_void_p * len(pointers))(*(ctypes.addressof(pointer) for pointer in pointers))
        stream = torch.cuda.current_stream().cuda_stream
        _done(
            self._driver.cuLaunchKernel(
                self._function, blocks, 1, 1, THREADS, 1, 1, 0, stream, ctypes.addressof(places), 0
            )
        )


def _done(answer: tuple[Any, ...]) -> Any:
    code, *results = answer
    if int(code):
        raise RuntimeError(f"CUDA error {code!r}")
    return results[0] if results else None
