"""``avatarify evaluate``: self-reenactment on a folder of clips."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from avatarify.cli.common import count, give
from avatarify.errors import InputError

SUMMARY = "measure on a folder of clips how well results follow their drivers"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the suite and the model."""
    parser.add_argument("--suite", required=True, metavar="DIR", type=Path, help="folder of video clips, one face each")
    parser.add_argument("--model", default="built-in", help="which model animates (see avatarify models list)")
    parser.add_argument("--runtime", default="auto", help="what executes the model (see avatarify doctor)")
    parser.add_argument("--stride", type=count, default=1, metavar="N", help="take every N-th frame (default: all)")
    parser.add_argument("--sheets", metavar="DIR", type=Path, help="write a contact sheet of each clip into DIR")


def run(args: argparse.Namespace) -> int:
    """Evaluate clip by clip; a clip without a face is told and left out."""
    from avatarify.animate.model import AnimationModel
    from avatarify.evaluation.reenactment import evaluate_clip, mean_figures
    from avatarify.evaluation.sheet import Sheet
    from avatarify.evaluation.table import markdown
    from avatarify.runtimes.choose import choose_runtime
    from avatarify.zoo.registry import find_model

    clips = sorted(args.suite.glob("*.mp4")) if args.suite.is_dir() else []
    if not clips:
        raise InputError(f"There are no clips (*.mp4) in {args.suite}.", "Give a folder of video files.")
    entry = find_model(args.model)
    chosen = choose_runtime(entry, args.runtime)
    model = AnimationModel(chosen.runtime, tight_keypoints=entry.manifest.kind == "mobile")
    done, left_out = [], []
    for number, clip in enumerate(clips, 1):
        print(f"{number}/{len(clips)} {clip.name}", file=sys.stderr)
        sheet = Sheet() if args.sheets else None
        try:
            done.append(evaluate_clip(clip, model, stride=args.stride, keep=sheet.add if sheet else None))
        except InputError as error:
            left_out.append(str(error))
        if sheet is not None:
            sheet.save(args.sheets / f"{clip.stem}.jpg")
    chosen.runtime.close()
    if not done:
        raise InputError(f"No clip in {args.suite} could be used.", left_out[0])
    mean = mean_figures(done)
    report = {
        "suite": str(args.suite),
        "model": args.model,
        "runtime": chosen.runtime.name,
        "device": chosen.runtime.device,
        "stride": args.stride,
        "mean": mean,
        "clips": done,
        "warnings": left_out,
    }
    give(args, report, markdown(done, mean))
    return 0
