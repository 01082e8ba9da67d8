"""``avatarify run`` driven by another tracker, and sending the user's motion, with real processes and sockets."""

import json
import signal
import socket
import time
from pathlib import Path

import numpy as np
import pytest
from helpers.command import avatarify as run_avatarify
from helpers.command import error_line, start
from helpers.media import read_video
from helpers.values import not_none

from avatarify.capture.vmc import LOCAL, VmcSource
from avatarify.capture.vmc_pose import APPLY, BLEND, BONE, quaternion_of
from avatarify.face.face import Face
from avatarify.face.landmarker import FaceLandmarker
from avatarify.frames import U8, Performance, Size

udp_client = pytest.importorskip("pythonosc.udp_client")
pytestmark = pytest.mark.slow
UPPER, LOWER = 13, 14  # of the inner lips, in MediaPipe's topology


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind((LOCAL, 0))
        return int(free.getsockname()[1])


def faces_in(frames: list[U8]) -> list[Face]:
    with FaceLandmarker("image") as landmarker:
        return [landmarker.find_faces(frame)[0] for frame in frames]


def opening(face: Face) -> float:
    """Return the distance of the inner lips over the height of the face."""
    return float(np.linalg.norm(face.landmarks[LOWER] - face.landmarks[UPPER])) / face.height


def test_another_tracker_opens_the_mouth_and_turns_the_head(tmp_path: Path) -> None:
    port, video, report = free_port(), tmp_path / "out.mp4", tmp_path / "r.json"
    process = start(
        *("run", "--camera", f"vmc:{port}", "--portrait", "mona-lisa", "--sink", video),
        *("--size", "480x480", "--fps", 15, "--report", report),
    )
    for line in not_none(process.stderr):
        if line.rstrip().endswith(": running"):  # not "running the reference"
            break
    with udp_client.SimpleUDPClient(LOCAL, port) as sender:
        for weight, yaw in ((0.0, 0.0), (0.9, 0.0), (0.0, 18.0)):
            until = time.monotonic() + 1.5
            while time.monotonic() < until:
                sender.send_message(BLEND, ["JawOpen", weight])
                sender.send_message(BONE, ["Head", 0.0, 0.0, 0.0, *quaternion_of(yaw, 0.0, 0.0)])
                sender.send_message(APPLY, [])
                time.sleep(1 / 30)
        process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=300)
    facts = json.loads(report.read_text(encoding="utf-8"))
    assert facts["camera"] == f"VMC {LOCAL}:{port}", err
    assert facts["faces_seen"] > 5
    frames, _ = read_video(video)
    looks = faces_in(list(frames[:: max(1, len(frames) // 24)]))
    openings, yaws = [opening(face) for face in looks], [face.yaw for face in looks]
    assert min(openings) < 0.02
    assert max(openings) > 0.12
    assert max(yaws) - min(yaws) > 8


def test_another_program_gets_the_user_s_blend_shapes_and_head() -> None:
    port = free_port()
    with VmcSource(f"vmc:{port}", Size(16, 16), 10.0) as receiver:
        process = start(
            *("run", "--camera", "demo", "--portrait", "mona-lisa", "--sink", "null", "--size", "320x240"),
            *("--vmc-out", f"{LOCAL}:{port}"),
        )
        heard: list[Performance] = []
        until = time.monotonic() + 240
        while len(heard) < 12 and time.monotonic() < until and process.poll() is None:
            frame = receiver.read()
            if frame is not None and frame.performance is not None and frame.performance.units:
                heard.append(frame.performance)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=300)
    assert len(heard) == 12, err
    assert all(len(one.units) > 45 for one in heard)
    assert len({one.units["jawOpen"] for one in heard}) > 3
    assert len({one.yaw for one in heard}) > 3


def test_a_port_in_use_and_a_wrong_address_are_one_line_each() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind((LOCAL, 0))
        port = taken.getsockname()[1]
        line = error_line(run_avatarify("run", "--camera", f"vmc:{port}", "--sink", "null"), 1)
    assert f"Port {port} of {LOCAL} cannot be used" in line
    assert "choose another port: vmc:PORT" in line
    line = error_line(run_avatarify("run", "--camera", "demo", "--sink", "null", "--vmc-out", "nowhere"), 2)
    assert "'nowhere' is not the address of a program." in line
