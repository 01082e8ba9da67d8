"""The user's motion for other programs."""

import socket

import numpy as np
import pytest
from helpers.fakes import make_face

from avatarify.capture.vmc import VmcSource
from avatarify.errors import UsageError
from avatarify.frames import Frame, Size
from avatarify.output.vmc_out import VmcSender

pytest.importorskip("pythonosc")
FRAME = Frame(np.zeros((8, 8, 3), np.uint8), 0, 0.0)


def test_a_receiver_gets_each_detected_face_once() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with VmcSource(f"vmc:{port}", Size(16, 16), 5.0) as receiver, VmcSender(f"127.0.0.1:{port}") as sender:
        face = make_face(3, {"_neutral": 0.5, "jawOpen": 0.4, "mouthPucker": 0.1}, yaw=12.0)
        sender.send(FRAME, None)
        sender.send(FRAME, face)
        sender.send(FRAME, face)
        got = [receiver.read() for _ in range(3)]
        heard = [frame.performance for frame in got if frame is not None and frame.performance is not None]
        assert heard[0].units == pytest.approx({"jawOpen": 0.4, "mouthPucker": 0.1})
        assert heard[0].yaw == pytest.approx(12.0, abs=1e-3)


def test_without_a_listener_nothing_fails() -> None:
    with VmcSender("127.0.0.1:9") as sender:
        for number in range(3):
            sender.send(FRAME, make_face(number))


@pytest.mark.parametrize("address", ["", "39539", "host", "host:", "host:0", "host:99999"])
def test_an_address_needs_host_and_port(address: str) -> None:
    with pytest.raises(UsageError, match="is not the address of a program"):
        VmcSender(address)
