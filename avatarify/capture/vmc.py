"""Another tracker as the driver: face units and a head pose by the VMC protocol, which is OSC over UDP.

An iPhone app, or a program such as VSeeFace, sends ``/VMC/Ext/Blend/Val`` for each unit, then ``/VMC/Ext/Blend/Apply``,
and the bones' rotations (https://protocol.vmc.info). ARKit's unit names are understood in any case, and VRM's presets.
"""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from typing import Any, Self

import numpy as np

from avatarify.capture.vmc_pose import VmcFace
from avatarify.capture.watchdog import Timeouts
from avatarify.errors import CameraError, DeviceError, UsageError, first_line
from avatarify.frames import U8, Frame, Size
from avatarify.messages import Message

PORT = 39539  # the protocol's own
LOCAL = "127.0.0.1"
_GRAY = 96
_LARGEST_PACKET = 65535


def is_vmc(text: str) -> bool:
    """Return whether the text names this source: ``vmc``, ``vmc:PORT``, or ``vmc:ADDRESS:PORT``."""
    return text.partition(":")[0].casefold() == "vmc"


def address_of(text: str) -> tuple[str, int]:
    """Return the address and port that ``vmc:…`` names.

    Raises:
        UsageError: The port is not one.
    """
    host, _, port = text.partition(":")[2].rpartition(":")
    if port and not (port.isdecimal() and 0 < int(port) < 65536):
        raise UsageError("'{text}' names no port.", "Write vmc:39539, or vmc:ADDRESS:PORT.", text=text)
    return host.strip("[]") or LOCAL, int(port or PORT)


def require_osc() -> None:
    """Raise if the library for OSC is missing.

    Raises:
        DeviceError: It is.
    """
    try:
        import pythonosc  # noqa: F401
    except ImportError as error:
        raise DeviceError(
            "The package python-osc is not installed.", "Install it with: pip install 'avatarify[vmc]'."
        ) from error


class VmcSource:
    """Waits for what a tracker sends; each frame is a gray image with a performance, or without while nothing comes.

    Args:
        text: See ``is_vmc``. Without an address only programs on this computer are heard.
        size: Size of the gray image.
        fps: Frames per second while nothing comes.

    Raises:
        UsageError: The port is not one.
        DeviceError: The library is missing, or the port is in use.
    """

    def __init__(self, text: str, size: Size, fps: float) -> None:
        require_osc()
        address, port = address_of(text)
        self.fps, self.live, self.timeouts = fps, True, Timeouts()
        self.warnings: list[Message] = []
        self._socket = _bound(address, port)
        self.name = f"VMC {address}:{port}"
        self._image: U8 = np.full((size.height, size.width, 3), _GRAY, np.uint8)
        self._face, self._index = VmcFace(), 0
        self._closing = threading.Event()

    def read(self) -> Frame | None:
        """Wait for the next complete message, but no longer than a frame; None once closed."""
        until = time.perf_counter() + 1 / self.fps
        while not self._closing.is_set() and not self._heard(until - time.perf_counter()):
            if time.perf_counter() >= until:
                break
        if self._closing.is_set():
            return None
        now = time.perf_counter()
        frame = Frame(self._image, self._index, now, performance=self._face.performance(now))
        self._index += 1
        return frame

    def close(self) -> None:
        """Free the port; may be called twice."""
        self._closing.set()
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)  # wakes a read
        self._socket.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def _heard(self, seconds: float) -> bool:
        """Take one packet; return whether it completed a face."""
        try:
            self._socket.settimeout(max(seconds, 1e-3))
            packet = self._socket.recv(_LARGEST_PACKET)
        except (TimeoutError, OSError):
            return False
        heard = [self._face.take(message.address, message.params, time.perf_counter()) for message in _messages(packet)]
        return any(heard)


def _messages(packet: bytes) -> list[Any]:
    """Return the OSC messages in a packet; none if it is something else."""
    from pythonosc.osc_packet import OscPacket, ParseError

    try:
        return [timed.message for timed in OscPacket(packet).messages]
    except (ParseError, ValueError, IndexError, OverflowError):
        return []


def _bound(address: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(address, port, type=socket.SOCK_DGRAM)[0]
        opened = socket.socket(family, kind, protocol)
    except OSError as error:
        raise _unusable(address, port, error) from error
    try:
        opened.bind(place)
    except OSError as error:
        opened.close()
        raise _unusable(address, port, error) from error
    return opened


def _unusable(address: str, port: int, error: OSError) -> CameraError:
    return CameraError(
        "Port {port} of {address} cannot be used: {reason}.",
        "Close the other program that listens there, or choose another port: vmc:PORT.",
        port=str(port),
        address=address,
        reason=first_line(error),
    )
