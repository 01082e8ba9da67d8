"""Writes pictures to an MP4 file that every player can play."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, Self

import numpy as np

from avatarify import __version__
from avatarify.errors import DeviceError, InputError
from avatarify.files import temporary_path
from avatarify.frames import U8, Size
from avatarify.messages import Message
from avatarify.output.recover_recording import cut_to_last_fragment
from avatarify.output.sink import check_size

SUFFIX = ".mp4"
PROVENANCE = f"AI-generated with Avatarify {__version__}"
_TICKS = 90_000  # per second; a frame at any common rate lasts a whole number of ticks
_X264 = {"crf": "18", "preset": "superfast"}
_FAST_START = {"movflags": "+faststart"}
_FRAGMENTED = {"movflags": "+hybrid_fragmented", "frag_duration": "1000000"}  # playable wherever it is truncated
_BT709 = 1  # code of color matrix, primaries and transfer, and of the limited range, in the H.264 standard


class Recorder:
    """An H.264 video in an MP4 file, marked as AI-generated.

    It is written to a temporary file in the same folder, which ``close`` moves to its path: an interrupted recording
    leaves no incomplete file, and an existing file is not changed until then.

    Args:
        path: The file to create or replace; ends in ``.mp4``.
        size: Size of the pictures; both sides even.
        fps: Their rate, frames per second, 1 to 240.
        keep: If the disk is full, keep what was recorded before: a live session cannot be repeated.

    Raises:
        InputError: the folder is missing or not writable, or size, rate or file name are not valid.
    """

    def __init__(self, path: str | os.PathLike[str], size: Size, fps: float, *, keep: bool = False) -> None:
        self._path = Path(path)
        self._keep = keep
        _check(self._path, size, fps)
        self.name = self._path.name
        self._size = size
        self._step = _TICKS / fps
        self._last = -1  # ticks
        self._start: float | None = None
        self.count = 0
        self._part = temporary_path(self._path)
        self._container: Any = None
        self._stream: Any = None
        self._convert: Any = None
        self._open(fps)

    @property
    def written(self) -> int:
        """Bytes on the disk so far; for any thread."""
        for file in (self._part, self._path):
            with contextlib.suppress(OSError):
                return file.stat().st_size
        return 0

    def send(self, image: U8, at_s: float | None = None) -> None:
        """Append one picture.

        Args:
            image: (H, W, 3) uint8 RGB of the size given at opening.
            at_s: When it was shown, in seconds from any origin (live recording); None for the next picture at the
                recorder's rate. Use one or the other for all pictures of a recording.

        Raises:
            DeviceError: the disk is full or gone; what was written is removed, or kept with ``keep``.
            InputError: the picture has another size.
        """
        check_size(image, self._size)
        if self._container is None:
            raise DeviceError("The recording {name} is finished.", "Start a new one.", name=self.name)
        with self._disk_errors():
            self._container.mux(self._stream.encode(self._frame(image, at_s)))
        self.count += 1

    def close(self) -> None:
        """Finish the file and move it to its path; without a picture there is no file. May be called twice.

        Raises:
            DeviceError: the disk is full or gone; what was written is removed, or kept with ``keep``.
        """
        if self._container is None:
            return
        if self.count == 0:
            self.discard()
            return
        with self._disk_errors():
            self._container.mux(self._stream.encode())
            self._container.close()
            os.replace(self._part, self._path)
        self._container = self._stream = None

    def discard(self) -> None:
        """Remove what was written; does nothing once closed."""
        container, self._container, self._stream = self._container, None, None
        if container is None:
            return
        with contextlib.suppress(Exception):  # on a full disk this fails too, and the file is deleted anyway
            container.close()
        self._part.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        """Finish; after an error discard the file. A recording that the user interrupts is finished."""
        if any(isinstance(part, Exception) for part in exc):
            self.discard()
        else:
            self.close()

    def _open(self, fps: float) -> None:
        import av
        from av.video.reformatter import VideoReformatter

        try:
            self._part.touch(exist_ok=False)  # av would fail only at the first picture
        except OSError as error:
            raise InputError(
                "Cannot write to the folder {folder}: {reason}.",
                "Choose another folder.",
                folder=self._path.parent.absolute(),
                reason=error.strerror,
            ) from error
        try:
            self._container = av.open(
                str(self._part), "w", format="mp4", options=_FRAGMENTED if self._keep else _FAST_START
            )
            self._container.metadata["comment"] = PROVENANCE
            self._stream = _video_stream(self._container, self._size, fps)
            # One for all pictures: preparing the conversion takes as long as a quarter of it.
            self._convert = VideoReformatter().reformat
        except BaseException:  # including an interrupt: no caller has this object yet to discard it
            self.discard()
            self._part.unlink(missing_ok=True)
            raise

    def _frame(self, image: U8, at_s: float | None) -> Any:
        """Convert (H, W, 3) uint8 RGB to a frame in BT.709 YUV 4:2:0, limited range, with its timestamp."""
        from av import VideoFrame

        frame = self._convert(
            VideoFrame.from_numpy_buffer(np.ascontiguousarray(image), format="rgb24"),
            format="yuv420p",
            src_color_range="JPEG",
            dst_color_range="MPEG",
            dst_colorspace="ITU709",
        )
        self._last = max(self._last + 1, self._ticks(at_s))
        frame.pts, frame.time_base = self._last, Fraction(1, _TICKS)
        return frame

    def _ticks(self, at_s: float | None) -> int:
        if at_s is None:
            return round(self.count * self._step)
        self._start = at_s if self._start is None else self._start
        return round((at_s - self._start) * _TICKS)

    @contextlib.contextmanager
    def _disk_errors(self) -> Iterator[None]:
        """Turn an error of writing into a DeviceError, and keep or remove the file."""
        import av

        try:
            yield
        except (OSError, av.error.FFmpegError) as error:
            hint = Message("Free some disk space or use another disk.")
            if self._keep and self._recovered():
                hint = Message("What was recorded before is in {name}. {advice}", name=self.name, advice=hint)
            self.discard()
            reason = getattr(error, "strerror", None) or error
            raise DeviceError(Message("Cannot write {name}: {reason}.", name=self.name, reason=reason), hint) from error

    def _recovered(self) -> bool:
        """Move the playable part to its path; return False if there is none."""
        container, self._container, self._stream = self._container, None, None
        with contextlib.suppress(Exception):  # the disk is still full
            container.close()
        with contextlib.suppress(OSError):
            if cut_to_last_fragment(self._part):
                os.replace(self._part, self._path)
                return True
        self._part.unlink(missing_ok=True)
        return False


def _check(path: Path, size: Size, fps: float) -> None:
    if size.width % 2 or size.height % 2:
        raise InputError("A video of {size} cannot be written.", "Both sides must be even.", size=size)
    if path.suffix.lower() != SUFFIX:
        raise InputError("{file} is not an MP4 file name.", "End it in {suffix}.", file=path.name, suffix=SUFFIX)
    if not 1 <= fps <= 240:
        raise InputError("A video of {fps:g} fps cannot be written.", "Use 1 to 240 fps.", fps=fps)
    if path.is_dir():
        raise InputError("{path} is a folder.", "Choose a file to write.", path=path)
    if not path.parent.is_dir():
        raise InputError("The folder {folder} does not exist.", "Create it first.", folder=path.parent)


def _video_stream(container: Any, size: Size, fps: float) -> Any:
    stream = container.add_stream("libx264", rate=Fraction(fps).limit_denominator(1001), options=_X264)
    stream.width, stream.height, stream.pix_fmt = size.width, size.height, "yuv420p"
    codec = stream.codec_context
    codec.time_base = stream.time_base = Fraction(1, _TICKS)
    codec.colorspace = codec.color_primaries = codec.color_trc = codec.color_range = _BT709
    return stream
