"""Sends the user's motion to another program by the VMC protocol (OSC over UDP); off unless an address is given."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from avatarify.capture.vmc import require_osc
from avatarify.capture.vmc_pose import APPLY, BLEND, BONE, quaternion_of
from avatarify.errors import CameraError, UsageError, first_line
from avatarify.face.face import Face
from avatarify.frames import Frame

_NOT_A_UNIT = "_neutral"  # MediaPipe's name for the share of no expression


class VmcSender:
    """Sends blend shapes and the head's rotation, once for each detection of the face.

    Args:
        address: ``HOST:PORT``.

    Raises:
        UsageError: It is no such address.
        DeviceError: The library is missing, or the host is unknown.
    """

    def __init__(self, address: str) -> None:
        host, _, port = address.rpartition(":")
        if not host or not port.isdecimal() or not 0 < int(port) < 65536:
            raise UsageError(
                "'{address}' is not the address of a program.", "Write HOST:PORT: 127.0.0.1:39539.", address=address
            )
        require_osc()
        from pythonosc.udp_client import UDPClient

        try:
            self._client = UDPClient(host.strip("[]"), int(port))
        except OSError as error:
            raise CameraError(
                "Motion cannot be sent to {address}: {reason}.",
                "Check the address.",
                address=address,
                reason=first_line(error),
            ) from error
        self._last = -1

    def send(self, frame: Frame, face: Face | None) -> None:
        """Send a face that was not sent yet.

        Args:
            frame: In which it is known.
            face: None while there is none in view: then nothing is sent, and the receiver rests.
        """
        if face is None or face.frame_index == self._last:
            return
        self._last = face.frame_index
        try:
            self._client.send(_bundle(face))
        except OSError:
            return  # nobody listens there yet: the next one may arrive

    def close(self) -> None:
        """Free the socket."""
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def _bundle(face: Face) -> object:
    """Return one OSC bundle with everything that the protocol's receivers need for a moment."""
    from pythonosc.osc_bundle_builder import IMMEDIATELY, OscBundleBuilder

    bundle = OscBundleBuilder(IMMEDIATELY)
    turn = quaternion_of(face.yaw, face.pitch, face.roll)
    bundle.add_content(_message(BONE, "Head", 0.0, 0.0, 0.0, *turn))
    for name, weight in face.expression.items():
        if name != _NOT_A_UNIT:
            bundle.add_content(_message(BLEND, name, weight))
    bundle.add_content(_message(APPLY))
    return bundle.build()


def _message(address: str, *values: str | float) -> object:
    from pythonosc.osc_message_builder import OscMessageBuilder

    message = OscMessageBuilder(address)
    for value in values:
        message.add_arg(value if isinstance(value, str) else float(value), "s" if isinstance(value, str) else "f")
    return message.build()
