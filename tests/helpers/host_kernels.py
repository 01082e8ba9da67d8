"""Kernels of ``runtimes/fusion`` compiled for the processor, so that their C is tested without a GPU."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

from torch import Tensor

from avatarify.runtimes.fusion.kernel import THREADS, Kernel

COMPILER = shutil.which("g++")
HEAD = """
#include <algorithm>
#include <cmath>
#include <cstring>
#define INFINITE INFINITY
#define NOT_A_NUMBER NAN
#define __restrict__
#define KERNEL(threads) static void
#define PLACE
using std::max; using std::min;
static float from_half(unsigned short bits) { _Float16 x; memcpy(&x, &bits, 2); return x; }
static unsigned short to_half(float x) { _Float16 y = x; unsigned short bits; memcpy(&bits, &y, 2); return bits; }
"""


def compile_on_host(kernels: Sequence[Kernel], folder: Path) -> None:
    """Let kernels that have run once run as C, one element after the other."""
    assert COMPILER is not None
    source, library = folder / "kernels.cpp", folder / "kernels.so"
    source.write_text(HEAD + "\n".join(_function(kernel) for kernel in kernels))
    subprocess.run([COMPILER, "-O1", "-w", "-shared", "-fPIC", "-o", str(library), str(source)], check=True)
    functions = ctypes.CDLL(str(library))
    for kernel in kernels:
        kernel.launch = HostLaunch(functions[f"run_{kernel.name}"])


def _function(kernel: Kernel) -> str:
    head, body = kernel.source().split(") { PLACE\n", 1)
    parameters = head.split(f"{kernel.name}(", 1)[1].split(", ")
    kinds = [parameter.rsplit(" ", 1)[0] for parameter in parameters]
    given = ", ".join(f"({kind})p[{place}]" for place, kind in enumerate(kinds))
    turns = f"for (int b = 0; b < blocks; ++b) for (int t = 0; t < {THREADS}; ++t)"
    call = f'extern "C" void run_{kernel.name}(void** p, int blocks) {{ {turns} {kernel.name}({given}, b, t); }}\n'
    return f"{head}, int block, int thread) {{\n{body}{call}"


class HostLaunch:
    """Calls a compiled function with the tensors' addresses."""

    def __init__(self, function: Callable[..., object]) -> None:
        self._function = function

    def __call__(self, inputs: Sequence[Tensor], results: Sequence[Tensor], blocks: int) -> None:
        pointers = [value.data_ptr() for value in (*inputs, *results)]
        self._function((ctypes.c_void_p * len(pointers))(*pointers), blocks)
