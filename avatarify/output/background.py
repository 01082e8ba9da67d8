"""A recording written on a thread of its own, so that a slow encoder holds no picture up."""

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

_WAITING = 8  # pictures; more would only be memory


@dataclass(frozen=True)
class RecordingFacts:
    """What is known about a recording that runs.

    Attributes:
        path: The file it becomes.
        seconds: Its length so far.
        size: Bytes written so far.
        skipped: Pictures that the encoder was too slow for.
    """

    path: Path
    seconds: float
    size: int
    skipped: int


class BackgroundRecording:
    """Records the pictures that are offered, stamped with the time they came.

    Args:
        path: The file to make; ends in ``.mp4``.
        size: Size of the pictures.
        fps: About how many come a second.
        on_problem: Told once, on the recording's thread, when it cannot go on; what was written before is kept.

    Raises:
        InputError: the file cannot be made.
    """

    def __init__(self, path: Path, size: Size, fps: float, on_problem: Callable[[Exception], None]) -> None:
        self._recorder = Recorder(path, size, fps, keep=True)
        self._path = path
        self._on_problem = on_problem
        self._queue: queue.Queue[tuple[U8, float] | None] = queue.Queue(_WAITING)
        self._began = time.perf_counter()
        self._skipped = 0
        self._failed = False
        self._thread = threading.Thread(target=self._work, name="avatarify-recording", daemon=True)
        self._thread.start()

    @property
    def facts(self) -> RecordingFacts:
        """Length and size now; for any thread."""
        seconds = time.perf_counter() - self._began
        return RecordingFacts(self._path, seconds, self._recorder.written, self._skipped)

    @property
    def failed(self) -> bool:
        """True once it could not go on."""
        return self._failed

    def offer(self, image: U8) -> None:
        """Take a picture, (H, W, 3) uint8 RGB that nobody writes to any more; never waits."""
        try:
            self._queue.put_nowait((image, time.perf_counter()))
        except queue.Full:
            self._skipped += 1

    def finish(self) -> Path | None:
        """Write what waits and close the file; return it, or None if there is none. May be called twice."""
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
            while self._queue.get() is not None:  # whoever finishes must not wait for room
                pass


class RecordingSink:
    """A recording as a sink among others: none of them waits for the encoder.

    Args:
        path: The file to make; ends in ``.mp4``.
        size: Size of the pictures.
        fps: About how many come a second.

    Raises:
        InputError: the file cannot be made.
    """

    def __init__(self, path: Path, size: Size, fps: float) -> None:
        self.name = path.name
        self._error: Exception | None = None
        self._recording = BackgroundRecording(path, size, fps, self._keep)

    def send(self, image: U8) -> None:
        """Offer one picture, (H, W, 3) uint8 RGB that nobody writes to any more.

        Raises:
            DeviceError: the recording could not go on.
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

    def _keep(self, error: Exception) -> None:
        self._error = error
