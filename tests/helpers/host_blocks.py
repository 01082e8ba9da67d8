"""Kernels whose threads work together, compiled for the processor: a block's threads are threads of the system.

The tensor-core product follows the layout of fragments in NVIDIA's PTX manual (mma.m16n8k16).
"""

from __future__ import annotations

import ctypes
import subprocess
from pathlib import Path

from helpers.host_kernels import COMPILER, HEAD, HostLaunch

from avatarify.runtimes.fusion.tiled_convolution import TiledConvolution

_BLOCK_HEAD = (
    HEAD
    + """
#include <barrier>
#include <memory>
#include <thread>
#include <vector>
struct uint4 { unsigned int x, y, z, w; };
#define SHARED static
#define TOGETHER together->arrive_and_wait();
#define UNROLL
#define NOTHING uint4{0, 0, 0, 0}
static std::unique_ptr<std::barrier<>> together, of_warp[32];
static unsigned int registers[32][32][6];
thread_local int my_thread;
static float half_of(unsigned int bits, int which) { return from_half((unsigned short)(bits >> 16 * which)); }
static void multiply_add(float* c, unsigned a0, unsigned a1, unsigned a2, unsigned a3, unsigned b0, unsigned b1) {
  const int warp = my_thread / 32, lane = my_thread % 32;
  unsigned int (*all)[6] = registers[warp], mine[6] = {a0, a1, a2, a3, b0, b1};
  memcpy(all[lane], mine, sizeof mine);
  of_warp[warp]->arrive_and_wait();
  for (int i = 0; i < 4; ++i) {
    const int row = lane / 4 + i / 2 * 8, column = lane % 4 * 2 + i % 2;
    for (int k = 0; k < 16; ++k)
      c[i] += half_of(all[row % 8 * 4 + k % 8 / 2][row / 8 + k / 8 * 2], k % 2)
        * half_of(all[column * 4 + k % 8 / 2][4 + k / 8], k % 2);
  }
  of_warp[warp]->arrive_and_wait();
}
"""
)


def compile_blocks_on_host(kernel: TiledConvolution, folder: Path) -> None:
    """Let a kernel run as C, one block after the other."""
    assert COMPILER is not None
    source, library = folder / "block.cpp", folder / "block.so"
    source.write_text(_BLOCK_HEAD + _function(kernel))
    options = ["-O1", "-w", "-std=c++20", "-pthread", "-shared", "-fPIC"]
    subprocess.run([COMPILER, *options, "-o", str(library), str(source)], check=True)
    kernel.launch = HostLaunch(ctypes.CDLL(str(library))["run"])


def _function(kernel: TiledConvolution) -> str:
    head, body = kernel.source().split(") { PLACE\n", 1)
    parameters = head.split(f"{kernel.name}(", 1)[1].split(", ")
    kinds = [parameter.rsplit(" ", 1)[0] for parameter in parameters]
    given = ", ".join(f"({kind})p[{place}]" for place, kind in enumerate(kinds))
    return f"""{head}, int block, int thread) {{
{body}extern "C" void run(void** p, int blocks) {{
  for (auto& one : of_warp) one = std::make_unique<std::barrier<>>(32);
  together = std::make_unique<std::barrier<>>({kernel.threads});
  for (int b = 0; b < blocks; ++b) {{
    std::vector<std::thread> threads;
    for (int t = 0; t < {kernel.threads}; ++t)
      threads.emplace_back([=] {{ my_thread = t; {kernel.name}({given}, b, t); }});
    for (auto& one : threads) one.join();
  }}
}}
"""
