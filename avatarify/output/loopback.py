"""v4l2loopback devices on Linux: what a device announces, and a workaround for the fault that blocks a second run."""

from __future__ import annotations

import contextlib
import os
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass

_DRIVER = b"v4l2 loopback"
_CAPTURE, _OUTPUT = 1, 2  # capabilities; 2 is also the buffer type of the output side
# struct v4l2_capability: driver, card, bus, version, capabilities, capabilities of this device, three reserved words.
_CAPABILITY = struct.Struct("16s32s32s6I")
_QUERY = 0x80685600  # VIDIOC_QUERYCAP
_STREAM_ON = 0x40045612  # VIDIOC_STREAMON


@dataclass(frozen=True, slots=True)
class LoopbackSides:
    """Which sides a loopback device announces now.

    Attributes:
        camera: The capture side: programs see a camera, because one sends.
        writable: The output side: a program could start to send.
    """

    camera: bool
    writable: bool


def sides(device: str) -> LoopbackSides | None:
    """Query a device; None if it is not one of v4l2loopback, or cannot be opened."""
    if not sys.platform.startswith("linux"):
        return None
    with contextlib.suppress(OSError), _opened(device) as handle:
        return _query(handle)
    return None


def revive(device: str, even_in_use: bool = False) -> bool:
    """Make a device writable again that a previous sender left unusable.

    v4l2loopback 0.12, which Debian 12 and Ubuntu 22.04 to 24.04 ship, does not announce its output side again after a
    program that only wrote to it, as pyvirtualcam does. But it counts any program that requests streaming as a sender,
    and announces the side again when that program closes the device. A device that is writable is left alone.

    Args:
        device: For example ``/dev/video10``.
        even_in_use: Also do it while the device is a camera, because a meeting program has it open. Only for a caller
            that has just stopped sending and knows that no other program sends.

    Returns:
        Whether the device can be written to now.
    """
    before = sides(device)
    if before is None or before.writable:
        return before is not None
    if before.camera and not even_in_use:
        return False
    with contextlib.suppress(OSError), _opened(device) as handle:
        _stream_on(handle)
    after = sides(device)
    return after is not None and after.writable


@contextlib.contextmanager
def _opened(device: str) -> Iterator[int]:
    handle = os.open(device, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        yield handle
    finally:
        os.close(handle)


def _query(handle: int) -> LoopbackSides | None:
    import fcntl

    reply = fcntl.ioctl(handle, _QUERY, bytes(_CAPABILITY.size))
    driver, *_, of_device = _CAPABILITY.unpack(reply)[:6]
    if driver.rstrip(b"\0") != _DRIVER:
        return None
    return LoopbackSides(camera=bool(of_device & _CAPTURE), writable=bool(of_device & _OUTPUT))


def _stream_on(handle: int) -> None:
    import fcntl

    with contextlib.suppress(OSError):  # it fails without a format, but by then the driver counts us as a sender
        fcntl.ioctl(handle, _STREAM_ON, struct.pack("i", _OUTPUT))
