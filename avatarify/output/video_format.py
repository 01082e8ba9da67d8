"""The kinds of video files that can be written, by the ending of their name: container, codec, and pixels."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from avatarify.errors import InputError
from avatarify.frames import U8, Size

TICKS = 90_000  # per second; a frame at any common rate lasts a whole number of ticks
_BT709 = 1  # code of color matrix, primaries and transfer, and of the limited range, in the H.264 standard
_FAST_START = {"movflags": "+faststart"}


@dataclass(frozen=True)
class VideoFormat:
    """How the pictures of one kind of file are stored.

    Attributes:
        container: FFmpeg's name of the container.
        codec: FFmpeg's name of the encoder.
        pixels: Of the encoder.
        settings: Of the encoder.
        options: Of the container.
        sound: Codecs that the container can hold, FFmpeg's names; the first is used for any other sound. Empty where
            it has no sound.
        shortest_s: Pictures that are closer together than this are left out, seconds.
    """

    container: str
    codec: str = "libx264"
    pixels: str = "yuv420p"
    settings: dict[str, str] = field(default_factory=lambda: {"crf": "18", "preset": "superfast"})
    options: dict[str, str] = field(default_factory=dict)
    sound: tuple[str, ...] = ()
    shortest_s: float = 0.0

    def add_stream(self, container: Any, size: Size, fps: float) -> Any:
        """Add the stream of the pictures to an open container; its time base is ``1 / TICKS``."""
        stream = container.add_stream(self.codec, rate=Fraction(fps).limit_denominator(1001), options=self.settings)
        stream.width, stream.height, stream.pix_fmt = size.width, size.height, self.pixels
        codec = stream.codec_context
        codec.time_base = stream.time_base = Fraction(1, TICKS)
        if self.pixels == "yuv420p":
            codec.colorspace = codec.color_primaries = codec.color_trc = codec.color_range = _BT709
        return stream

    def frame(self, image: U8, ticks: int, convert: Callable[..., Any]) -> Any:
        """Convert an image to a frame for the encoder: BT.709, limited range, or a palette of its own.

        Args:
            image: (H, W, 3) uint8 RGB.
            ticks: When it is shown, in ``1 / TICKS`` seconds.
            convert: ``reformat`` of a ``VideoReformatter`` that serves one file.
        """
        from av import VideoFrame

        frame = VideoFrame.from_numpy_buffer(np.ascontiguousarray(image), format="rgb24")
        if self.pixels == "pal8":
            frame = _with_palette(frame)
        else:
            frame = convert(
                frame, format=self.pixels, src_color_range="JPEG", dst_color_range="MPEG", dst_colorspace="ITU709"
            )
        frame.pts, frame.time_base = ticks, Fraction(1, TICKS)
        return frame


_MP4_SOUND = ("aac", "mp3", "ac3", "eac3", "alac", "opus")
_MP4 = VideoFormat("mp4", options=_FAST_START, sound=_MP4_SOUND)
FORMATS = {
    ".mp4": _MP4,
    ".m4v": _MP4,
    ".mov": VideoFormat("mov", options=_FAST_START, sound=("aac", "mp3", "ac3", "alac", "pcm_s16le")),
    ".mkv": VideoFormat("matroska", sound=(*_MP4_SOUND, "flac", "vorbis", "pcm_s16le")),
    ".webm": VideoFormat(
        "webm",
        "libvpx-vp9",
        settings={"crf": "24", "b": "0", "deadline": "realtime", "cpu-used": "6", "row-mt": "1"},
        sound=("libopus", "opus", "vorbis"),
    ),
    ".gif": VideoFormat("gif", "gif", "pal8", settings={}, shortest_s=0.02),
}


def format_of(path: Path) -> VideoFormat:
    """Return the format for a file's name.

    Raises:
        InputError: No such video is written.
    """
    found = FORMATS.get(path.suffix.lower())
    if found is None:
        raise InputError(
            "{file} is not the name of a video that can be written.",
            "End it in one of: {suffixes}.",
            file=path.name,
            suffixes=list(FORMATS),
        )
    return found


def check_output(path: Path) -> VideoFormat:
    """Check the name of a video before the work for it begins.

    Raises:
        InputError: Its ending is not known, it is a folder, or its folder does not exist or cannot be written.
    """
    found = format_of(path)
    if path.is_dir():
        raise InputError("{path} is a folder.", "Choose a file to write.", path=path)
    if not path.parent.is_dir():
        raise InputError("The folder {folder} does not exist.", "Create it first.", folder=path.parent)
    check_folder((Path(os.path.realpath(path)) if path.is_symlink() else path).parent)
    return found


def check_folder(folder: Path) -> None:
    """Check that files can be created in a folder; nothing is left in it.

    Raises:
        InputError: They cannot: it is read-only, or another user's.
    """
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise InputError(
            "Cannot write to the folder {folder}: {reason}.",
            "Choose another folder.",
            folder=folder.absolute(),
            reason=error.strerror,
        ) from error


def _with_palette(frame: Any) -> Any:
    """Return an RGB frame with the 256 colors that fit it best."""
    from av.filter import Graph

    graph = Graph()
    source = graph.add_buffer(width=frame.width, height=frame.height, format=frame.format, time_base=Fraction(1, TICKS))
    split, make, use = (
        graph.add("split"),
        graph.add("palettegen", "stats_mode=single"),
        graph.add("paletteuse", "new=1"),
    )
    sink = graph.add("buffersink")
    source.link_to(split)
    split.link_to(use, 0, 0)
    split.link_to(make, 1, 0)
    make.link_to(use, 0, 1)
    use.link_to(sink)
    graph.configure()
    graph.push(frame)
    graph.push(None)
    return graph.pull()
