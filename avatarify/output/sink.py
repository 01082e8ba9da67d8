"""What every receiver of output pictures offers, and the one that throws them away."""

from __future__ import annotations

from typing import Protocol, Self

from avatarify.errors import InputError
from avatarify.frames import U8, Size


class FrameSink(Protocol):
    """A virtual camera, a recorder, a preview or nobody.

    ``send`` is called from one thread only. Size and rate stay what they were at opening.

    Attributes:
        name: What a person would call it.
    """

    name: str

    def send(self, image: U8) -> None:
        """Take one picture, (H, W, 3) uint8 RGB of exactly the size the sink was opened with.

        Raises:
            DeviceError: the receiver was lost.
        """
        ...

    def close(self) -> None:
        """Finish cleanly (a file is playable afterwards); may be called twice."""
        ...

    def __enter__(self) -> Self: ...
    def __exit__(self, *exc: object) -> None: ...


class NullSink:
    """Takes every picture and keeps none; counts them."""

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
    """Refuse a picture of another size than the sink was opened with.

    Raises:
        InputError: the picture is not (H, W, 3) of this size.
    """
    if image.shape != (size.height, size.width, 3):
        raise InputError(f"A picture of shape {image.shape} was sent where {size} is expected.", "Open the sink again.")
