"""Writes pictures to a video file that every player can play."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from avatarify import __version__
from avatarify.containers import create_file
from avatarify.errors import DeviceError, InputError
from avatarify.files import replace_or_write_through
from avatarify.frames import U8, Size
from avatarify.messages import Message
from avatarify.output.interrupted import Interrupted, note, remove_abandoned
from avatarify.output.recover_recording import cut_to_last_fragment
from avatarify.output.sink import check_size
from avatarify.output.video_format import TICKS, VideoFormat, check_output
from avatarify.partial import temporary_path

if TYPE_CHECKING:
    from avatarify.output.soundtrack import Soundtrack

SUFFIX = ".mp4"
FASTEST = 240  # frames per second; of a clip with times of its own, the nominal rate only
PROVENANCE = f"AI-generated with Avatarify {__version__}"
# Playable wherever it is truncated. Fragments of 0.3 s that are written at once: a kill loses less than a second.
_FRAGMENTED = {"movflags": "+hybrid_fragmented", "frag_duration": "300000", "flush_packets": "1"}
_LIVE_THREADS = 4  # of the encoder, each of which holds a frame back


class Recorder:
    """A video file, marked as AI-generated; H.264 in MP4, unless its name ends otherwise (see ``video_format``).

    It is written to a temporary file in the same folder, which ``close`` moves to its path: an interrupted recording
    leaves no incomplete file, and an existing file is not changed until then.

    Args:
        path: The file to create or replace; with ``keep`` it ends in ``.mp4``.
        size: Size of the pictures; both sides even.
        fps: Their rate, frames per second, 1 to 240.
        keep: If the disk is full, keep what was recorded before: a live session cannot be repeated.
        sound: What is heard with the pictures; None for a silent video.

    Raises:
        InputError: the folder is missing or not writable, or size, rate or file name are not valid.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        size: Size,
        fps: float,
        *,
        keep: bool = False,
        sound: Soundtrack | None = None,
    ) -> None:
        self._path = Path(path)
        self._keep = keep
        self._format = _check(self._path, size, fps, keep)
        self._sound = sound
        self.name = self._path.name
        self._size = size
        self._step = TICKS / fps
        self._last = -1  # ticks
        self._start: float | None = None
        self.count = 0
        self._goal = Path(os.path.realpath(self._path))  # a symbolic link is not replaced
        self._part = temporary_path(self._goal)
        self._note: Interrupted | None = None
        self._container: Any = None
        self._stream: Any = None
        self._convert: Any = None
        self._open(fps)

    @property
    def written(self) -> int:
        """Bytes on the disk so far; for any thread."""
        for file in (self._part, self._goal):
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
        ticks = max(self._last + 1, self._ticks(at_s))
        if self.count == 0 or ticks - self._last >= self._format.shortest_s * TICKS:
            with self._disk_errors():
                self._write(image, ticks)
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
            if self._sound is not None:
                self._sound.write_until((self._last + self._step) / TICKS)
            self._container.mux(self._stream.encode())
            self._container.close()
            replace_or_write_through(self._part, self._goal)
        self._container = self._stream = None
        self._forget()

    def discard(self) -> None:
        """Remove what was written; does nothing once closed."""
        container, self._container, self._stream = self._container, None, None
        if container is None:
            return
        with contextlib.suppress(Exception):  # on a full disk this fails too, and the file is deleted anyway
            container.close()
        self._part.unlink(missing_ok=True)
        self._forget()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        """Finish; after an error discard the file. A recording that the user interrupts is finished."""
        if any(isinstance(part, Exception) for part in exc):
            self.discard()
        else:
            self.close()

    def _open(self, fps: float) -> None:
        from av.video.reformatter import VideoReformatter

        try:
            if not self._keep:
                remove_abandoned(self._goal)
            self._part.touch(exist_ok=False)  # av would fail only at the first picture
        except OSError as error:
            raise InputError(
                "Cannot write to the folder {folder}: {reason}.",
                "Choose another folder.",
                folder=self._path.parent.absolute(),
                reason=error.strerror,
            ) from error
        try:
            options = _FRAGMENTED if self._keep else self._format.options
            self._container = create_file(self._part, self._format.container, options)
            self._container.metadata["comment"] = PROVENANCE
            self._stream = self._format.add_stream(self._container, self._size, fps)
            # One for all pictures: preparing the conversion takes as long as a quarter of it.
            self._convert = VideoReformatter().reformat
            if self._sound is not None:
                self._sound.add_to(self._container, self._format)
            if self._keep:
                self._stream.codec_context.thread_count = min(_LIVE_THREADS, os.cpu_count() or 1)
                self._note = note(self._part, self._goal)
        except BaseException:  # including an interrupt: no caller has this object yet to discard it
            self.discard()
            self._part.unlink(missing_ok=True)
            raise

    def _write(self, image: U8, ticks: int) -> None:
        if self._sound is not None:
            self._sound.write_until(ticks / TICKS)
        self._container.mux(self._stream.encode(self._format.frame(image, ticks, self._convert)))
        self._last = ticks

    def _ticks(self, at_s: float | None) -> int:
        if at_s is None:
            return round(self.count * self._step)
        self._start = at_s if self._start is None else self._start
        return round((at_s - self._start) * TICKS)

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
                replace_or_write_through(self._part, self._goal)
                self._forget()
                return True
        self._part.unlink(missing_ok=True)
        self._forget()
        return False

    def _forget(self) -> None:
        """Remove the note by which an interrupted recording is found."""
        if self._note is not None:
            with contextlib.suppress(OSError):
                self._note.note.unlink(missing_ok=True)


def _check(path: Path, size: Size, fps: float, keep: bool) -> VideoFormat:
    if size.width % 2 or size.height % 2:
        raise InputError("A video of {size} cannot be written.", "Both sides must be even.", size=size)
    if keep and path.suffix.lower() != SUFFIX:
        raise InputError("{file} is not an MP4 file name.", "End it in {suffix}.", file=path.name, suffix=SUFFIX)
    if not 1 <= fps <= FASTEST:
        raise InputError("A video of {fps:g} fps cannot be written.", "Use 1 to 240 fps.", fps=fps)
    return check_output(path)
