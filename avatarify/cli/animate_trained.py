"""``avatarify animate --model RUN``: what ``avatarify train`` left, of any method, moves any picture by any video.

No face is needed: bodies and robot arms have none.
"""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from avatarify.cli.common import give
from avatarify.cli.progress import FrameProgress
from avatarify.errors import UsageError

if TYPE_CHECKING:
    from avatarify.evaluation.footage import Footage
    from avatarify.evaluation.performer import Performer
    from avatarify.frames import U8, Size

_SIDE = 256
_FPS = 25.0


def run(args: argparse.Namespace) -> int:
    """Animate every picture of the driving clip; squares of both are taken as for the figures."""
    from avatarify.cli.figures import source_square
    from avatarify.evaluation.performers import open_performer

    size, clip = _size(args), _clip(Path(args.driving))
    source, began = source_square(args.portrait), monotonic()
    with contextlib.closing(open_performer(args.model)) as performer:
        frames = _record(args, performer, source, clip, size)
        facts = {"model": args.model, "method": performer.about["kind"], "runtime": "torch", "device": "CPU"}
    fps = round(frames / (monotonic() - began), 2)
    report = {"frames": frames, "fps": fps, "size": str(size), "output": args.output, **facts, "warnings": []}
    give(args, report, f"{args.output}: {frames} frames, {fps} fps on CPU")
    return 0


def _record(args: argparse.Namespace, performer: Performer, source: U8, clip: Footage, size: Size) -> int:
    """Write the video; return the number of its pictures."""
    from avatarify.evaluation.footage import squares
    from avatarify.output.recorder import Recorder

    finish, progress = _finisher(args, size), FrameProgress()
    try:
        with Recorder(args.output, size, _FPS) as recorder:
            for number, driving in enumerate(squares(clip, _SIDE)):
                if number == 0:
                    performer.begin(source, driving if args.motion == "relative" else None)
                shown = performer.follow(driving)
                if shown is not None:
                    recorder.send(finish(driving, shown.image))
                progress.update(number + 1, None)
            return recorder.count
    finally:
        progress.finish()


def _finisher(args: argparse.Namespace, size: Size) -> Callable[[U8, U8], U8]:
    """Return what makes a picture of the video of a driving picture and a result."""
    import numpy as np

    from avatarify.compose.badge import Badge
    from avatarify.evaluation.performer import sized

    badge = None if args.no_badge else Badge(size)

    def finish(driving: U8, result: U8) -> U8:
        result = sized(result, size.height)
        result = result[:, ::-1] if args.mirror else result
        halves = [sized(driving, size.height), result] if args.side_by_side else [result]
        image = np.ascontiguousarray(np.hstack(halves))
        if badge is not None:
            badge.stamp(image)
        return image

    return finish


def _size(args: argparse.Namespace) -> Size:
    from avatarify.frames import Size

    wide = 2 if args.side_by_side else 1
    size = Size.parse(args.size) if args.size else Size(wide * _SIDE, _SIDE)
    if size.width != wide * size.height:
        raise UsageError(
            "--size {size} does not fit: trained models draw squares.",
            "Use {width}x{height}, or omit the option.",
            size=args.size,
            width=wide * size.height,
            height=size.height,
        )
    return size


def _clip(driving: Path) -> Footage:
    from avatarify.evaluation.footage import list_footage

    clips = list_footage(driving)
    if len(clips) > 1:
        raise UsageError(
            "There are {number} clips in {folder}.",
            "Give one video or one folder of images.",
            number=len(clips),
            folder=driving,
        )
    return clips[0]
