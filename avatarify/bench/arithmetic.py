"""Counts the operations of a model, and measures how fast this machine could do them at best."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from avatarify.runtimes.probe import version

if TYPE_CHECKING:
    from avatarify.zoo.manifest import ModelEntry

_SIDE = 1024
_REPEATS = 15


def count_macs(entry: ModelEntry) -> dict[str, float]:
    """Count the multiply-accumulate operations (MACs) of each graph, in millions; nothing where torch is not installed.

    Only convolutions and matrix products of the reference count, as torch's ``FlopCounterMode`` sees them.
    """
    if not version("torch"):
        return {}
    import torch
    from torch.utils.flop_counter import FlopCounterMode

    from avatarify.zoo.load import load_networks

    counts = {}
    for name, graph in load_networks(entry).items():
        with FlopCounterMode(display=False) as counter, torch.no_grad():
            graph.module(*graph.inputs.values())
        counts[name] = counter.get_total_flops() / 2 / 1e6
    return counts


def measure_peak(cuda: bool = False) -> float:
    """Measure the peak rate of float32 matrix products.

    Args:
        cuda: Measure the NVIDIA GPU with torch instead of the CPU with numpy.

    Returns:
        10**9 multiply-accumulate operations per second; 0 if torch cannot use the GPU.
    """
    if cuda and not _torch_has_cuda():
        return 0.0
    multiply = _on_cuda() if cuda else _on_cpu()
    multiply()
    return max(_SIDE**3 / 1e9 / _seconds(multiply) for _ in range(_REPEATS))


def _torch_has_cuda() -> bool:
    if not version("torch"):
        return False
    import torch

    return bool(torch.cuda.is_available())


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _on_cpu() -> Callable[[], object]:
    matrix = np.random.default_rng(0).random((_SIDE, _SIDE), np.float32)
    return lambda: matrix @ matrix


def _on_cuda() -> Callable[[], object]:
    import torch

    matrix = torch.rand(_SIDE, _SIDE, device="cuda")

    def multiply() -> None:
        torch.mm(matrix, matrix)
        torch.cuda.synchronize()

    return multiply
