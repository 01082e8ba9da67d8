"""What every source of frames offers."""

from __future__ import annotations

from typing import Protocol, Self

from avatarify.capture.watchdog import Timeouts
from avatarify.frames import Frame
from avatarify.messages import Message


class FrameSource(Protocol):
    """A camera, a stream, the screen, a file or the demo clip.

    The constructor opens it. ``read`` is called from one thread only, ``close`` from any thread, any number of times.

    Attributes:
        name: What a user would call it ("Logitech C920", "talk.mp4", "demo").
        fps: Nominal frames per second.
        live: True where frames that are not read in time are lost (a camera); False where reading can wait (a file).
        warnings: What could not be read; complete once ``read`` has returned None.
    """

    name: str
    fps: float
    live: bool
    warnings: list[Message]

    @property
    def timeouts(self) -> Timeouts:
        """When the watchdog counts it as faulty."""
        ...

    def read(self) -> Frame | None:
        """Wait for the next frame, (H, W, 3) uint8 RGB; None at the end of a file or once closed.

        Raises:
            DeviceError: a camera was lost.
        """
        ...

    def close(self) -> None:
        """Release the device or file; may be called twice."""
        ...

    def __enter__(self) -> Self: ...
    def __exit__(self, *exc: object) -> None: ...
