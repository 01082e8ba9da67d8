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
from avatarify.files import private_folder, write_atomic
from avatarify.runtimes.fusion.compiled import Compiled

_PARTS = 16  # that are compiled side by side
HEAD = """
#define KERNEL(threads) extern "C" __global__ void __launch_bounds__(threads)
#define PLACE int block = blockIdx.x, thread = threadIdx.x;
#define SHARED __shared__
#define TOGETHER __syncthreads();
#define UNROLL _Pragma("unroll")
#define NOTHING make_uint4(0, 0, 0, 0)
#define INFINITE __int_as_float(0x7f800000)
#define NOT_A_NUMBER __int_as_float(0x7fffffff)
__device__ __forceinline__ float from_half(unsigned short h) {
  float f; asm("cvt.f32.f16 %0, %1;" : "=f"(f) : "h"(h)); return f; }
__device__ __forceinline__ unsigned short to_half(float f) {
  unsigned short h; asm("cvt.rn.f16.f32 %0, %1;" : "=h"(h) : "f"(f)); return h; }
"""
# Adds a product of 16 x 16 and 16 x 8 numbers, a few of each in every thread of a warp, to 16 x 8 sums.
PRODUCT = """
__device__ __forceinline__ void multiply_add(float* c, unsigned a0, unsigned a1, unsigned a2, unsigned a3, unsigned b0,
    unsigned b1) {
  asm("mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32 {%0,%1,%2,%3}, {%4,%5,%6,%7}, {%8,%9}, {%0,%1,%2,%3};"
    : "+f"(c[0]), "+f"(c[1]), "+f"(c[2]), "+f"(c[3]) : "r"(a0), "r"(a1), "r"(a2), "r"(a3), "r"(b0), "r"(b1)); }
"""
OLDEST_WITH_PRODUCT = 8  # compute capability, its first number


def compile_kernels(kernels: Sequence[Compiled]) -> None:
    """Compile kernels that have run once; those compiled before come from the cache folder.

    Raises:
        RuntimeError: the compiler or the driver refuses.
        ImportError: cuda-python is not there.
    """
    from cuda.bindings import driver

    major, minor = torch.cuda.get_device_capability()
    parts = [kernels[place::_PARTS] for place in range(min(_PARTS, len(kernels)))]
    head = HEAD + PRODUCT * (major >= OLDEST_WITH_PRODUCT)
    sources = [head + "\n".join(kernel.source() for kernel in part) for part in parts]
    with ThreadPoolExecutor() as pool:
        binaries = list(pool.map(lambda source: _binary(source, f"sm_{major}{minor}"), sources))
    for part, binary in zip(parts, binaries, strict=True):
        module = _done(driver.cuModuleLoadData(binary))
        for kernel in part:
            function = _done(driver.cuModuleGetFunction(module, kernel.name.encode()))
            kernel.launch = _Launch(driver, function, kernel.threads)


def _binary(source: str, target: str) -> bytes:
    key = hashlib.sha256(f"{target}{torch.version.cuda}{source}".encode()).hexdigest()[:32]
    file: Path = paths.cache() / "kernels" / f"{key}.cubin"
    if file.exists():
        return file.read_bytes()
    binary = _compiled(source, target)
    private_folder(file.parent)
    write_atomic(file, binary)
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

    def __init__(self, driver: Any, function: Any, threads: int) -> None:
        self._driver, self._function, self._threads = driver, function, threads

    def __call__(self, inputs: Sequence[Tensor], results: Sequence[Tensor], blocks: int) -> None:
        pointers = [ctypes.c_void_p(value.data_ptr()) for value in (*inputs, *results)]
        places = (ctypes.c_void_p * len(pointers))(*(ctypes.addressof(pointer) for pointer in pointers))
        stream = torch.cuda.current_stream().cuda_stream
        _done(
            self._driver.cuLaunchKernel(
                self._function, blocks, 1, 1, self._threads, 1, 1, 0, stream, ctypes.addressof(places), 0
            )
        )


def _done(answer: tuple[Any, ...]) -> Any:
    code, *results = answer
    if int(code):
        raise RuntimeError(f"CUDA error {code!r}")
    return results[0] if results else None
