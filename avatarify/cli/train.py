"""``avatarify train``: train the built-in model on rendered humans, or the paper's model on any clips."""

from __future__ import annotations

import argparse
import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from avatarify.cli.common import count, give
from avatarify.errors import UsageError
from avatarify.training.fomm.config import CONFIGS, override

if TYPE_CHECKING:
    from avatarify.training.fomm.options import Progress, TrainOptions

SUMMARY = "train a model on rendered people or on your own clips"
MOBILE = "mobile-256"
PARTS = ("keypoints", "details", "generator", "closeups")
_MOBILE_ONLY = ("only", "begin_from")
_PAPER_ONLY = ("features", "set", "steps", "device", "precision", "save_seconds", "save_steps", "sheet_steps", "seed")
_SIGNALLED = 128


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare data, result and time, then what only one kind of model takes."""
    parser.add_argument("config", choices=(MOBILE, *CONFIGS), help="what to train")
    parser.add_argument("--data", required=True, type=Path, help="folder of clips (mobile-256: rendered ones)")
    parser.add_argument(
        "-o", "--output", dest="out", required=True, type=Path, help="folder for checkpoints; run again to resume"
    )
    parser.add_argument(
        "--minutes", type=float, help="training time of this run; for mobile-256, of each part over all runs (60)"
    )
    own = parser.add_argument_group(MOBILE)
    own.add_argument("--only", choices=PARTS, help="train one part; the model is written once all are trained")
    own.add_argument(
        "--begin-from", metavar="FILE", type=Path, help="start from a model's weights, at half the learning rate"
    )
    _add_paper(parser.add_argument_group(", ".join(CONFIGS)))


def _add_paper(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--features", metavar="FILE", type=Path, help="VGG state dict (default: random weights)")
    group.add_argument("--set", nargs="+", metavar="KEY=VALUE", help="change the recipe, for example batch=4 steps=500")
    group.add_argument("--steps", type=count, metavar="N", help="stop after step N, counted over all runs")
    group.add_argument("--device", choices=("auto", "cpu", "cuda"), help="(default: auto)")
    group.add_argument("--precision", choices=("auto", "fp32", "bf16", "fp16"), help="(default: auto)")
    group.add_argument("--save-seconds", type=float, metavar="S", help="write a checkpoint every S seconds (120)")
    group.add_argument("--save-steps", type=count, metavar="N", help="write a checkpoint every N steps (1000)")
    group.add_argument(
        "--sheet-steps", type=count, metavar="N", help="draw a sheet of held-out clips every N steps (500)"
    )
    group.add_argument("--workers", type=count, metavar="N", help="threads that decode images (4)")
    group.add_argument("--seed", type=int, help="random seed (0)")


def run(args: argparse.Namespace) -> int:
    """Train; where it stopped is in the report, and a second call goes on from there."""
    foreign = _PAPER_ONLY if args.config == MOBILE else _MOBILE_ONLY
    for name in foreign:
        if getattr(args, name) is not None:
            raise UsageError(
                "--{option} does not apply to {config}.",
                "Omit the option.",
                option=name.replace("_", "-"),
                config=args.config,
            )
    if args.minutes is not None and not args.minutes > 0:
        raise UsageError("--minutes {minutes:g} is not positive.", "Give a number above 0.", minutes=args.minutes)
    return _train_mobile(args) if args.config == MOBILE else _train_paper(args)


def _train_mobile(args: argparse.Namespace) -> int:
    """Train the parts that are asked for; once all are trained, ``model.safetensors`` is written."""
    from avatarify.training.builtin import train as mobile

    minutes = 60.0 if args.minutes is None else args.minutes
    weights = mobile.train(args.data, args.out, minutes, args.only, args.begin_from)
    result: dict[str, object] = {"config": args.config, "minutes": minutes, "model": weights and str(weights)}
    give(args, result, f"Written to {weights or args.out}.")
    return 0


def _train_paper(args: argparse.Namespace) -> int:
    config = override(CONFIGS[args.config], args.set or ())
    from avatarify.training.fomm.processes import joined
    from avatarify.training.fomm.trainer import Trainer

    with joined(args.device or "auto") as processes:
        report = Trainer(config, _options(args), processes, _show).run()
    if processes.writes:
        text = f"{report['model']}: {report['steps']} of {report['of']} steps ({report['stopped_by']})."
        give(args, report, text)
    signal = int(str(report["signal"]))
    return _SIGNALLED + signal if signal else 0


def _options(args: argparse.Namespace) -> TrainOptions:
    from avatarify.training.fomm.options import TrainOptions

    given = {
        "features": args.features,
        "steps": args.steps,
        "minutes": args.minutes,
        "precision": args.precision,
        "save_every_s": args.save_seconds,
        "save_every_steps": args.save_steps,
        "sheet_every": args.sheet_steps,
        "workers": args.workers,
        "seed": args.seed,
    }
    return TrainOptions(args.data, args.out, **{name: value for name, value in given.items() if value is not None})


def _show(progress: Progress) -> None:
    losses = ", ".join(f"{name} {value:.4g}" for name, value in progress.losses.items())
    pace = ""
    if not math.isnan(progress.samples_per_s):
        pace = f", {progress.samples_per_s:.2f} samples/s, {_time(progress.left_s)} left"
    sys.stderr.write(f"step {progress.step}/{progress.steps}: {losses}{pace}\n")
    sys.stderr.flush()


def _time(seconds: float) -> str:
    minutes, rest = divmod(max(0, round(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
