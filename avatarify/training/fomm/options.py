"""Options of a training run, and its progress."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class TrainOptions:
    """One training run. The recipe says what to train; these options say where, how long, and on what data.

    Attributes:
        data: Folder of clips.
        out: Folder for the checkpoint, weights, curves, and sheets; a second run resumes there.
        features: File of a feature network (see ``load_features``); None for the fixed one.
        steps: Stop after this one, counted over all runs; the recipe's T if None.
        minutes: Stop this run after this many minutes; None for no limit.
        precision: ``auto``, ``fp32``, ``bf16`` or ``fp16``.
        save_every_s: Seconds between checkpoints.
        save_every_steps: Steps between checkpoints.
        sheet_every: Steps between sample sheets.
        workers: Threads that decode images.
        seed: Seed of weights, pairs, and augmentation.
    """

    data: Path
    out: Path
    features: Path | None = None
    steps: int | None = None
    minutes: float | None = None
    precision: str = "auto"
    save_every_s: float = 120.0
    save_every_steps: int = 1000
    sheet_every: int = 500
    workers: int = 4
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """Progress of a training run.

    Attributes:
        step: Steps done.
        steps: Total number of steps.
        losses: Means since the last report.
        samples_per_s: Samples per second of this run; NaN at its start.
        left_s: Seconds until this run ends; NaN at its start.
    """

    step: int
    steps: int
    losses: dict[str, float]
    samples_per_s: float
    left_s: float


Show = Callable[[Progress], None]
