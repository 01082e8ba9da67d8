"""Writes pictures to an MP4 file that every player plays."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, Self

from avatarify import __version__
from avatarify.errors import DeviceError, InputError
from avatarify.files import temporary_path
from avatarify.frames import U8, Size
from avatarify.output.recover_recording import cut_to_last_fragment
from avatarify.output.sink import check_size

SUFFIX = ".mp4"
PROVENANCE = f"AI-generated with Avatarify {__version__}"
_TICKS = 90_000  # a second; all usual frame rates are whole numbers of ticks
_X264 = {"crf": "18", "preset": "superfast"}
_WHOLE = {"movflags": "+faststart"}
_KEPT = {"movflags": "+hybrid_fragmented", "frag_duration": "1000000"}  # can be played wherever it breaks off
_BT709 = 1  # number of the colour matrix, primaries and transfer, and of the limited range, in the H.264 standard


class Recorder:
    """An H.264 video in an MP4 file, marked as AI-generated.

    It is written beside its place under a temporary name and moved there by ``close``: an interrupted recording leaves
    nothing half-written, and what stood there before.

    Args:
        path: The file to make or replace; ends in ``.mp4``.
        size: Size of the pictures; both sides even.
        fps: Their rate.
        keep: When the disk is full, keep what was recorded before; nobody can record it again.

    Raises:
        InputError: the folder is missing or cannot be written to, or a side is odd.
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
        self._open(fps)

    @property
    def written(self) -> int:
        """How many bytes stand on the disk so far; for any thread."""
        for file in (self._part, self._path):
            with contextlib.suppress(OSError):
                return file.stat().st_size
        return 0

    def send(self, image: U8, at_s: float | None = None) -> None:
        """Append one picture.

        Args:
            image: (H, W, 3) uint8 RGB of the size given at opening.
            at_s: When it was shown, in seconds from any zero (live recording); without it one follows the other at the
                recorder's rate. Not to be mixed.

        Raises:
            DeviceError: the disk is full or gone; what was written is removed, or kept if that was asked for.
            InputError: the picture has another size.
        """
        check_size(image, self._size)
        if self._container is None:
            raise DeviceError(f"The recording {self.name} is finished.", "Start a new one.")
        with self._told():
            self._container.mux(self._stream.encode(self._frame(image, at_s)))
        self.count += 1

    def close(self) -> None:
        """Finish the file and move it to its place; without a picture none is made; may be called twice.

        Raises:
            DeviceError: the disk is full or gone; what was written is removed, or kept if that was asked for.
        """
        if self._container is None:
            return
        if self.count == 0:
            self.discard()
            return
        with self._told():
            self._container.mux(self._stream.encode())
            self._container.close()
            os.replace(self._part, self._path)
        self._container = self._stream = None

    def discard(self) -> None:
        """Give up: remove what was written; does nothing once closed."""
        container, self._container, self._stream = self._container, None, None
        if container is None:
            return
        with contextlib.suppress(Exception):  # a full disk fails here again, and nobody wants the file
            container.close()
        self._part.unlink(missing_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        """Finish, or give up after an error; a recording that was interrupted by hand is kept."""
        if any(isinstance(part, Exception) for part in exc):
            self.discard()
        else:
            self.close()

    def _open(self, fps: float) -> None:
        import av

        try:
            self._part.touch(exist_ok=False)  # av would tell at the first picture only
        except OSError as error:
            where = self._path.parent.absolute()
            raise InputError(f"The folder {where} cannot be written to: {error.strerror}.", "Use another.") from error
        try:
            self._container = av.open(str(self._part), "w", format="mp4", options=_KEPT if self._keep else _WHOLE)
            self._container.metadata["comment"] = PROVENANCE
            self._stream = _video_stream(self._container, self._size, fps)
        except BaseException:  # an interrupt too: nobody has this object yet who could discard it
            self.discard()
            self._part.unlink(missing_ok=True)
            raise

    def _frame(self, image: U8, at_s: float | None) -> Any:
        from av import VideoFrame

        frame = VideoFrame.from_ndarray(image, format="rgb24").reformat(
            format="yuv420p", src_color_range="JPEG", dst_color_range="MPEG", dst_colorspace="ITU709"
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
    def _told(self) -> Iterator[None]:
        import av

        try:
            yield
        except (OSError, av.error.FFmpegError) as error:
            hint = "Free some space or use another disk."
            if self._keep and self._rescued():
                hint = f"What was recorded before is kept in {self.name}. {hint}"
            self.discard()
            reason = f"{self.name} cannot be written: {getattr(error, 'strerror', None) or error}."
            raise DeviceError(reason, hint) from error

    def _rescued(self) -> bool:
        """Move what can be played to its place; False if there is nothing."""
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
        raise InputError(f"A video of {size} cannot be written.", "Both sides must be even.")
    if path.suffix.lower() != SUFFIX:
        raise InputError(f"{path.name} is no name for a recording.", f"End it in {SUFFIX}.")
    if not 1 <= fps <= 240:
        raise InputError(f"A video of {fps:g} pictures a second cannot be written.", "Use 1 to 240.")
    if path.is_dir():
        raise InputError(f"{path} is a folder.", "Name a file to write.")
    if not path.parent.is_dir():
        raise InputError(f"The folder {path.parent} does not exist.", "Create it first.")


def _video_stream(container: Any, size: Size, fps: float) -> Any:
    stream = container.add_stream("libx264", rate=Fraction(fps).limit_denominator(1001), options=_X264)
    stream.width, stream.height, stream.pix_fmt = size.width, size.height, "yuv420p"
    codec = stream.codec_context
    codec.time_base = stream.time_base = Fraction(1, _TICKS)
    codec.colorspace = codec.color_primaries = codec.color_trc = codec.color_range = _BT709
    return stream
