"""The sound of the user's voice: from a microphone, or from a file in real time. Nothing is recorded."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Self

import numpy as np

from avatarify.containers import open_file
from avatarify.errors import DeviceError, InputError, first_line
from avatarify.files import path_of
from avatarify.frames import F32
from avatarify.messages import Message
from avatarify.motion.voice import MouthFollower

DEFAULT = "default"
_BLOCK_S = 0.010
_FILE_RATE = 16000
_AFTER_S = 0.5  # of silence after a file: the mouth closes
_JOIN_S = 2.0
_SOUNDS = (".wav", ".mp3", ".flac", ".ogg", ".opus", ".m4a")
_LINUX = Message("On Debian and Ubuntu: sudo apt install libportaudio2. Or do without --voice.")


class Voice:
    """Listens until it is closed.

    Args:
        text: ``default``, the number or a part of the name of a microphone, or a sound file.

    Raises:
        InputError: The file is missing or cannot be read.
        DeviceError: There is no such microphone, it cannot be used, or the library for sound is missing.
    """

    def __init__(self, text: str) -> None:
        self._stop = threading.Event()
        path = path_of(text)
        if path.suffix.lower() in _SOUNDS:
            self.name = path.name
            self._follower = MouthFollower(_FILE_RATE)
            self._thread = threading.Thread(target=self._play, args=(_samples(path),), name="voice", daemon=True)
            self._stream: Any = None
        else:
            self._stream, self.name, rate = _microphone(text, self._take)
            self._follower = MouthFollower(rate)
            self._stream.start()

    def units(self) -> Mapping[str, float]:
        """Return the weights of the mouth's face units now; a file begins to play at the first call."""
        if self._stream is None and self._thread.ident is None:
            self._thread.start()
        return self._follower.units

    def close(self) -> None:
        """Release the microphone; may be called twice."""
        self._stop.set()
        if self._stream is not None:
            self._stream.close(ignore_errors=True)
        elif self._thread.ident is not None:
            self._thread.join(_JOIN_S)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _take(self, block: Any, *_: object) -> None:
        """Take (N, 1) float32 from the thread of the library."""
        if not self._stop.is_set():
            self._follower.hear(np.array(block[:, 0], np.float32))

    def _play(self, samples: F32) -> None:
        """Hear a file at its own speed."""
        step, started = round(_FILE_RATE * _BLOCK_S), time.perf_counter()
        for at in range(0, len(samples), step):
            self._follower.hear(samples[at : at + step])
            due = started + (at + step) / _FILE_RATE
            if self._stop.wait(max(0.0, due - time.perf_counter())):
                return


def _samples(path: Path) -> F32:
    """Read a sound file, (N,) float32 at ``_FILE_RATE``, with silence after it."""
    import av

    try:
        with open_file(path) as container:
            parts = [part for frame in container.decode(audio=0) for part in _resampled(frame)]
    except (av.error.FFmpegError, OSError, IndexError, ValueError) as error:
        raise InputError(
            "{file} cannot be read as sound: {reason}.", "Give a WAV file.", file=path.name, reason=first_line(error)
        ) from error
    return np.concatenate([*parts, np.zeros(round(_AFTER_S * _FILE_RATE), np.float32)])


def _resampled(frame: Any) -> Iterator[F32]:
    import av

    for part in av.AudioResampler(format="flt", layout="mono", rate=_FILE_RATE).resample(frame):
        yield part.to_ndarray().reshape(-1)


def _microphone(text: str, take: Callable[..., None]) -> tuple[Any, str, int]:
    """Open a microphone; return its stream, name, and rate."""
    sounddevice = _library()
    chosen: int | str | None = None if text == DEFAULT else int(text) if text.isdecimal() else text
    try:
        facts = sounddevice.query_devices(chosen, "input")
        rate = round(facts["default_samplerate"])
        stream = sounddevice.InputStream(
            device=chosen, channels=1, samplerate=rate, blocksize=round(rate * _BLOCK_S), dtype="float32", callback=take
        )
    except (sounddevice.PortAudioError, ValueError) as error:
        raise DeviceError(
            "The microphone {name} cannot be used: {reason}.",
            "Connect it, allow access to it in the system's settings, or choose another one.",
            name=text,
            reason=first_line(error),
        ) from error
    return stream, str(facts["name"]), rate


def _library() -> Any:
    try:
        import sounddevice
    except (ImportError, OSError) as error:  # OSError: the package is there, the system's library is not
        raise DeviceError("The library PortAudio, which reads microphones, is missing.", _LINUX) from error
    return sounddevice
