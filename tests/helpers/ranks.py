"""A program for torchrun: each process makes one step on pairs of its own and writes its gradients and weights."""

import sys
from pathlib import Path
from typing import Any

import torch

from avatarify.training.fomm.config import CONFIGS, override
from avatarify.training.fomm.features import load_features
from avatarify.training.fomm.learner import Learner
from avatarify.training.fomm.processes import joined
from avatarify.training.fomm.step import Precision


def pairs(rank: int) -> Any:
    """Return the pairs of a process (2, 2, 64, 64, 3) uint8."""
    return torch.randint(0, 256, (2, 2, 64, 64, 3), dtype=torch.uint8, generator=torch.Generator().manual_seed(rank))


def one_step(processes: Any) -> Any:
    """Make the first step; return gradients and weights by name."""
    config = override(CONFIGS["vox-adv-256"], ["sizes=tiny"])
    learner = Learner(config, load_features(None), processes, Precision("cpu", torch.float32), seed=0)
    learner.learn(pairs(processes.rank), 0)
    assert learner._discriminator is not None
    networks = {"model": learner.model, "judge": learner._discriminator}
    named = [(f"{name}.{key}", p) for name, network in networks.items() for key, p in network.named_parameters()]
    return {"grads": {key: p.grad for key, p in named}, "weights": {key: p.detach() for key, p in named}}


if __name__ == "__main__":
    with joined("cpu") as own:
        torch.save(one_step(own), Path(sys.argv[1]) / f"rank{own.rank}.pt")
