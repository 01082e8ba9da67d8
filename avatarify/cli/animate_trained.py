"""``avatarify animate --model RUN``: what ``avatarify train`` left, of any method, moves any picture by any video.

No face is needed: bodies and robot arms have none.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from avatarify.cli.common import give, show_warnings
from avatarify.cli.progress import FrameProgress
from avatarify.errors import UsageError
from avatarify.files import path_of

if TYPE_CHECKING:
    from avatarify.evaluation.footage import Footage
    from avatarify.evaluation.performer import Performer
    from avatarify.frames import U8, Size
    from avatarify.output.soundtrack import Soundtrack

_SIDE = 256
_FPS = 25.0


def run(args: argparse.Namespace) -> int:
    """Animate every picture of the driving clip; squares of both are taken as for the figures."""
    from avatarify.capture.pipes import readable_twice
    from avatarify.cli.figures import source_square
    from avatarify.evaluation.performers import open_performer
    from avatarify.output.video_format import check_output

    check_output(path_of(args.output))  # before anything is loaded
    with contextlib.ExitStack() as opened:
        portrait, driving = (opened.enter_context(readable_twice(name)) for name in (args.portrait, args.driving))
        size, clip = _size(args), _clip(path_of(driving))
        source, began = source_square(portrait), monotonic()
        performer = opened.enter_context(contextlib.closing(open_performer(args.model)))
        driven = _Driven(clip, path_of(driving), sound=not args.no_sound)
        frames = _record(args, performer, source, driven, size)
        facts = {"model": args.model, "method": performer.about["kind"], "runtime": "torch", "device": "CPU"}
    fps = round(frames / (monotonic() - began), 2)
    report = {"frames": frames, "fps": fps, "size": str(size), "output": args.output, **facts}
    report["warnings"] = [str(warning) for warning in driven.warnings]
    show_warnings(report)
    give(args, report, f"{args.output}: {frames} frames, {fps} fps on CPU")
    return 0


class _Driven:
    """The squares of a driving clip with their times, and its sound from the first of them on.

    Args:
        clip: What drives.
        file: From where; only a video file has sound.
        sound: Keep the sound.

    Raises:
        InputError: The clip cannot be read.
    """

    def __init__(self, clip: Footage, file: Path, *, sound: bool) -> None:
        from avatarify.evaluation.footage import timed_squares

        squares = timed_squares(clip, _SIDE)
        first = next(squares)
        self.squares = itertools.chain([first], squares)
        self.sound = _sound(file, first[1]) if sound and file.is_file() else None
        self.warnings = [] if self.sound is None else self.sound.warnings


def _sound(file: Path, first_s: float) -> Soundtrack | None:
    """Return the sound of a video from one of its frames on."""
    from avatarify.capture.media import VideoFile
    from avatarify.capture.registry import open_recording
    from avatarify.output.soundtrack import Soundtrack

    with open_recording(file) as video:
        return Soundtrack(file, video.start_s + first_s) if isinstance(video, VideoFile) else None


def _record(args: argparse.Namespace, performer: Performer, source: U8, driven: _Driven, size: Size) -> int:
    """Write the video; return the number of its pictures."""
    from avatarify.output.recorder import Recorder

    finish, progress = _finisher(args, size), FrameProgress()
    try:
        with (
            driven.sound or contextlib.nullcontext(),
            Recorder(path_of(args.output), size, _FPS, sound=driven.sound) as recorder,
        ):
            for number, (driving, at_s) in enumerate(driven.squares):
                if number == 0:
                    performer.begin(source, driving if args.motion == "relative" else None)
                shown = performer.follow(driving)
                if shown is not None:
                    recorder.send(finish(driving, shown.image), at_s)
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
