"""The output of a running session: a sink that can be replaced, and a recording that can be started and stopped."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Self

from avatarify.frames import U8
from avatarify.output.background import BackgroundRecording, RecordingFacts
from avatarify.output.sink import FrameSink


class SwitchableSink:
    """A sink that forwards pictures to another one.

    ``send`` is called from one thread, the other methods from another.

    Args:
        sink: Where pictures go first.

    """

    def __init__(self, sink: FrameSink) -> None:
        self._sink = sink
        self._recording: BackgroundRecording | None = None
        self._lock = threading.Lock()

    @property
    def name(self) -> str:
        """Name of the sink that gets the pictures now."""
        return self._sink.name

    @property
    def recording(self) -> RecordingFacts | None:
        """The state of the running recording; None without one."""
        running = self._recording
        return None if running is None or running.failed else running.facts

    def send(self, image: U8) -> None:
        """Forward a picture.

        Args:
            image: (H, W, 3) uint8 RGB of the size of the sink; must not be written to afterwards.

        Raises:
            DeviceError: the sink was lost.
        """
        with self._lock:
            self._sink.send(image)
            if self._recording is not None:
                self._recording.offer(image)

    def change(self, sink: FrameSink) -> None:
        """Forward to another sink from the next picture on; the previous one is closed."""
        with self._lock:
            before, self._sink = self._sink, sink
        before.close()

    def record(self, recording: BackgroundRecording | None) -> Path | None:
        """Start a recording, or stop the running one (None); return the file that is finished by it."""
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
