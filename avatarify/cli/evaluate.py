"""``avatarify evaluate``: self- and cross-reenactment, a driver that does not move, video reconstruction."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from avatarify.cli import reconstruct
from avatarify.cli.common import add_keypoints, count, give, neutral
from avatarify.cli.progress import ProgressLine
from avatarify.errors import InputError, UsageError
from avatarify.messages import Message, printable

if TYPE_CHECKING:
    from avatarify.animate.model import AnimationModel
    from avatarify.animate.options import MotionOptions
    from avatarify.evaluation.driver import Driver
    from avatarify.evaluation.identity import Descriptor
    from avatarify.evaluation.targets import Verdict
    from avatarify.runtimes.base import Runtime

SUMMARY = "measure how well results follow their drivers on a folder of clips"
STRIDE, CROSS_STRIDE = 1, 4
STILL_FRAMES = 300


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what is measured and with which model."""
    parser.add_argument("--suite", metavar="DIR", type=Path, help="folder of video clips, one face each")
    parser.add_argument(
        "--cross", metavar="DIR|bundled", help="animate these portraits instead of each clip's first frame"
    )
    parser.add_argument("--still", action="store_true", help="measure flicker with a still driver")
    parser.add_argument(
        "--clips", default="", metavar="five|all|A,B", help="clips of the suite (default: all; five with --cross)"
    )
    parser.add_argument("--portrait", default="mona-lisa", help="portrait for --still: a name or an image file")
    parser.add_argument("--model", default="built-in", help="model to use (see avatarify models list)")
    parser.add_argument("--runtime", default="auto", help="runtime that executes the model (see avatarify doctor)")
    parser.add_argument(
        "--neutral",
        type=neutral,
        default="first",
        metavar="first|best",
        help="neutral frame of the driver with --cross",
    )
    add_keypoints(parser)
    parser.add_argument("--no-smoothing", action="store_true", help="do not smooth key points")
    parser.add_argument(
        "--stride", type=count, metavar="N", help=f"use every Nth frame (default: all; {CROSS_STRIDE} with --cross)"
    )
    parser.add_argument(
        "--frames",
        type=count,
        metavar="N",
        help=f"frames of the still driver ({STILL_FRAMES}), or the most frames per clip",
    )
    parser.add_argument("--sheets", metavar="DIR", type=Path, help="write contact sheets into DIR")
    reconstruct.add_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Measure what was asked for."""
    if args.reconstruct is not None:
        return reconstruct.run(args)
    if args.still:
        return _still(args)
    if args.suite is None:
        raise UsageError(
            "No clips are given.", "Add --suite DIR or --reconstruct DIR, or use --still, which needs none."
        )
    return _cross(args) if args.cross else _self(args)


def _self(args: argparse.Namespace) -> int:
    from avatarify.evaluation import targets
    from avatarify.evaluation.driver import choose_clips, list_clips
    from avatarify.evaluation.reenactment import evaluate_clip, mean_figures
    from avatarify.evaluation.sheet import Sheet
    from avatarify.evaluation.table import markdown, shapes_markdown

    clips = choose_clips(list_clips(args.suite), args.clips or "all")
    model, runtime = _open_model(args)
    stride, done, left_out = args.stride or STRIDE, [], []
    for number, clip in enumerate(clips, 1):
        print(printable(f"{number}/{len(clips)} {clip.name}"), file=sys.stderr)
        sheet = Sheet() if args.sheets else None
        try:
            keep = sheet.add if sheet else None
            done.append(evaluate_clip(clip, model, stride=stride, options=_options(args), keep=keep))
        except InputError as error:
            left_out.append(str(error))
        if sheet is not None:
            sheet.save(args.sheets / f"{clip.stem}.jpg")
    runtime.close()
    if not done:
        raise InputError("No clip in {suite} can be used.", Message.of(left_out[0]), suite=args.suite)
    mean = mean_figures(done)
    report = {"suite": str(args.suite), "stride": stride, "mean": mean, "clips": done, "warnings": left_out}
    text = f"{markdown(done, mean)}\n\n{shapes_markdown(mean['shapes'])}"
    return _give(args, report, runtime, text, targets.self_reenactment(done, mean))


def _cross(args: argparse.Namespace) -> int:
    from avatarify.evaluation import cross, targets
    from avatarify.evaluation.bars import worst
    from avatarify.evaluation.driver import choose_clips, list_clips
    from avatarify.evaluation.sheet import PortraitSheet
    from avatarify.evaluation.table import cross_markdown, shapes_markdown

    clips = choose_clips(list_clips(args.suite), args.clips or "five")
    model, runtime = _open_model(args)
    portraits = cross.open_portraits(args.cross)
    stride, warnings = args.stride or CROSS_STRIDE, list[str]()
    drivers = _drivers(clips, stride, warnings)
    driven = cross.Cross(model, _options(args), portraits, _descriptor(warnings), neutral=args.neutral)
    pairs: list[dict[str, Any]] = []
    unmoved: list[dict[str, float]] = []
    for number, portrait in enumerate(portraits, 1):
        print(printable(f"{number}/{len(portraits)} {portrait.name}"), file=sys.stderr)
        sheet = PortraitSheet(portrait.box.cut(portrait.image, 400)) if args.sheets else None
        pairs += [driven.drive(portrait, one, sheet.clip().add if sheet else None).figures() for one in drivers]
        unmoved.append(driven.unmoved(portrait))
        if sheet is not None:
            sheet.save(args.sheets / f"{portrait.name}.jpg")
    runtime.close()
    mean, rows = cross.summarize(pairs), cross.by_portrait(pairs)
    for row, change in zip(rows, unmoved, strict=True):
        row["unmoved"] = change
    mean["unmoved"] = worst(unmoved)
    report = {
        "suite": str(args.suite),
        "portraits": [portrait.name for portrait in portraits],
        "drivers": [driver.name for driver in drivers],
        "stride": stride,
        "neutral": args.neutral,
        "mean": mean,
        "by_portrait": rows,
        "pairs": pairs,
        "warnings": warnings,
    }
    text = f"{cross_markdown(rows, mean)}\n\n{shapes_markdown(mean['shapes'])}"
    return _give(args, report, runtime, text, targets.cross_reenactment(mean))


def _still(args: argparse.Namespace) -> int:
    from avatarify.animate.portrait import load_portrait
    from avatarify.evaluation import still, targets

    model, runtime = _open_model(args)
    portrait = load_portrait(args.portrait)
    image = still.demo_frame()
    figures = {
        name: still.shimmer(
            model, portrait, still.still_frames(image, args.frames or STILL_FRAMES, sigma), _options(args)
        )
        for name, sigma in still.NOISE.items()
    }
    runtime.close()
    report = {"portrait": portrait.name, "changes": figures, "warnings": []}
    return _give(args, report, runtime, "", targets.still_driver({k: v["mean"] for k, v in figures.items()}))


def _options(args: argparse.Namespace) -> MotionOptions:
    from avatarify.animate.options import MotionOptions

    return MotionOptions(smoothing=not args.no_smoothing, keypoints=args.keypoints)


def _open_model(args: argparse.Namespace) -> tuple[AnimationModel, Runtime]:
    from avatarify.animate.model import AnimationModel
    from avatarify.engines.choose import choose_runtime
    from avatarify.zoo.registry import find_model

    entry = find_model(args.model)
    with ProgressLine() as line:
        runtime = choose_runtime(entry, args.runtime, watch=line.watch()).runtime
    return AnimationModel(runtime, tight_keypoints=entry.manifest.kind == "mobile"), runtime


def _drivers(clips: list[Path], stride: int, warnings: list[str]) -> list[Driver]:
    from avatarify.evaluation.driver import read_driver

    drivers = []
    for clip in clips:
        try:
            drivers.append(read_driver(clip, stride))
        except InputError as error:
            warnings.append(str(error))
    if not drivers:
        raise InputError("None of the clips can be used.", Message.of(warnings[0]))
    return drivers


def _descriptor(warnings: list[str]) -> Descriptor | None:
    from avatarify.evaluation import identity

    if identity.weights() is None:
        warnings.append(identity.MISSING)
        print(printable(f"avatarify: {identity.MISSING}"), file=sys.stderr)
        return None
    return identity.Descriptor()


def _give(args: argparse.Namespace, report: dict[str, Any], runtime: Runtime, text: str, judged: list[Verdict]) -> int:
    from avatarify.evaluation import targets
    from avatarify.evaluation.table import verdicts

    facts = {"model": args.model, "runtime": runtime.name, "device": runtime.device}
    give(args, facts | report | {"passes": targets.as_report(judged)}, f"{text}\n\n{verdicts(judged)}".strip())
    return 0
