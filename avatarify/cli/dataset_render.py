"""``avatarify dataset render``: films of synthetic people with exact ground truth."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from avatarify.cli.common import count, give
from avatarify.errors import UsageError

SUMMARY = "render synthetic talking heads with exact ground truth"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what is rendered, and where to."""
    parser.add_argument("--out", required=True, type=Path, metavar="DIR", help="the data set; a second call resumes it")
    parser.add_argument("--identities", type=count, default=100, metavar="N", help="how many people (default: 100)")
    parser.add_argument("--frames", type=even, default=8, metavar="M", help="pictures of each, even (default: 8)")
    parser.add_argument("--seed", type=int, default=0, metavar="S", help="another number, other people (default: 0)")
    parser.add_argument("--size", type=count, default=256, metavar="PIXELS", help="side of a picture (default: 256)")
    parser.add_argument("--assets", type=Path, metavar="DIR", help="skins, hair and other textures (default: drawn)")
    parser.add_argument(
        "--workers", type=count, default=os.cpu_count() or 1, metavar="N", help="processes (default: one for each core)"
    )


def even(text: str) -> int:
    """Read an even number from 2: frames come in pairs."""
    value = count(text)
    if value % 2:
        raise argparse.ArgumentTypeError(f"'{text}' is not even: frames come in pairs")
    return value


def run(args: argparse.Namespace) -> int:
    """Render what is missing in the folder."""
    from avatarify.synthetic.dataset import RenderJob, render_dataset

    if not 64 <= args.size <= 1024:
        raise UsageError(f"--size {args.size} is out of range.", "Choose a side from 64 to 1024 pixels.")
    job = RenderJob(args.out, args.identities, args.frames, args.seed, args.size, args.assets)
    report = render_dataset(job, workers=args.workers)
    give(args, report, f"{report['clips']} clips of {args.frames} frames in {args.out} ({report['rendered']} new).")
    return 0
