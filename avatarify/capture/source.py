"""What every picture source offers."""

from __future__ import annotations

from typing import Protocol, Self

from avatarify.capture.watchdog import Timeouts
from avatarify.frames import Frame


class FrameSource(Protocol):
    """A camera, a stream, the screen, a file or the demo clip.

    Opened by its constructor or ``open``; ``read`` is called from one thread only, ``close`` from any, any number of
    times.

    Attributes:
        name: What a person would call it ("Logitech C920", "talk.mp4", "demo").
        fps: Nominal frames a second.
        live: True where frames that nobody takes are lost (a camera); False where reading can wait (a file).
    """

    name: str
    fps: float
    live: bool

    @property
    def timeouts(self) -> Timeouts:
        """How long it may look dead before it counts as dead."""
        ...

    def read(self) -> Frame | None:
        """Block for the next frame; None at the end of a file.

        Raises:
            DeviceError: a camera was lost.
        """
        ...

    def close(self) -> None:
        """Let go of the device or file; may be called twice."""
        ...

    def __enter__(self) -> Self: ...
    def __exit__(self, *exc: object) -> None: ...
