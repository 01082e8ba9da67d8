"""``avatarify figures``: the paper's figures from any model, as PNG, PDF or video."""

from __future__ import annotations

import argparse
import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from avatarify.cli.common import count, give
from avatarify.cli.progress import ProgressLine
from avatarify.errors import InputError, UsageError
from avatarify.messages import printable

if TYPE_CHECKING:
    from avatarify.evaluation.figures import Take
    from avatarify.evaluation.footage import Footage
    from avatarify.evaluation.performer import Performer
    from avatarify.frames import U8

SUMMARY = "draw the paper's figures: key points, occlusion, flow, local motions, method grids"
_KINDS = ("keypoints", "occlusion", "flow", "motions", "grid")
_ENDINGS = (".png", ".jpg", ".pdf", ".mp4")
_SIDE = 256
_FPS = 25.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what is drawn from what."""
    parser.add_argument("kind", choices=_KINDS, help="what to draw")
    parser.add_argument("--driving", nargs="+", default=["demo"], metavar="CLIP", help="videos, folders, or demo")
    parser.add_argument(
        "--portrait",
        dest="source",
        nargs="+",
        default=[],
        metavar="PORTRAIT",
        help="images to animate, relative to the clip's first frame (default: that frame itself)",
    )
    parser.add_argument(
        "--model",
        default="built-in",
        metavar="A,B",
        help="models, output folders of avatarify train, or fomm-random; LABEL=MODEL sets the label",
    )
    parser.add_argument("--runtime", default="auto", help="runtime that executes the built-in model")
    parser.add_argument(
        "-o",
        "--output",
        dest="out",
        type=Path,
        required=True,
        metavar="FILE",
        help="a .png, .jpg, .pdf, or .mp4 file to write",
    )
    parser.add_argument("--frames", type=count, default=6, metavar="N", help="frames per clip, evenly spaced (6)")
    parser.add_argument("--most", type=count, default=250, metavar="N", help="use only the first N frames (250)")
    parser.add_argument(
        "--crop", choices=("auto", "face", "whole"), default="auto", help="which square of each clip to use"
    )
    parser.add_argument("--tile", type=count, default=160, metavar="N", help="side of each tile in pixels (160)")


def run(args: argparse.Namespace) -> int:
    """Draw the figure."""
    from avatarify.evaluation.figures import KINDS

    _check(args.out)
    takes = _takes(args)
    draw, moments = KINDS[args.kind], list(range(len(takes[0].frames)))
    if args.out.suffix.lower() == ".mp4":
        size = _record(args, takes)
    else:
        layout = draw(takes, moments)
        layout.write(args.out, args.tile)
        size = "x".join(map(str, layout.picture(args.tile).shape[1::-1]))
    report = {
        "figure": args.kind,
        "file": str(args.out),
        "size": size,
        "frames": list(takes[0].frames),
        "takes": [{"source": one.source, "driving": one.driving, "model": one.method} for one in takes],
        "warnings": [],
    }
    give(args, report, f"{args.kind}: {args.out}, {size}")
    return 0


def _check(out: Path) -> None:
    if out.suffix.lower() not in _ENDINGS:
        raise UsageError(
            "{file} is not a supported figure file.", "Use one of the endings {endings}.", file=out, endings=_ENDINGS
        )
    if not out.absolute().parent.is_dir():
        raise UsageError("Cannot write {file}.", "Choose a file in an existing folder.", file=out)


def _record(args: argparse.Namespace, takes: list[Take]) -> str:
    """Write a figure for each picture as a video; return its size."""
    from avatarify.evaluation.figures import KINDS
    from avatarify.frames import Size
    from avatarify.output.recorder import Recorder

    shortest = min(len(take.frames) for take in takes)
    first = KINDS[args.kind](takes, [0]).picture(args.tile)
    size = Size(first.shape[1], first.shape[0])
    with Recorder(args.out, size, _FPS) as recorder:
        for moment in range(shortest):
            recorder.send(_fitted(KINDS[args.kind](takes, [moment]).picture(args.tile), size.height, size.width))
    return str(size)


def _fitted(image: U8, height: int, width: int) -> U8:
    """Cut or pad: names of frames grow by a digit now and then."""
    import numpy as np

    image = image[:height, :width]
    missing = (0, height - image.shape[0]), (0, width - image.shape[1]), (0, 0)
    return np.ascontiguousarray(np.pad(image, missing, constant_values=255))


def _takes(args: argparse.Namespace) -> list[Take]:
    """Move each source by each clip by each model."""
    from avatarify.evaluation.performers import open_performer

    clips = [(clip.name, _pictures(args, clip)) for clip in _clips(args.driving)]
    sources: list[tuple[str, U8 | None]] = [(Path(name).stem, source_square(name)) for name in args.source]
    takes: list[Take] = []
    for text in args.model.split(","):
        opened = open_performer(text.strip(), runtime=args.runtime, watch=ProgressLine().watch())
        with contextlib.closing(opened) as performer:
            for driving, pictures in clips:
                for source in sources or [("", None)]:
                    takes.append(_take(args, performer, source, driving, pictures))
    return sorted(takes, key=lambda take: (take.driving, take.source)) if args.kind == "grid" else takes


def _take(
    args: argparse.Namespace, performer: Performer, source: tuple[str, U8 | None], driving: str, pictures: list[U8]
) -> Take:
    import numpy as np

    from avatarify.evaluation.figures import Take

    print(printable(f"{performer.name}: {source[0] or 'first frame'} by {driving}"), file=sys.stderr)
    wanted = len(pictures) if args.out.suffix.lower() == ".mp4" else min(args.frames, len(pictures))
    chosen = ((np.arange(wanted) + 0.5) * len(pictures) / wanted).astype(int).tolist()
    if source[1] is None:
        performer.begin(pictures[0])
    else:
        performer.begin(source[1], pictures[0])
    shown = [performer.follow(pictures[number]) for number in chosen]
    return Take(source[0], driving, performer.name, chosen, [pictures[number] for number in chosen], shown)


def _clips(names: list[str]) -> list[Footage]:
    from avatarify.evaluation.footage import list_footage

    return [clip for name in names for clip in list_footage(Path(name))]


def _pictures(args: argparse.Namespace, clip: Footage) -> list[U8]:
    from avatarify.evaluation.footage import squares

    return list(squares(clip, _SIDE, crop=args.crop, most=args.most))


def source_square(name: str) -> U8:
    """Return the square of a portrait around its face, or of any picture its largest centered square."""
    from avatarify.animate.portrait import find_portrait, load_portrait
    from avatarify.face.box import CropBox
    from avatarify.images import load_picture

    try:
        portrait = load_portrait(name, matte=False)
    except InputError:
        picture = load_picture(find_portrait(name).path)
        return CropBox.whole(picture).cut(picture, _SIDE)
    return portrait.box.cut(portrait.image, _SIDE)
