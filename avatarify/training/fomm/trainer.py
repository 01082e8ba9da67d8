"""Run a recipe: time limits, checkpoints, curves, sheets, and the final report."""

from __future__ import annotations

import contextlib
import math
from pathlib import Path

import torch
from torch import Tensor

from avatarify.errors import InputError, ModelError, UsageError
from avatarify.training.data.open_clips import open_clips
from avatarify.training.fomm.board import Board
from avatarify.training.fomm.checkpoint import FILE_NAME, load_checkpoint, save_checkpoint
from avatarify.training.fomm.clock import Clock, Means
from avatarify.training.fomm.config import PaperConfig
from avatarify.training.fomm.features import load_features
from avatarify.training.fomm.interrupt import Interruption
from avatarify.training.fomm.learner import Learner
from avatarify.training.fomm.options import Progress, Show, TrainOptions
from avatarify.training.fomm.pairs import PairLoader, PairSampler, read_pair
from avatarify.training.fomm.processes import Processes
from avatarify.training.fomm.release import release
from avatarify.training.fomm.sheet import examine
from avatarify.training.fomm.step import Losses, Precision
from avatarify.training.fomm.throughput import operations_per_sample, peak_of

_HELD_OUT_PAIRS = 16
DTYPES = {"fp32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16}


class Trainer:
    """One training run in one process.

    Args:
        config: The recipe.
        options: Options that do not change the result.
        processes: This process among the others.
        show: Called with the progress every few seconds, in the process that writes.

    Raises:
        InputError: data or feature network cannot be used.
        ModelError: the checkpoint is damaged.
        UsageError: the checkpoint belongs to another recipe, or the batch cannot be divided.
    """

    def __init__(self, config: PaperConfig, options: TrainOptions, processes: Processes, show: Show) -> None:
        self.config, self.options, self.processes, self._show = config, options, processes, show
        if config.batch % processes.world:
            raise UsageError(
                "A batch of {batch} cannot be divided among {world} processes.",
                "Choose another batch size.",
                batch=config.batch,
                world=processes.world,
            )
        self.clips, self.held_out = open_clips(options.data).split()
        if max(clip.frames for clip in self.clips) < 2:
            raise InputError(
                "The clips in {data} have only one frame each.", "Training needs pairs of frames.", data=options.data
            )
        self.precision = choose_precision(options.precision, processes.device)
        self._features = load_features(options.features)
        self.learner = Learner(config, self._features, processes, self.precision, options.seed)
        self.step, self.seconds = 0, 0.0
        self._resume()
        self._clock = Clock(config.batch)
        self._sums = Means()
        self._l1: float | None = None
        self._l1_still: float | None = None

    @property
    def last_step(self) -> int:
        """The last step of this run: the recipe's T, or earlier if requested."""
        return min(self.config.steps, self.options.steps or self.config.steps)

    def run(self) -> dict[str, object]:
        """Train until the end, the limit, or an interruption; return the report (see docs/lab/training.md).

        Raises:
            InputError: the folder cannot be written.
            ModelError: a loss or weight is not finite (the last checkpoint is kept), or the disk cannot be written.
        """
        options, share = self.options, (self.processes.rank, self.processes.world)
        size, sampler = self.learner.model.size, PairSampler(self.clips, options.seed)
        if self.processes.writes:
            _make(options.out)
        with (
            PairLoader(self.clips, size, sampler, self.config.batch, share, options.workers) as loader,
            Interruption() as interruption,
            Board(options.out, self.step) if self.processes.writes else contextlib.nullcontext() as board,
        ):
            while not (reason := self._reason_to_stop(interruption)):
                self._one(loader.batch(self.step), board)
            self._save()
            if reason != "interrupted":
                self._look(board)
            return self._report(reason, interruption.signal, board)

    def _one(self, pairs: Tensor, board: Board | None) -> None:
        losses = self._checked(self.learner.learn(pairs, self.step))
        self.step += 1
        self._clock.tick()
        self._sums.add(losses)
        options = self.options
        if self._clock.since_save() > options.save_every_s or self.step % options.save_every_steps == 0:
            self._save()
        if self._clock.report_is_due():
            self._tell(board)
        if self.step % options.sheet_every == 0:
            self._look(board)

    def _checked(self, losses: Losses) -> dict[str, float]:
        values = dict(zip(losses, torch.stack(list(losses.values())).tolist(), strict=True))
        for name, value in values.items():
            if not math.isfinite(value):
                raise ModelError(
                    "The loss {name} became {value} at step {step}; nothing was saved after it.",
                    "Resume from the last checkpoint with a lower rate or --precision fp32.",
                    name=name,
                    value=value,
                    step=self.step,
                )
        return values

    def _reason_to_stop(self, interruption: Interruption) -> str:
        if self.step >= self.last_step:
            return "end" if self.step >= self.config.steps else "steps"
        late = self.options.minutes is not None and self._clock.seconds() >= self.options.minutes * 60
        own = 2 if interruption.signal else int(late)
        return ("", "minutes", "interrupted")[self.processes.highest(own)]

    def _resume(self) -> None:
        state = load_checkpoint(self.options.out, self.config, self.processes.device)
        if state is not None:
            if state["seed"] != self.options.seed:
                raise UsageError(
                    "{out} was started with --seed {first}, not {seed}.",
                    "Use the same seed, or another --output.",
                    out=self.options.out,
                    first=state["seed"],
                    seed=self.options.seed,
                )
            self.learner.load(state)
            self.step, self.seconds = state["step"], state["seconds"]

    def _save(self) -> None:
        self._clock.saved()
        if not self.processes.writes:
            return
        if not self.learner.is_finite():
            raise ModelError(
                "The weights are no longer finite after step {step}; the last checkpoint is kept.",
                "Resume from it with a lower rate or --precision fp32.",
                step=self.step,
            )
        seconds = self.seconds + self._clock.seconds()
        state = {**self.learner.state(), "step": self.step, "seconds": seconds, "seed": self.options.seed}
        save_checkpoint(self.options.out, self.config, state)

    def _tell(self, board: Board | None) -> None:
        losses, rate = self._sums.take(), self._clock.samples_per_s()
        if board is None:
            return
        board.scalars({**losses, "rate": self.config.learning_rate(self.step), "samples a second": rate}, self.step)
        self._show(Progress(self.step, self.last_step, losses, rate, self._left_s(rate)))

    def _left_s(self, rate: float) -> float:
        by_steps = (self.last_step - self.step) * self.config.batch / rate if rate else math.nan
        if self.options.minutes is None:
            return by_steps
        by_time = max(0.0, self.options.minutes * 60 - self._clock.seconds())
        return by_time if math.isnan(by_steps) else min(by_steps, by_time)

    def _look(self, board: Board | None) -> None:
        """Animate held-out pairs, always the same ones."""
        if board is None:
            return
        size, model = self.learner.model.size, self.learner.model
        chosen = PairSampler(self.held_out).draw(0, _HELD_OUT_PAIRS)
        pairs = torch.stack([read_pair(self.held_out, pair, size) for pair in chosen])
        frames = pairs.to(self.processes.device).permute(0, 1, 4, 2, 3).float() / 255
        source, driving = frames.unbind(1)
        sheet, self._l1 = examine(model, source, driving)
        self._l1_still = float((source - driving).abs().mean())
        board.sheet(sheet, self.step)
        board.scalars({"held-out l1": self._l1, "held-out l1 of the still source": self._l1_still}, self.step)

    def _report(self, reason: str, signal: int, board: Board | None) -> dict[str, object]:
        options, config, rate = self.options, self.config, self._clock.samples_per_s()
        if board is None:
            return {"stopped_by": reason, "signal": signal}
        operations = operations_per_sample(config, self._features)
        device = _device_name(self.processes.device)
        peak = peak_of(device, self.precision.dtype)
        world = self.processes.world
        origin = f"trained with avatarify train {config.name}, {self.step} steps"
        return {
            "config": config.name,
            "steps": self.step,
            "of": config.steps,
            "stopped_by": reason,
            "signal": signal,
            "seconds": round(self.seconds + self._clock.seconds(), 1),
            "samples_per_s": None if math.isnan(rate) else round(rate, 3),
            "gflops_per_sample": round(operations / 1e9, 3),
            "peak_fraction": None if peak is None or math.isnan(rate) else round(rate * operations / (peak * world), 4),
            "device": device,
            "precision": next(name for name, dtype in DTYPES.items() if dtype == self.precision.dtype),
            "processes": world,
            "features": "random" if options.features is None else str(options.features),
            "clips": len(self.clips),
            "losses": self._sums.last,
            "held_out_l1": self._l1,
            "held_out_l1_still": self._l1_still,
            "checkpoint": str(options.out / FILE_NAME),
            "model": str(release(options.out, self.learner.model, config.sizes, origin)),
            "warnings": board.warnings,
        }


def choose_precision(choice: str, device: torch.device) -> Precision:
    """Return the precision that ``auto`` selects: bfloat16 where it is fast, else float16 on CUDA, float32 on a CPU.

    Raises:
        UsageError: float16 was requested on a CPU.
    """
    if choice == "fp16" and device.type == "cpu":
        raise UsageError("A CPU cannot train in fp16.", "Use --precision bf16 or fp32.")
    if choice != "auto":
        return Precision(device.type, DTYPES[choice])
    if device.type == "cuda":
        return Precision("cuda", torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float16)
    return Precision("cpu", torch.float32)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            "{folder} cannot be written: {reason}.",
            "Choose another folder with --output.",
            folder=folder,
            reason=error.strerror,
        ) from error


def _device_name(device: torch.device) -> str:
    return torch.cuda.get_device_name(device) if device.type == "cuda" else "CPU"
