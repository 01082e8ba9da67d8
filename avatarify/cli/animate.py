"""``avatarify animate``: a portrait driven by a video, into a video."""

from __future__ import annotations

import argparse
from pathlib import Path

from avatarify.cli.common import add_animation, give, look_of, show_warnings
from avatarify.cli.progress import FrameProgress
from avatarify.files import path_of

SUMMARY = "animate a portrait with a driving video and write a video file"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("portrait", metavar="PORTRAIT", help="an image with a face, or the name of a bundled portrait")
    parser.add_argument(
        "driving", metavar="DRIVING", help="the driving video (- for standard input), a folder of images, or demo"
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="OUT.mp4",
        required=True,
        help="video file to write: .mp4, .mov, .m4v, .mkv, .webm, .gif",
    )
    parser.add_argument("--size", metavar="WxH", help="output size (default: the portrait's own, at most 1080)")
    parser.add_argument("--side-by-side", action="store_true", help="show the driving video to the left of the result")
    parser.add_argument("--no-sound", action="store_true", help="leave out the sound of the driving video")
    add_animation(parser)


def run(args: argparse.Namespace) -> int:
    """Animate every frame; warnings and progress go to stderr."""
    _keep_inputs(args)
    if _is_trained(args.model):
        from avatarify.cli import animate_trained

        return animate_trained.run(args)
    from avatarify.api import animate_video

    with FrameProgress() as progress:
        report = animate_video(
            args.portrait,
            args.driving,
            path_of(args.output),
            side_by_side=args.side_by_side,
            sound=not args.no_sound,
            on_progress=progress.update,
            watch=progress.watch(),
            **look_of(args),
        )
    show_warnings(report, progress.warned)
    give(args, report, f"{args.output}: {report['frames']} frames, {report['fps']} fps on {report['device']}")
    return 0


def _is_trained(model: str) -> bool:
    """Return whether a model is a file or folder; the name of an installed one is not, whatever is in this folder."""
    from avatarify.zoo.registry import model_names

    return model not in model_names() and Path(model).exists()


def _keep_inputs(args: argparse.Namespace) -> None:
    """Refuse an output that would overwrite an input."""
    from avatarify.errors import UsageError

    output = path_of(args.output)
    for given in map(path_of, (args.portrait, args.driving)):
        if output.exists() and given.exists() and output.samefile(given):
            raise UsageError(
                "The output {file} is also an input and would be overwritten.",
                "Choose another output file.",
                file=args.output,
            )
