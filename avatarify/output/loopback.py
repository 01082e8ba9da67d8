"""Linux's v4l2loopback devices: what one announces, and a way out of the fault that blocks a second run."""

from __future__ import annotations

import contextlib
import os
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass

_DRIVER = b"v4l2 loopback"
_CAPTURE, _OUTPUT = 1, 2  # capabilities; the buffers of the output side have the number 2 as well
# struct v4l2_capability: driver, card, bus, version, capabilities, those of this device, three reserved words.
_CAPABILITY = struct.Struct("16s32s32s6I")
_QUERY = 0x80685600  # VIDIOC_QUERYCAP
_STREAM_ON = 0x40045612  # VIDIOC_STREAMON


@dataclass(frozen=True, slots=True)
class LoopbackSides:
    """Which sides of a loopback device are open for use now.

    Attributes:
        camera: Programs see a camera: somebody sends.
        writable: Somebody could begin to send.
    """

    camera: bool
    writable: bool


def ends(device: str) -> LoopbackSides | None:
    """Ask a device; None if it is none of v4l2loopback's, or cannot be opened."""
    if not sys.platform.startswith("linux"):
        return None
    with contextlib.suppress(OSError), _opened(device) as handle:
        return _ask(handle)
    return None


def revive(device: str, even_in_use: bool = False) -> bool:
    """Make a device writable again that a writer left behind unusable.

    v4l2loopback 0.12, which Debian 12 and Ubuntu 22.04 to 24.04 have, forgets to offer its output side when a program
    leaves that only wrote, as pyvirtualcam does. Whoever asks for streaming counts as a writer there, and when such a
    one leaves, the side is offered again. A device that needs no help is left alone.

    Args:
        device: For example ``/dev/video10``.
        even_in_use: Do it although the device still is a camera: only for who has just stopped sending and knows that
            nobody else sends, while a meeting program holds the device.

    Returns:
        Whether the device can be written to now.
    """
    found = ends(device)
    if found is None or found.writable:
        return found is not None
    if found.camera and not even_in_use:
        return False
    with contextlib.suppress(OSError), _opened(device) as handle:
        _stream_on(handle)
    found = ends(device)
    return found is not None and found.writable


@contextlib.contextmanager
def _opened(device: str) -> Iterator[int]:
    handle = os.open(device, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        yield handle
    finally:
        os.close(handle)


def _ask(handle: int) -> LoopbackSides | None:
    import fcntl

    answer = fcntl.ioctl(handle, _QUERY, bytes(_CAPABILITY.size))
    driver, *_, of_device = _CAPABILITY.unpack(answer)[:6]
    if driver.rstrip(b"\0") != _DRIVER:
        return None
    return LoopbackSides(camera=bool(of_device & _CAPTURE), writable=bool(of_device & _OUTPUT))


def _stream_on(handle: int) -> None:
    import fcntl

    with contextlib.suppress(OSError):  # without a format it fails, but who asked counts as a writer by then
        fcntl.ioctl(handle, _STREAM_ON, struct.pack("i", _OUTPUT))
