"""A real host process and a real app: pictures, privacy, and what a host refuses."""

import http.client
import json
import socket
import ssl
import struct
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from helpers.command import avatarify, error_line
from helpers.remote_host import Recorder, RunningHost, running_host

from avatarify.animate.opening import open_animation
from avatarify.animate.options import AnimationOptions
from avatarify.capture.demo import DemoSource
from avatarify.face.face import Face
from avatarify.face.landmarker import FaceLandmarker
from avatarify.frames import U8, Frame, Keypoints, Size
from avatarify.remote.portrait import SentPortrait, portrait_id
from avatarify.remote.protocol import Hello, pack_pose, unpack_pose
from avatarify.serve.tls import demo_files
from avatarify.zoo.registry import find_model

pytest.importorskip("websockets")
pytest.importorskip("cryptography")

SIDE, POINTS = 256, 81
MARKER = (255, 0, 255)


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory, shared_cache: Path) -> Iterator[RunningHost]:
    with running_host(tmp_path_factory.mktemp("host"), "--max-users", "3", cache=shared_cache) as running:
        yield running


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine is slow: the app waits for each picture."""
    monkeypatch.setattr("avatarify.remote.runtime.PATIENCE_S", 60.0)
    monkeypatch.setattr("avatarify.remote.link.SHOWN_S", 60.0)


@pytest.fixture(scope="module")
def clip() -> list[U8]:
    """Six frames of the demo clip."""
    with DemoSource(pace=False) as source:
        frames = [frame.image for frame in iter(source.read, None) if frame.index % 8 == 0]
    return frames[:6]


def play(
    frames: list[U8], runtime: str, address: str = "", token_file: Path | str = "", portrait: str = ""
) -> dict[str, Any]:
    """Animate frames in this process; return pictures, the key points behind them, and who drew."""
    options = AnimationOptions(
        portrait=portrait, runtime=runtime, size=Size(1280, 720), remote=address, remote_token_file=str(token_file)
    )
    pictures, moved, own = [], [], []
    with ExitStack() as opened:
        animation = open_animation(options, opened, clock=lambda frame: frame.media_time)
        landmarker = opened.enter_context(FaceLandmarker())
        for number, image in enumerate(frames):
            frame = Frame(image, number, time.perf_counter(), number / 5)
            pictures.append(animation.step.run(frame, landmarker.find(frame)).image)
            points = animation.animator.frame_keypoints
            assert points is not None
            moved.append(points.moved)
            own.append(points.driving)
        crop, matte = animation.portrait.crops(SIDE)
        drawn = dict(animation.facts.get("drawn", {}))  # type: ignore[call-overload]
    return {"pictures": pictures, "moved": moved, "own": own, "crop": crop, "matte": matte, "drawn": drawn}


def psnr(a: U8, b: U8) -> float:
    error = float(np.mean((a.astype(float) - b) ** 2))
    return 10 * float(np.log10(255**2 / max(1e-9, error)))


@pytest.mark.usefixtures("patient")
def test_pictures_of_a_host_look_like_local_ones(host: RunningHost, clip: list[U8]) -> None:
    local = play(clip, "openvino")
    remote = play(clip, "remote", host.address, host.token_file)
    assert remote["drawn"] == {"remote": len(clip), "local": 0}
    likeness = [psnr(a, b) for a, b in zip(local["pictures"], remote["pictures"], strict=True)]
    assert min(likeness) >= 45, likeness
    assert not np.array_equal(remote["pictures"][0], remote["pictures"][-1])


def sessions_of(host: RunningHost) -> int:
    _, text = page(host, "/metrics", token=True)
    return int(text.partition("\navatarify_sessions_total ")[2].split()[0])


def test_the_two_commands_of_the_readme(host: RunningHost) -> None:
    """The app finds the token by itself. On a busy machine, the host may be too slow: then this computer draws."""
    before = sessions_of(host)
    words = ["run", "--runtime", "remote", "--remote", host.address, "--camera", "demo", "--sink", "null"]
    done = avatarify(*words, "--frames", 15, "--json", AVATARIFY_CONFIG=str(host.config))
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["runtime"] == "remote"
    assert report["drawn"]["remote"] + report["drawn"]["local"] > 0
    assert sessions_of(host) == before + 1
    assert "trusted from now on" in done.stderr


def test_a_changed_certificate_is_refused(host: RunningHost, tmp_path: Path) -> None:
    other = demo_files_in(tmp_path / "other")
    known = {f"localhost:{host.port}": other.read_text()}
    (tmp_path / "remote-hosts.json").write_text(json.dumps(known))
    words = ["run", "--runtime", "remote", "--remote", host.address, "--camera", "demo", "--sink", "null"]
    done = avatarify(*words, "--remote-token-file", host.token_file, AVATARIFY_CONFIG=str(tmp_path))
    assert "is not the one that was seen first" in error_line(done, 1)


def demo_files_in(folder: Path) -> Path:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AVATARIFY_CONFIG", str(folder))
        return demo_files().cert


def test_a_wrong_token_is_refused(host: RunningHost, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("wrong\n")
    words = ["run", "--runtime", "remote", "--remote", host.address, "--camera", "demo", "--sink", "null"]
    done = avatarify(*words, "--remote-token-file", tmp_path / "token", AVATARIFY_CONFIG=str(host.config))
    assert done.returncode == 1
    assert "does not accept the token" in done.stderr.splitlines()[-1]


def test_absolute_motion_is_refused_before_anything_is_sent() -> None:
    done = avatarify("run", "--runtime", "remote", "--motion", "absolute", "--camera", "demo", "--sink", "null")
    assert "would send the shape of your face" in error_line(done, 2)


def marked(image: U8, face: Face) -> U8:
    """Paint the user's nose in a color that no portrait has."""
    painted = image.copy()
    x, y = (int(at) for at in face.center)
    painted[y - 6 : y + 6, x - 6 : x + 6] = MARKER
    return painted


@pytest.mark.usefixtures("patient")
def test_only_the_portrait_and_its_moved_points_go_up(host: RunningHost, clip: list[U8]) -> None:
    """The portrait is one that no other test here has shown to the host, which keeps what it knows."""
    with FaceLandmarker(mode="image") as landmarker:
        frames = [marked(image, landmarker.find_faces(image)[0]) for image in clip]
    with Recorder(host) as recorder:
        played = play(frames, "remote", f"wss://localhost:{recorder.port}", host.token_file, "henrik")
        sent = bytes(recorder.sent)
    assert played["drawn"]["remote"] == len(frames)
    head, _, rest = sent.partition(b"\r\n\r\n")
    names = {line.partition(b":")[0].lower().decode() for line in head.splitlines()[1:]}
    websocket = {"upgrade", "connection", "sec-websocket-key", "sec-websocket-version"}
    assert names == {"host", "authorization", *websocket}
    messages = websocket_messages(rest)  # accounts for every byte
    hello, offer, portrait, *poses = [content for opcode, content in messages if opcode in (1, 2)]
    weights = find_model("built-in").manifest.sha256
    assert Hello.unpack(hello.decode()) == Hello(weights, POINTS)
    assert list(json.loads(offer)) == ["portrait"]
    assert len(offer) < 100
    picture = SentPortrait.unpack(portrait, SIDE, POINTS)
    assert np.array_equal(picture.crop, played["crop"])
    assert np.array_equal(picture.matte, played["matte"])
    assert not has_marker(picture.crop)
    assert any(has_marker(frame) for frame in frames)
    assert len(poses) == len(frames)
    for pose, moved in zip(poses, played["moved"], strict=True):
        _, found = unpack_pose(pose, POINTS)
        assert np.array_equal(found.points, moved.points)
        assert all(np.abs(found.points - own.points).max() > 0.02 for own in played["own"])
    for own in played["own"]:
        assert own.points.astype("<f4").tobytes() not in b"".join(poses)


def has_marker(image: U8) -> bool:
    return bool((np.abs(image.astype(int) - MARKER).max(-1) < 40).any())


def websocket_messages(data: bytes) -> list[tuple[int, bytes]]:
    """Unmask the frames that an app sent; each is a whole message."""
    found, at = [], 0
    while at < len(data):
        opcode, length = data[at] & 15, data[at + 1] & 127
        assert data[at] & 0xF0 == 0x80
        assert data[at + 1] & 128
        at += 2
        if length > 125:
            size = 2 if length == 126 else 8
            length = int.from_bytes(data[at : at + size], "big")
            at += size
        mask, content = (
            np.frombuffer(data[at : at + 4], np.uint8),
            np.frombuffer(data[at + 4 : at + 4 + length], np.uint8),
        )
        assert len(content) == length
        found.append((opcode, (content ^ np.resize(mask, length)).tobytes()))
        at += 4 + length
    return found


# What a host refuses.


def trusting(host: RunningHost, most: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=str(host.cert))
    context.maximum_version = most
    return context


@contextmanager
def connected(host: RunningHost, token: str | None = "", **headers: str) -> Iterator[Any]:
    from websockets.sync.client import connect

    token = host.token_file.read_text().strip() if token == "" else token
    given = {**({} if token is None else {"Authorization": f"Bearer {token}"}), **headers}
    tls = trusting(host)
    with connect(host.address, ssl=tls, additional_headers=given, compression=None, proxy=None) as session:
        yield session


@contextmanager
def greeted(host: RunningHost) -> Iterator[Any]:
    with connected(host) as session:
        session.send(Hello(find_model("built-in").manifest.sha256, POINTS).pack())
        assert json.loads(session.recv(60)) == {"welcome": True}
        yield session


@contextmanager
def drawable(host: RunningHost) -> Iterator[tuple[Any, Keypoints]]:
    """Begin a session whose portrait the host has."""
    points = np.random.default_rng(0).uniform(-0.5, 0.5, (POINTS, 2)).astype(np.float32)
    keypoints = Keypoints(points, np.tile(np.eye(2, dtype=np.float32), (POINTS, 1, 1)))
    gray, whole = np.full((SIDE, SIDE, 3), 90, np.uint8), np.full((SIDE, SIDE), 255, np.uint8)
    packed = SentPortrait(gray, whole, keypoints).pack()
    with greeted(host) as session:
        session.send(json.dumps({"portrait": portrait_id(packed)}))
        if "need" in json.loads(session.recv(60)):
            session.send(packed)
            assert "ready" in json.loads(session.recv(60))
        yield session, keypoints


def closing_code(session: Any) -> int:
    from websockets.exceptions import ConnectionClosed

    with suppress(ConnectionClosed):
        while True:
            session.recv(60)
    return int(session.close_code)


def impossible_pose() -> bytes:
    points = np.full((POINTS, 2), np.nan, np.float32)
    return pack_pose(1, Keypoints(points, np.tile(np.eye(2, dtype=np.float32), (POINTS, 1, 1))))


def page(host: RunningHost, path: str, *, token: bool = False) -> tuple[int, str]:
    client = http.client.HTTPSConnection("localhost", host.port, context=trusting(host))
    known = {"Authorization": f"Bearer {host.token_file.read_text().strip()}"} if token else {}
    client.request("GET", path, headers=known)
    answer = client.getresponse()
    text = answer.read().decode()
    client.close()
    return answer.status, text


@pytest.mark.parametrize("token", [None, "wrong", "x" * 1000])
def test_without_the_token_there_is_no_session(host: RunningHost, token: str | None) -> None:
    from websockets.exceptions import InvalidStatus

    with pytest.raises(InvalidStatus, match="401"), connected(host, token):
        pass


def test_plain_text_gets_no_answer(host: RunningHost) -> None:
    with socket.create_connection(("127.0.0.1", host.port), 30) as plain:
        plain.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n\r\n")
        with suppress(ConnectionError):
            assert b"HTTP" not in plain.recv(1000)


def test_older_tls_is_refused(host: RunningHost) -> None:
    with socket.create_connection(("127.0.0.1", host.port), 30) as plain, pytest.raises((ssl.SSLError, OSError)):
        trusting(host, ssl.TLSVersion.TLSv1_2).wrap_socket(plain, server_hostname="localhost")


def test_a_huge_header_is_refused(host: RunningHost) -> None:
    from websockets.exceptions import InvalidHandshake

    with pytest.raises((InvalidHandshake, OSError, EOFError)), connected(host, Extra="x" * 100_000):
        pass


@pytest.mark.parametrize(
    ("message", "code"),
    [(b"x" * 1_000_000, 1009), ("{}", 4400), ("no JSON", 4400), (Hello("0" * 64, POINTS).pack(), 4404)],
)
def test_a_session_that_begins_wrong_is_ended(host: RunningHost, message: Any, code: int) -> None:
    from websockets.exceptions import ConnectionClosed

    with connected(host) as session:
        with suppress(ConnectionClosed):  # it may be ended before all of a long message is sent
            session.send(message)
        assert closing_code(session) in (code, *((1006,) if code == 1009 else ()))


@pytest.mark.parametrize("message", [impossible_pose(), b"", b"x" * 300_000, "[]", json.dumps({"portrait": "../x"})])
def test_a_message_that_no_app_sends_ends_the_session(host: RunningHost, message: Any) -> None:
    with greeted(host) as session:
        session.send(message)
        assert closing_code(session) == 4400


def test_bad_key_points_end_a_session_that_draws(host: RunningHost) -> None:
    with drawable(host) as (session, keypoints):
        session.send(pack_pose(1, keypoints))
        assert struct.unpack_from("<Q", session.recv(60))[0] == 1
        session.send(impossible_pose())
        assert closing_code(session) == 4400


def test_too_many_poses_end_a_session(host: RunningHost) -> None:
    from websockets.exceptions import ConnectionClosed

    with drawable(host) as (session, keypoints):
        with suppress(ConnectionClosed):
            for number in range(5000):
                session.send(pack_pose(number, keypoints))
        assert closing_code(session) == 4429


def test_a_full_host_refuses_and_counts(host: RunningHost) -> None:
    from websockets.exceptions import InvalidStatus

    with ExitStack() as opened:
        for _ in range(3):
            opened.enter_context(greeted(host))
        with pytest.raises(InvalidStatus, match="503"), connected(host):
            pass
        assert page(host, "/healthz") == (200, "ok\n")
        assert page(host, "/readyz") == (200, "ready\n")
        assert page(host, "/metrics")[0] == 401
        status, text = page(host, "/metrics", token=True)
    assert status == 200
    assert "avatarify_sessions 3" in text
    assert 'avatarify_refusals_total{reason="full"}' in text
    assert page(host, "/elsewhere", token=True)[0] == 404


def test_sigterm_lets_sessions_leave(tmp_path: Path, shared_cache: Path) -> None:
    from websockets.exceptions import InvalidHandshake

    with running_host(tmp_path, cache=shared_cache) as host, greeted(host) as session:
        host.process.terminate()
        assert json.loads(session.recv(60)) == {"leave": True}
        with pytest.raises((InvalidHandshake, OSError, EOFError)), connected(host):  # 503, or it has ended
            pass
