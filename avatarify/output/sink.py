"""What every receiver of output pictures offers, and a sink that discards them."""

from __future__ import annotations

from typing import Protocol, Self

from avatarify.errors import InputError
from avatarify.frames import U8, Size


class FrameSink(Protocol):
    """A virtual camera, a recorder, a page, or none.

    ``send`` is called from one thread only. Size and rate are fixed at opening.

    Attributes:
        name: What a user would call it.
    """

    name: str

    def send(self, image: U8) -> None:
        """Send one picture.

        Args:
            image: (H, W, 3) uint8 RGB of exactly the size the sink was opened with.

        Raises:
            DeviceError: the receiver was lost.
        """
        ...

    def close(self) -> None:
        """Finish (a file is playable afterwards); may be called twice."""
        ...

    def __enter__(self) -> Self: ...
    def __exit__(self, *exc: object) -> None: ...


class NullSink:
    """Discards pictures; counts them."""

    def __init__(self) -> None:
        self.name = "null"
        self.count = 0

    def send(self, image: U8) -> None:
        """Count the picture."""
        self.count += 1

    def close(self) -> None:
        """Do nothing."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


def check_size(image: U8, size: Size) -> None:
    """Reject a picture of another size than the sink was opened with.

    Args:
        image: (H, W, 3) uint8 RGB.
        size: The size of the sink.

    Raises:
        InputError: the picture is not (H, W, 3) of this size.
    """
    if image.shape != (size.height, size.width, 3):
        raise InputError(
            "A picture of shape {shape} was sent where {size} is expected.",
            "Open the sink again.",
            shape=str(image.shape),
            size=size,
        )
