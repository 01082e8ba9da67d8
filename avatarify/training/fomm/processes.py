"""A single process, or several started by torchrun that average their gradients; only the first one writes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from torch import nn

from avatarify.errors import UsageError


@dataclass(frozen=True, slots=True)
class Processes:
    """This process among the others.

    Attributes:
        rank: Its index, from 0.
        world: Number of processes.
        device: The device it computes on.
    """

    rank: int
    world: int
    device: torch.device

    @property
    def writes(self) -> bool:
        """Whether this process writes files and reports."""
        return self.rank == 0

    def shared(self, network: nn.Module) -> nn.Module:
        """Return the network with gradients averaged over all processes, starting from the first process's weights."""
        if self.world == 1:
            return network
        if self.device.type == "cuda":
            network = nn.SyncBatchNorm.convert_sync_batchnorm(network)
        ids = [self.device.index] if self.device.type == "cuda" else None
        return nn.parallel.DistributedDataParallel(network, device_ids=ids)

    def highest(self, number: int) -> int:
        """Return the maximum over all processes; every process must call it."""
        if self.world == 1:
            return number
        value = torch.tensor([number])
        torch.distributed.all_reduce(value, torch.distributed.ReduceOp.MAX)
        return int(value.item())


@contextmanager
def joined(device: str) -> Iterator[Processes]:
    """Join the other processes if torchrun started several.

    Args:
        device: ``auto``, ``cpu`` or ``cuda``.

    Raises:
        UsageError: CUDA is requested but not available.
    """
    if device == "cuda" and not torch.cuda.is_available():
        raise UsageError("No CUDA device found.", "Use --device cpu, or install a CUDA build of torch.")
    kind = device if device != "auto" else ("cuda" if torch.cuda.is_available() else "cpu")
    world, local = int(os.environ.get("WORLD_SIZE", "1")), int(os.environ.get("LOCAL_RANK", "0"))
    own = torch.device(kind, local) if kind == "cuda" else torch.device("cpu")
    if kind == "cuda":
        torch.cuda.set_device(own)
        torch.backends.cudnn.benchmark = True  # shapes never change, so let cuDNN search for the fastest kernels once
    if world == 1:
        yield Processes(0, 1, own)
        return
    # Gloo beside NCCL: flags live on the CPU, and reading them must not wait for the GPU.
    torch.distributed.init_process_group("cpu:gloo,cuda:nccl" if kind == "cuda" else "gloo")
    try:
        yield Processes(int(os.environ["RANK"]), world, own)
    finally:
        torch.distributed.destroy_process_group()
