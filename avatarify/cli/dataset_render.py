"""``avatarify dataset render``: films of synthetic heads with exact ground truth, of robot arms or of bodies."""

from __future__ import annotations

import argparse
from pathlib import Path

from avatarify.cli.common import add_workers, count, give
from avatarify.errors import UsageError

SUMMARY = "render synthetic talking heads with exact ground truth, robot arms, or moving bodies"
KINDS = ("heads", "arm", "body")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what is rendered, and where to."""
    parser.add_argument(
        "-o",
        "--output",
        dest="out",
        required=True,
        type=Path,
        metavar="DIR",
        help="folder of the data set; run again to resume",
    )
    parser.add_argument("--kind", choices=KINDS, default="heads", help="what to render (default: heads)")
    parser.add_argument(
        "--identities", type=count, default=100, metavar="N", help="number of identities (default: 100)"
    )
    parser.add_argument(
        "--frames", type=even, default=8, metavar="M", help="frames per identity, an even number (default: 8)"
    )
    parser.add_argument("--seed", type=int, default=0, metavar="S", help="random seed (default: 0)")
    parser.add_argument("--size", type=count, default=256, metavar="PIXELS", help="side of a frame (default: 256)")
    parser.add_argument(
        "--assets", type=Path, metavar="DIR", help="textures of skin, hair, and clothes (default: drawn)"
    )
    add_workers(parser)


def even(text: str) -> int:
    """Read an even number from 2: frames come in pairs."""
    value = count(text)
    if value % 2:
        raise argparse.ArgumentTypeError(f"'{text}' is not even; frames come in pairs")
    return value


def run(args: argparse.Namespace) -> int:
    """Render what is missing in the folder."""
    if not 64 <= args.size <= 1024:
        raise UsageError("--size {size} is out of range.", "Choose 64 to 1024 pixels.", size=args.size)
    report = _heads(args) if args.kind == "heads" else _figures(args)
    give(args, report, f"{report['clips']} clips of {args.frames} frames in {args.out} ({report['rendered']} new).")
    return 0


def _heads(args: argparse.Namespace) -> dict[str, object]:
    from avatarify.synthetic.dataset import RenderJob, render_dataset

    job = RenderJob(args.out, args.identities, args.frames, args.seed, args.size, args.assets)
    return render_dataset(job, workers=args.workers)


def _figures(args: argparse.Namespace) -> dict[str, object]:
    from avatarify.synthetic.figures import FigureJob, draw_figures

    if args.assets is not None:
        raise UsageError(
            "--assets does not apply to --kind {kind}: everything is drawn.", "Omit the option.", kind=args.kind
        )
    job = FigureJob(args.out, args.kind, args.identities, args.frames, args.seed, args.size)
    return draw_figures(job, args.workers)
