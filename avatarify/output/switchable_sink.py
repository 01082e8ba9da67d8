"""Where a running session's pictures go: to a sink that can be changed, and into a recording that comes and goes."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Self

from avatarify.frames import U8
from avatarify.output.background import BackgroundRecording, RecordingFacts
from avatarify.output.sink import FrameSink


class SwitchableSink:
    """A sink in front of another one.

    ``send`` is called from one thread; the rest from another.

    Args:
        sink: Where pictures go at first.

    Attributes:
        name: Where pictures go now.
    """

    def __init__(self, sink: FrameSink) -> None:
        self._sink = sink
        self.name = sink.name
        self._recording: BackgroundRecording | None = None
        self._lock = threading.Lock()

    @property
    def recording(self) -> RecordingFacts | None:
        """What is known about the recording that runs."""
        running = self._recording
        return None if running is None or running.failed else running.facts

    def send(self, image: U8) -> None:
        """Hand on a picture, (H, W, 3) uint8 RGB of the sink's size; it must not be written to afterwards.

        Raises:
            DeviceError: the sink was lost.
        """
        with self._lock:
            self._sink.send(image)
            if self._recording is not None:
                self._recording.offer(image)

    def change(self, sink: FrameSink) -> None:
        """Send to another sink from the next picture on; the one before is closed."""
        with self._lock:
            before, self._sink = self._sink, sink
            self.name = sink.name
        before.close()

    def record(self, recording: BackgroundRecording | None) -> Path | None:
        """Begin a recording, or end the one that runs; return the file that is finished by it."""
        with self._lock:
            before, self._recording = self._recording, recording
        return None if before is None else before.finish()

    def close(self) -> None:
        """Finish the recording, then the sink; may be called twice."""
        self.record(None)
        self._sink.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
