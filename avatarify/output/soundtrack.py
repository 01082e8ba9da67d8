"""The sound of a driving video, for the video that is made of it: copied where the container can hold it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

from avatarify.containers import open_file
from avatarify.messages import Message
from avatarify.output.video_format import VideoFormat

_CODECS = {"libopus": ("libopus", 48_000)}  # encoders that do not accept every sample rate


class Soundtrack:
    """Reads the sound of a file, and adds it to another one as far as its pictures have come.

    Args:
        path: The file with the sound.
        start_s: Time of its first picture on the clock of the file, seconds: what sounds before is left out.

    Attributes:
        warnings: What went wrong; complete once the video is closed.
    """

    def __init__(self, path: Path, start_s: float) -> None:
        self._path = path
        self._start = start_s
        self._file: Any = None
        self._out: Any = None
        self._target: Any = None
        self._packets: Iterator[tuple[float, Any]] = iter(())
        self._next: tuple[float, Any] | None = None
        self.warnings: list[Message] = []

    def add_to(self, target: Any, kind: VideoFormat) -> None:
        """Add a stream of sound to an open container, if the file has sound and the container can hold it."""
        with self._problems():
            self._open(target, kind)

    def write_until(self, time_s: float) -> None:
        """Write what sounds before a time, counted from the first picture, in seconds."""
        with self._problems():
            while self._next is not None and self._next[0] < time_s:
                self._target.mux(self._next[1])
                self._next = next(self._packets, None)

    def close(self) -> None:
        """Close the file that is read; may be called twice."""
        self._next = None
        if self._file is not None:
            self._file.close()
            self._file = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _open(self, target: Any, kind: VideoFormat) -> None:
        self._file = open_file(self._path)
        stream = self._file.streams.best("audio")
        if stream is None:
            return
        if not kind.sound:
            text = "{name} has sound, but files of this kind cannot hold it."
            self.warnings.append(Message(text, name=self._path.name))
            return
        if stream.codec_context is None:
            self._lost(Message("its codec is unknown"))
            return
        self._target = target
        if stream.codec_context.codec.canonical_name in kind.sound:
            self._out = target.add_stream_from_template(stream)
            self._packets = self._copied(stream)
        else:
            self._out = target.add_stream(*_encoder(kind, stream))
            self._packets = self._encoded(stream)
        self._next = next(self._packets, None)

    def _copied(self, stream: Any) -> Iterator[tuple[float, Any]]:
        start = round(self._start / stream.time_base)
        for packet in self._file.demux(stream):
            if packet.pts is None or packet.pts < start:
                continue
            at = float((packet.pts - start) * stream.time_base)
            packet.pts -= start
            packet.dts = packet.pts
            packet.stream = self._out
            yield at, packet

    def _encoded(self, stream: Any) -> Iterator[tuple[float, Any]]:
        import av

        resampler = av.AudioResampler(self._out.codec_context.format, self._out.codec_context.layout, self._out.rate)
        for frame in self._file.decode(stream):
            if frame.time is None or frame.time < self._start:
                continue
            frame.pts -= round(self._start / frame.time_base)
            at = float(frame.pts * frame.time_base)
            for ready in resampler.resample(frame):
                yield from ((at, packet) for packet in self._out.encode(ready))
        yield from ((at, packet) for ready in resampler.resample(None) for packet in self._out.encode(ready))
        yield from ((at, packet) for packet in self._out.encode(None))

    @contextlib.contextmanager
    def _problems(self) -> Iterator[None]:
        """Go on without sound where it cannot be read or written, and say so once."""
        import av

        try:
            yield
        except (av.error.FFmpegError, ValueError) as error:
            self._lost(getattr(error, "strerror", None) or error)

    def _lost(self, reason: object) -> None:
        self._next = None
        text = "The sound of {name} is lost from here on: {reason}."
        self.warnings.append(Message(text, name=self._path.name, reason=reason))


def _encoder(kind: VideoFormat, stream: Any) -> tuple[str, int]:
    """Return the encoder and the sample rate for sound that is not copied."""
    return _CODECS.get(kind.sound[0], (kind.sound[0], stream.codec_context.sample_rate))
