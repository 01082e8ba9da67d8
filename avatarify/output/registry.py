"""From the argument of ``--sink`` to a receiver of pictures."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from avatarify.errors import UsageError
from avatarify.frames import Size
from avatarify.output.recorder import SUFFIX, Recorder
from avatarify.output.sink import FrameSink, NullSink
from avatarify.output.video_format import check_output

_PAGE = re.compile(r"mjpeg|https?://.*", re.IGNORECASE)
_PAGE_HERE = re.compile(r"http://(?:127\.0\.0\.1|localhost):(\d{1,5})/?", re.IGNORECASE)


def open_sink(text: str, size: Size, fps: float) -> FrameSink:
    """Open the virtual camera, a page, a video file, or nothing.

    Args:
        text: ``virtual``, ``virtual:NAME``, ``mjpeg``, ``http://127.0.0.1:PORT``, ``null``, or the path of an MP4 file
            to write.
        size: Size of all pictures.
        fps: Their rate, frames per second.

    Raises:
        UsageError: the text names no sink, or a file of another type.
        DeviceError: no virtual camera can be opened, or the page's port is taken.
        InputError: the file cannot be written.
    """
    word, _, device = text.partition(":")
    if word == "virtual":
        from avatarify.output.virtual_camera import VirtualCamera

        return VirtualCamera(size, fps, device or None)
    if text == "null":
        return NullSink()
    if _PAGE.fullmatch(text):
        from avatarify.output.mjpeg import MjpegPage

        return MjpegPage(size, _port(text))
    if Path(text).suffix.lower() == SUFFIX:
        return Recorder(text, size, fps, keep=True)
    raise _no_sink(text)


def check_sinks(texts: Sequence[str]) -> None:
    """Check names of sinks before anything is loaded; opens nothing.

    Raises:
        UsageError: A text names no sink, or one is named twice.
        InputError: A file's folder does not exist, or it is a folder.
    """
    if len(set(texts)) < len(texts):
        raise UsageError("A sink is named twice.", "Name each sink once.")
    for text in texts:
        if Path(text).suffix.lower() == SUFFIX:
            check_output(Path(text))
        elif text != "null" and text.partition(":")[0] != "virtual" and not _PAGE.fullmatch(text):
            raise _no_sink(text)


def _no_sink(text: str) -> UsageError:
    return UsageError(
        "'{text}' is not a valid sink.",
        "Use virtual, null, mjpeg, or a file ending in {suffix}.",
        text=text,
        suffix=SUFFIX,
    )


def open_sinks(texts: Sequence[str], size: Size, fps: float, on_problem: Callable[[Exception], None]) -> FrameSink:
    """Open several sinks that receive the same pictures; if one cannot be opened, none is.

    Args:
        texts: As for ``open_sink``.
        size: Size of all pictures.
        fps: Their rate, frames per second.
        on_problem: Called with the error of a sink that fails later; the others continue.

    Raises:
        AvatarifyError: as for ``open_sink``.
        UsageError: a sink is named twice.
    """
    from avatarify.output.background import RecordingSink
    from avatarify.output.fan_out_sink import FanOutSink

    if len(set(texts)) < len(texts):
        raise UsageError("A sink is named twice.", "Name each sink once.")
    with contextlib.ExitStack() as given_up:
        opened: list[FrameSink] = []
        for text in texts:
            records = Path(text).suffix.lower() == SUFFIX
            sink = RecordingSink(Path(text), size, fps) if records else open_sink(text, size, fps)
            opened.append(given_up.enter_context(sink))
        given_up.pop_all()
        return FanOutSink(opened, on_problem)


def _port(text: str) -> int:
    from avatarify.output.mjpeg_address import PORT

    if text.lower() == "mjpeg":
        return PORT
    match = _PAGE_HERE.fullmatch(text)
    if match is None or not 0 < int(match[1]) < 65536:
        raise UsageError(
            "'{text}' is not a page of this machine.", "Use http://127.0.0.1:{port}.", text=text, port=PORT
        )
    return int(match[1])
