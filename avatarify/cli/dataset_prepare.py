"""``avatarify dataset prepare``: clips out of one's own copies of videos: heads, bodies, robots."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from avatarify.cli.common import add_workers, count, give, show_warnings
from avatarify.errors import UsageError
from avatarify.messages import printable

if TYPE_CHECKING:
    from avatarify.training.data.prepare_job import VideoResult

SUMMARY = "crop videos of heads or other objects to clips of one size"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what is cropped, where to, and what is good enough."""
    parser.add_argument(
        "videos", metavar="VIDEO_DIR", type=Path, help="folder of videos, with one subfolder per person"
    )
    parser.add_argument(
        "-o",
        "--output",
        dest="out",
        required=True,
        type=Path,
        metavar="DIR",
        help="folder of the data set; run again to resume",
    )
    how = parser.add_mutually_exclusive_group()
    how.add_argument(
        "--crop", choices=("head", "whole"), default="head", help="follow heads, or take the center of every frame"
    )
    how.add_argument(
        "--table", type=Path, metavar="CSV", help="table of segments and boxes, as published with the data set"
    )
    parser.add_argument("--size", type=count, default=256, metavar="PIXELS", help="side of a frame (default: 256)")
    parser.add_argument("--min-frames", type=count, default=64, metavar="N", help="skip shorter clips (64)")
    parser.add_argument("--max-frames", type=count, default=1024, metavar="N", help="split longer clips (1024)")
    parser.add_argument(
        "--min-side", type=count, metavar="PIXELS", help="skip heads that are smaller in the video (default: --size)"
    )
    add_workers(parser)


def run(args: argparse.Namespace) -> int:
    """Prepare what was not prepared yet; what came of each video goes to stderr."""
    from avatarify.training.data.prepare import prepare
    from avatarify.training.data.prepare_job import PrepareJob

    if not 32 <= args.size <= 1024:
        raise UsageError("--size {size} is out of range.", "Choose 32 to 1024 pixels.", size=args.size)
    if args.min_frames > args.max_frames:
        raise UsageError("--min-frames is greater than --max-frames.", "Choose a smaller value.")
    least = args.min_side or args.size
    job = PrepareJob(args.videos, args.out, args.size, args.min_frames, args.max_frames, least, args.crop, args.table)
    report = prepare(job, args.workers, _show)
    show_warnings(report)
    give(
        args,
        report,
        f"{report['clips']} clips, {report['frames']} frames in {args.out} ({report['prepared']} new videos).",
    )
    return 0


def _show(done: int, total: int, result: VideoResult) -> None:
    left_out = [f"{number} too {what}" for what, number in (("short", result.short), ("small", result.small)) if number]
    outcome = result.problem or ", ".join([f"{result.clips} clips, {result.frames} frames", *left_out])
    sys.stderr.write(printable(f"{done}/{total} {result.video}: {outcome}\n"))
    sys.stderr.flush()
