"""What all commands share: options, results to stdout and to the report file."""

from __future__ import annotations

import argparse
import json
import math
import os
import re
import sys
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Any

from avatarify.animate.options import STRENGTH, ZOOM
from avatarify.choices import BACKGROUND_STYLES, CORNERS, GAZES, KEYPOINT_SOURCES, MOTIONS, NEUTRAL_CHOICES
from avatarify.cli.console import print_result
from avatarify.errors import InputError, UsageError
from avatarify.files import write_atomic
from avatarify.messages import Message, printable

Report = Mapping[str, object]


def add_common(parser: argparse.ArgumentParser) -> None:
    """Add the options that every command takes."""
    group = parser.add_argument_group("results and messages")
    group.add_argument("--json", action="store_true", help="print the result as one JSON object")
    group.add_argument("--report", metavar="FILE", help="write the result to FILE as one JSON object")
    group.add_argument("--verbose", action="store_true", help="show log messages, including those of libraries")
    group.add_argument("--debug", action="store_true", help="show a traceback on errors")


def add_animation(parser: argparse.ArgumentParser) -> None:
    """Add the options that say how a portrait is animated."""
    parser.add_argument("--model", default="built-in", help="model to use (see avatarify models list)")
    parser.add_argument("--runtime", default="auto", help="runtime that executes the model (see avatarify doctor)")
    parser.add_argument(
        "--remote",
        default="",
        metavar="wss://NAME:PORT,...",
        help="hosts for --runtime remote; the next one is used when one is lost (a host on this computer)",
    )
    parser.add_argument(
        "--remote-token-file", default="", metavar="FILE", help="file with the token for the hosts of --remote"
    )
    parser.add_argument(
        "--motion",
        choices=MOTIONS,
        default=MOTIONS[0],
        help="relative: by the motion since the neutral frame; absolute: to the driver's pose",
    )
    add_keypoints(parser)
    parser.add_argument(
        "--neutral",
        type=neutral,
        metavar="first|best|N",
        help="neutral frame of the driver: the first with a face (default for a camera), the most neutral one (default "
        "for a video), or frame N, from 0",
    )
    parser.add_argument(
        "--face",
        metavar="X,Y,HEIGHT",
        default="",
        help="place the portrait's face by hand, such as an animal's: its middle, and the distance from brows to chin, "
        "in pixels of the image",
    )
    parser.add_argument(
        "--follow",
        metavar="largest|left|right|X,Y",
        default="largest",
        help="which face drives if several are in view: the largest (default), the one at the left or right of the "
        "camera's picture, which self views mirror, or the one nearest to a place, in pixels of that picture",
    )
    parser.add_argument("--mirror", action="store_true", help="flip the output horizontally")
    parser.add_argument("--no-badge", action="store_true", help="omit the 'AI avatar' badge")
    parser.add_argument("--corner", choices=CORNERS, default="bottom-right", help="corner of the badge (bottom-right)")
    parser.add_argument(
        "--background", type=background, default="own", metavar="own|blurred|#RRGGBB", help="what is behind the person"
    )
    parser.add_argument("--zoom", type=_between(*ZOOM), default=1.0, help="zoom into the portrait, 1 to 4 (1)")
    parser.add_argument("--strength", type=_between(*STRENGTH), default=1.0, help="factor of the motion, 0 to 1.5 (1)")
    for region, what in (("head", "the head"), ("eyes", "eyes and brows"), ("mouth", "mouth and cheeks")):
        parser.add_argument(
            f"--strength-{region}",
            type=_between(*STRENGTH),
            default=1.0,
            metavar="STRENGTH",
            help=f"the same of {what} alone (1)",
        )
    parser.add_argument(
        "--gaze",
        choices=GAZES,
        default=GAZES[0],
        help="follow: the portrait looks where you look; camera: always at the viewer",
    )
    parser.add_argument("--no-smoothing", action="store_true", help="do not smooth the key points of a resting face")
    parser.add_argument(
        "--no-adapt-scale", action="store_true", help="do not scale movements by the ratio of the two faces' sizes"
    )


def look_of(args: argparse.Namespace) -> dict[str, Any]:
    """Return what ``add_animation`` and ``--size`` say, as options of the functions in ``avatarify.api``."""
    from avatarify.frames import Size

    size = Size.parse(args.size) if args.size else None
    return {
        "model": args.model,
        "runtime": args.runtime,
        "remote": args.remote,
        "remote_token_file": args.remote_token_file,
        "motion": args.motion,
        "keypoints": args.keypoints,
        **({"neutral": args.neutral} if args.neutral else {}),
        "face": args.face,
        "follow": args.follow,
        "mirror": args.mirror,
        "badge": not args.no_badge,
        "corner": args.corner,
        "background": args.background,
        "zoom": args.zoom,
        "strength": args.strength,
        "strength_head": args.strength_head,
        "strength_eyes": args.strength_eyes,
        "strength_mouth": args.strength_mouth,
        "gaze": args.gaze,
        "smoothing": not args.no_smoothing,
        "adapt_scale": not args.no_adapt_scale,
        **({"size": (size.width, size.height)} if size else {}),
    }


def add_keypoints(parser: argparse.ArgumentParser) -> None:
    """Add the option that says whose key points drive."""
    parser.add_argument(
        "--keypoints",
        choices=KEYPOINT_SOURCES,
        default=KEYPOINT_SOURCES[0],
        help="learned: by the model; mixed: by the face tracker where it has them (about 10 ms slower with a camera); "
        "auto (default): by the model, with a video eyes and lips by the face tracker",
    )


def add_any_model(parser: argparse.ArgumentParser) -> None:
    """Add the option that names a model whose quality does not matter."""
    parser.add_argument(
        "--model",
        default="built-in",
        help="a model (see avatarify models list), or fomm-random: the full model with random weights",
    )


def add_workers(parser: argparse.ArgumentParser) -> None:
    """Add the option that says how many processes work."""
    parser.add_argument(
        "--workers",
        type=count,
        default=os.cpu_count() or 1,
        metavar="N",
        help="number of processes (default: one per core)",
    )


def neutral(text: str) -> str:
    """Check the value of ``--neutral``."""
    if text not in NEUTRAL_CHOICES and not text.isdecimal():
        raise argparse.ArgumentTypeError(f"'{text}' is not 'first', 'best' or a frame number")
    return text


def background(text: str) -> str:
    """Check the value of ``--background``."""
    if text not in BACKGROUND_STYLES and re.fullmatch("#[0-9a-fA-F]{6}", text) is None:
        raise argparse.ArgumentTypeError(f"'{text}' is not 'own', 'blurred', or a color like '#3a6ea5'")
    return text


def _between(low: float, high: float) -> Callable[[str], float]:
    """Return a function that reads a number in a range."""

    def read(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"'{text}' is not a number from {low:g} to {high:g}")
        return value

    return read


def count(text: str) -> int:
    """Read a whole number from 1."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not a positive integer")
    return int(text)


def rate(text: str) -> float:
    """Read frames a second, from 1 to 240."""
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not 1 <= value <= 240:
        raise argparse.ArgumentTypeError(f"'{text}' is not a frame rate from 1 to 240")
    return value


def check_report_file(args: argparse.Namespace) -> None:
    """Find out before the work whether its result can be written.

    Raises:
        UsageError: the folder of the report file does not exist, or the file is a folder.
    """
    if args.report is None:
        return
    file = Path(args.report)
    if file.is_dir() or not file.absolute().parent.is_dir():
        raise UsageError("Cannot write the report to {file}.", "Choose a file in an existing folder.", file=file)


def show_warnings(report: Report, shown: Collection[str] = ()) -> None:
    """Print the report's warnings to stderr, a line each, except those that were shown before."""
    warnings = report["warnings"]
    for warning in warnings if isinstance(warnings, list) else []:
        text = " ".join(str(warning).split())
        if text not in shown:
            sys.stderr.write(f"avatarify: warning: {printable(text)}\n")


def give(args: argparse.Namespace, report: Report, text: str) -> None:
    """Print the result, as text or JSON, and write the report file if one was asked for.

    Raises:
        InputError: the file cannot be written.
    """
    if args.report is not None:
        _write(Path(args.report), report)
    print_result(_json(report) if args.json else printable(text))


def _json(report: Report) -> str:
    return printable(json.dumps(report, indent=2, ensure_ascii=False, default=_plain))  # a valid escape in JSON, too


def _plain(value: object) -> str:
    """Write messages in English; anything else in a report must be plain JSON."""
    if isinstance(value, Message):
        return str(value)
    raise TypeError(f"{type(value).__name__} is not JSON")


def _write(file: Path, report: Report) -> None:
    try:
        # Of names that are not UTF-8, the lone surrogates are written as JSON escapes.
        write_atomic(file, _json(report).encode("utf-8", "backslashreplace") + b"\n")
    except OSError as error:
        raise InputError(
            "Cannot write the report {file}: {reason}.", "Choose another file.", file=file, reason=error.strerror
        ) from error
