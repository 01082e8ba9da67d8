"""``avatarify bench``: each stage and each runtime, timed side by side on this machine."""

from __future__ import annotations

import argparse
from pathlib import Path

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
        help="runtimes to time (see avatarify doctor); torch is included where it is installed",
    )
    parser.add_argument("--frames", type=count, default=100, metavar="N", help="frames per runtime (100)")
    parser.add_argument(
        "--rounds", type=count, default=5, metavar="N", help="rounds, in which the runtimes take turns (5)"
    )
    parser.add_argument("--portrait", default="mona-lisa", help="portrait: a name or an image file")
    parser.add_argument("--size", default="1280x720", metavar="WxH", help="output size (1280x720)")
    parser.add_argument(
        "--isa", choices=("avx2", "sse41"), help="use no newer instructions, to see what an older processor gets"
    )
    parser.add_argument(
        "--against",
        type=Path,
        metavar="DIR",
        help="instead, time live sessions of another checkout of Avatarify in turns with this one",
    )


def run(args: argparse.Namespace) -> int:
    """Time and print the table, or the ratios to another checkout."""
    if args.isa is not None:
        from avatarify.bench.isa import limit_instructions

        limit_instructions(args.isa)  # before any library is imported
    return _compare_runtimes(args) if args.against is None else _against(args)


def _compare_runtimes(args: argparse.Namespace) -> int:
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
        isa=args.isa,
    )
    with ProgressLine() as line:
        report = bench(options, line.note, line.watch())
    give(args, report, markdown(report))
    return 0


def _against(args: argparse.Namespace) -> int:
    from avatarify.bench.against import against, against_text
    from avatarify.bench.live_run import LiveRunOptions

    runtime = "auto" if args.runtime == "all" else args.runtime
    options = LiveRunOptions(args.model, runtime, args.portrait, args.size)
    with ProgressLine() as line:
        report = against(args.against, options, args.frames, args.rounds, line.note)
    give(args, {**report, "isa": args.isa}, against_text(report))
    return 0
