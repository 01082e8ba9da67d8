"""``avatarify bench``: each stage and each runtime, timed side by side on this machine."""

from __future__ import annotations

import argparse

from avatarify.cli.common import add_any_model, count, give
from avatarify.cli.progress import ProgressLine

SUMMARY = "time each stage and each runtime on this computer"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what is timed."""
    add_any_model(parser)
    parser.add_argument(
        "--runtime",
        default="all",
        metavar="all|A,B",
        help="runtimes to time (see avatarify doctor); the torch reference is always included",
    )
    parser.add_argument("--frames", type=count, default=100, metavar="N", help="frames per runtime (100)")
    parser.add_argument(
        "--rounds", type=count, default=5, metavar="N", help="rounds, in which the runtimes take turns (5)"
    )
    parser.add_argument("--portrait", default="mona-lisa", help="portrait: a name or an image file")
    parser.add_argument("--size", default="1280x720", metavar="WxH", help="output size (1280x720)")


def run(args: argparse.Namespace) -> int:
    """Time and print the table."""
    from avatarify.bench.compare import BenchOptions, bench
    from avatarify.bench.table import markdown
    from avatarify.frames import Size

    options = BenchOptions(
        model=args.model,
        runtimes=() if args.runtime == "all" else tuple(name.strip() for name in args.runtime.split(",")),
        frames=args.frames,
        rounds=args.rounds,
        portrait=args.portrait,
        size=Size.parse(args.size),
    )
    with ProgressLine() as line:
        report = bench(options, line.note, line.watch())
    give(args, report, markdown(report))
    return 0
