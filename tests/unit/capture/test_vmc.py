"""Faces from another tracker."""

import contextlib
import math
import socket

import pytest

from avatarify.capture.registry import open_source
from avatarify.capture.vmc import LOCAL, VmcSource, address_of, is_vmc
from avatarify.capture.vmc_pose import (
    APPLY,
    BLEND,
    BONE,
    SILENT_S,
    VmcFace,
    angles_of,
    quaternion_of,
    turn_of,
    units_of,
)
from avatarify.errors import CameraError, UsageError
from avatarify.frames import Performance, Size
from avatarify.motion.expression import load_basis, rotation

pythonosc = pytest.importorskip("pythonosc.udp_client")
SIZE = Size(64, 48)


def test_addresses_are_of_this_computer_unless_one_is_given() -> None:
    assert is_vmc("vmc:39540")
    assert is_vmc("VMC")
    assert not is_vmc("rtsp://vmc:1")
    assert address_of("vmc") == (LOCAL, 39539)
    assert address_of("vmc:4000") == (LOCAL, 4000)
    assert address_of("vmc:0.0.0.0:4000") == ("0.0.0.0", 4000)
    for wrong in ("vmc:port", "vmc:0", "vmc:70000"):
        with pytest.raises(UsageError, match="names no port"):
            address_of(wrong)


def test_every_unit_of_arkit_moves_the_basis_and_is_known_in_any_case() -> None:
    assert set(units_of(dict.fromkeys((name.upper() for name in load_basis().units), 1.0))) == set(load_basis().units)


def test_units_are_limited_and_presets_of_avatars_are_translated() -> None:
    assert units_of({"JawOpen": 3.0, "MOUTHPUCKER": -1.0, "tail": 1.0}) == {"jawOpen": 1.0, "mouthPucker": 0.0}
    assert units_of({"A": 1.0})["jawOpen"] > 0.5
    assert units_of({"Blink": 0.5}) == {"eyeBlinkLeft": 0.5, "eyeBlinkRight": 0.5}


@pytest.mark.parametrize("angles", [(20, 0, 0), (0, 15, 0), (0, 0, -12), (20, -10, 8)])
def test_a_turn_survives_the_way_through_the_protocol(angles: tuple[float, float, float]) -> None:
    turn = turn_of(quaternion_of(*angles))
    assert turn == pytest.approx(rotation(*angles), abs=1e-5)
    assert angles_of(turn) == pytest.approx(angles, abs=1e-3)


def test_unity_s_axes_are_turned_into_those_of_the_picture() -> None:
    half = math.radians(10) / 2
    to_own_right = (0.0, math.sin(half), 0.0, math.cos(half))  # Unity is left-handed: about y, from z toward x
    assert angles_of(turn_of(to_own_right)) == pytest.approx((-10, 0, 0), abs=1e-3)
    down = (math.sin(half), 0.0, 0.0, math.cos(half))
    assert angles_of(turn_of(down)) == pytest.approx((0, 10, 0), abs=1e-3)


def test_a_face_is_complete_when_it_is_applied_and_lost_after_a_second() -> None:
    face = VmcFace()
    assert face.performance(0.0) is None
    assert not face.take(BLEND, ["jawOpen", 0.5], 1.0)
    assert face.performance(1.0) is None
    assert face.take(APPLY, [], 1.0)
    assert face.performance(1.5) == Performance({"jawOpen": 0.5})
    assert face.performance(1.0 + SILENT_S + 0.1) is None


def test_neck_and_head_turn_together() -> None:
    face = VmcFace()
    for bone in ("Neck", "Head"):
        face.take(BONE, [bone, 0.0, 0.0, 0.0, *quaternion_of(8, 0, 0)], 0.0)
    performance = face.performance(0.0)
    assert performance is not None
    assert performance.yaw == pytest.approx(16, abs=1e-3)


@pytest.mark.parametrize(
    ("address", "values"),
    [(BLEND, []), (BLEND, [1, 2]), (BLEND, ["jawOpen", math.nan]), (BLEND, ["jawOpen", "x"]), (BONE, ["Head", 1.0])],
)
def test_malformed_messages_are_ignored(address: str, values: list[object]) -> None:
    face = VmcFace()
    face.take(address, values, 0.0)
    face.take(APPLY, [], 0.0)
    assert face.performance(0.0) == Performance()


def test_the_source_gives_what_is_sent_and_survives_noise() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind((LOCAL, 0))
        port = free.getsockname()[1]
    with contextlib.ExitStack() as opened, open_source(f"vmc:{port}", pace=True, size=SIZE, fps=200.0) as source:
        assert isinstance(source, VmcSource)
        first = source.read()
        assert first is not None
        assert first.performance is None
        assert first.image.shape == (48, 64, 3)
        with pytest.raises(CameraError, match=f"Port {port} of {LOCAL} cannot be used"):
            VmcSource(f"vmc:{port}", SIZE, 30.0)
        sender = opened.enter_context(pythonosc.SimpleUDPClient(LOCAL, port))
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as noise:
            noise.sendto(b"/VMC\xff\x00garbage", (LOCAL, port))
        sender.send_message(BONE, ["Head", 0.0, 0.0, 0.0, *quaternion_of(0, 0, 9)])
        sender.send_message(BLEND, ["JAWOPEN", 0.25])
        sender.send_message(APPLY, [])
        seen = next(frame for frame in iter(source.read, None) if frame.performance and frame.performance.units)
        assert seen.performance is not None
        assert seen.performance.units == {"jawOpen": 0.25}
        assert seen.performance.roll == pytest.approx(9, abs=1e-3)
    assert source.read() is None
