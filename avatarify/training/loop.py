"""A training loop with a time budget: progress, checkpoints, resuming, and a stop at NaN."""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import torch
from torch import Tensor, nn

from avatarify.errors import ModelError
from avatarify.files import open_atomic

Losses = dict[str, Tensor]
Weights = Mapping[str, Tensor]


class Loop:
    """Trains one module until its time is used up, and resumes where an earlier run stopped.

    Args:
        net: The module to train.
        folder: Where ``checkpoint.pt`` is kept.
        minutes: Total training time, including earlier runs; the learning rate follows it.
        rate: Peak learning rate (AdamW; warm-up, then a cosine down to 3 %).
        first: Initial weights by name, trained at half the rate. Parameters they lack start from random values.
        save_every_s: Seconds between checkpoints.
    """

    def __init__(
        self,
        net: nn.Module,
        folder: Path,
        minutes: float,
        rate: float,
        first: Weights | None = None,
        save_every_s: float = 90,
    ) -> None:
        self.net, self.budget, self.rate, self.save_every_s = net, minutes * 60, rate, save_every_s
        if first is not None:
            self.net.load_state_dict(dict(first), strict=False)
            self.rate = rate / 2
        self.optimizer = torch.optim.AdamW(net.parameters(), rate, weight_decay=1e-2)
        self.file = folder / "checkpoint.pt"
        self.spent = 0.0
        self.step = 0
        self.report: Callable[[str], None] = lambda line: print(line, file=sys.stderr, flush=True)  # noqa: T201
        folder.mkdir(parents=True, exist_ok=True)
        if self.file.exists():
            self._resume()

    def _resume(self) -> None:
        state = torch.load(self.file, weights_only=True)
        self.net.load_state_dict(state["net"])
        self.optimizer.load_state_dict(state["optimiser"])
        self.spent, self.step = state["spent"], state["step"]

    def save(self) -> None:
        """Write the checkpoint atomically: a kill leaves the previous one intact."""
        state = {"net": self.net.state_dict(), "optimiser": self.optimizer.state_dict()}
        with open_atomic(self.file) as stream:
            torch.save({**state, "spent": self.spent, "step": self.step}, stream)

    def _set_rate(self) -> None:
        done = min(1.0, self.spent / self.budget)
        rate = self.rate * min(1.0, (self.step + 1) / 100) * (0.03 + 0.97 * (1 + math.cos(math.pi * done)) / 2)
        for group in self.optimizer.param_groups:
            group["lr"] = rate

    def run(self, losses: Callable[[], Losses], report_every: int = 100) -> None:
        """Take optimizer steps on ``losses()["total"]`` until the time is up.

        Raises:
            ModelError: the loss is not a finite number; the last checkpoint is kept.
        """
        last_save = last_report = time.monotonic()
        sums: dict[str, float] = {}
        while self.spent < self.budget:
            began = time.monotonic()
            self._set_rate()
            found = losses()
            total = float(found["total"].detach())
            if not math.isfinite(total):
                raise ModelError(
                    "The loss became {total} at step {step}.", "Lower the learning rate.", total=total, step=self.step
                )
            self.optimizer.zero_grad()
            found["total"].backward()
            nn.utils.clip_grad_norm_(self.net.parameters(), 2.0)
            self.optimizer.step()
            self.step += 1
            for key, value in found.items():
                sums[key] = sums.get(key, 0.0) + float(value.detach())
            now = time.monotonic()
            self.spent += now - began
            if self.step % report_every == 0:
                means = " ".join(f"{key} {value / report_every:.4f}" for key, value in sums.items())
                rate = report_every / (now - last_report)
                self.report(f"step {self.step} {self.spent:.0f}/{self.budget:.0f} s {means} ({rate:.2f}/s)")
                sums, last_report = {}, now
            if now - last_save > self.save_every_s:
                self.save()
                last_save = now
        self.save()
