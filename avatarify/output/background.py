"""A recording that is encoded on a thread of its own, so that a slow encoder delays no picture."""

from __future__ import annotations

import os
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from avatarify.errors import AvatarifyError
from avatarify.frames import U8, Size
from avatarify.output.recorder import Recorder

_QUEUE_LENGTH = 8  # pictures; a longer queue would only use memory


@dataclass(frozen=True)
class RecordingFacts:
    """The state of a running recording.

    Attributes:
        path: The file it will become.
        seconds: Its duration so far.
        size: Bytes written so far.
        skipped: Pictures dropped because the encoder was too slow.
    """

    path: Path
    seconds: float
    size: int
    skipped: int


class BackgroundRecording:
    """Records the offered pictures, each with the time of its arrival.

    Args:
        path: The file to create; ends in ``.mp4``.
        size: Size of the pictures.
        fps: Their approximate rate, frames per second.
        on_problem: Called once, on the recording's thread, with the error that ends it; the file keeps what was written
            before.

    Raises:
        InputError: the file cannot be created.
    """

    def __init__(self, path: Path, size: Size, fps: float, on_problem: Callable[[Exception], None]) -> None:
        self._recorder = Recorder(path, size, fps, keep=True)
        self._path = path
        self._on_problem = on_problem
        self._queue: queue.Queue[tuple[U8, float] | None] = queue.Queue(_QUEUE_LENGTH)
        self._began = time.perf_counter()
        self._skipped = 0
        self._failed = False
        self._thread = threading.Thread(target=self._work, name="avatarify-recording", daemon=True)
        self._thread.start()

    @property
    def facts(self) -> RecordingFacts:
        """The current state; for any thread."""
        seconds = time.perf_counter() - self._began
        return RecordingFacts(self._path, seconds, self._recorder.written, self._skipped)

    @property
    def failed(self) -> bool:
        """Whether an error has ended it."""
        return self._failed

    def offer(self, image: U8) -> None:
        """Queue a picture, (H, W, 3) uint8 RGB, that must not be written to afterwards; never waits."""
        try:
            self._queue.put_nowait((image, time.perf_counter()))
        except queue.Full:
            self._skipped += 1

    def finish(self) -> Path | None:
        """Write the queued pictures and close the file; return its path, or None without one. May be called twice."""
        if self._thread.is_alive():
            self._queue.put(None)
            self._thread.join()
        return None if self._failed or not os.path.exists(self._path) else self._path

    def _work(self) -> None:
        try:
            with self._recorder:
                while (item := self._queue.get()) is not None:
                    self._recorder.send(*item)
        except AvatarifyError as error:
            self._failed = True
            self._on_problem(error)
            while self._queue.get() is not None:  # ``finish`` must not wait for room in the queue
                pass


class RecordingSink:
    """A recording as one of several sinks: none of them waits for the encoder.

    Args:
        path: The file to create; ends in ``.mp4``.
        size: Size of the pictures.
        fps: Their approximate rate, frames per second.

    Raises:
        InputError: the file cannot be created.
    """

    def __init__(self, path: Path, size: Size, fps: float) -> None:
        self.name = path.name
        self._error: Exception | None = None
        self._recording = BackgroundRecording(path, size, fps, self._remember)

    def send(self, image: U8) -> None:
        """Record one picture, (H, W, 3) uint8 RGB, that must not be written to afterwards.

        Raises:
            DeviceError: an error has ended the recording.
        """
        if self._error is not None:
            raise self._error
        self._recording.offer(image)

    def close(self) -> None:
        """Finish the file; may be called twice."""
        self._recording.finish()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _remember(self, error: Exception) -> None:
        self._error = error
