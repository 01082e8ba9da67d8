"""Streams from the network: intact, interrupted, and missing."""

import http.server
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from helpers.fileserver import Behavior, serving
from helpers.media import write_video
from helpers.rtsp import rtsp_camera
from helpers.values import not_none

from avatarify.capture.registry import open_source
from avatarify.capture.stream import Stream, is_address
from avatarify.errors import CameraError, UsageError
from avatarify.frames import Size


@contextmanager
def phone(count: int | None = None, fps: float = 50.0) -> Iterator[str]:
    """Serve motion JPEG as the camera programs of phones do; give the address. It hangs up after ``count`` pictures."""
    stop = threading.Event()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
            self.end_headers()
            number = 0
            while not stop.wait(1 / fps) and number != count:
                picture = cv2.imencode(".jpg", np.full((48, 64, 3), (40, 80, 200), np.uint8))[1].tobytes()
                head = f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {len(picture)}\r\n\r\n".encode()
                try:
                    self.wfile.write(head + picture + b"\r\n")
                except OSError:
                    return
                number += 1

        def log_message(self, *words: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = False
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://anna:secret@127.0.0.1:{server.server_port}/video?token=secret"
    finally:
        stop.set()
        server.shutdown()
        thread.join()
        server.server_close()


def exhaust(source: Stream) -> None:
    while source.read() is not None:
        pass


@pytest.mark.parametrize(
    ("text", "yes"),
    [
        ("rtsp://10.0.0.5:8554/cam", True),
        ("HTTP://phone:8080/video", True),
        ("udp://@:5000", True),
        ("demo", False),
        ("C:\\video.mp4", False),
        ("clip.mp4", False),
        ("file:///etc/passwd", False),
    ],
)
def test_addresses_are_recognized_by_their_scheme(text: str, yes: bool) -> None:
    assert is_address(text) is yes


def test_a_phone_is_a_live_source() -> None:
    with phone() as address, open_source(address, pace=True, size=Size(1280, 720), fps=30.0) as source:
        assert isinstance(source, Stream)
        frames = [source.read() for _ in range(5)]
    assert source.live
    assert source.timeouts.silent_s < 60
    assert [not_none(frame).index for frame in frames] == [0, 1, 2, 3, 4]
    assert all(0 <= time.perf_counter() - not_none(frame).captured_at < 60 for frame in frames)
    np.testing.assert_allclose(not_none(frames[0]).image[20, 20], [200, 80, 40], atol=6)


def test_passwords_in_an_address_are_never_shown(capfd: pytest.CaptureFixture[str]) -> None:
    with phone(count=6) as address, Stream(address) as source, pytest.raises(CameraError) as caught:
        exhaust(source)
    assert source.name.endswith("/video")
    unreachable = "rtsp://anna:secret@127.0.0.1:1/cam"
    with pytest.raises(CameraError) as refused:
        Stream(unreachable)
    for text in (source.name, str(caught.value), str(refused.value), capfd.readouterr().err):
        assert "secret" not in text
        assert "anna" not in text


def test_a_stream_that_ends_is_a_lost_camera() -> None:
    with phone(count=6) as address, Stream(address) as source:  # noqa: SIM117 - the server's end is no part of it
        with pytest.raises(CameraError, match=r"has ended|stopped responding"):
            exhaust(source)


def test_a_video_on_a_server_is_played_at_its_own_rate_to_its_end(tmp_path: Path) -> None:
    clip = write_video(tmp_path / "clip.mp4", [np.full((48, 64, 3), 10 * n, np.uint8) for n in range(10)], fps=50)
    with serving(Behavior(clip.read_bytes())) as address, Stream(f"{address}/file") as source:
        frames = list(iter(source.read, None))
    assert len(frames) == 10
    assert frames[-1].captured_at - frames[0].captured_at >= 9 / 50 - 0.01
    np.testing.assert_allclose([frame.media_time for frame in frames], np.arange(10) / 50, atol=1e-3)


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/video", "rtsp://127.0.0.1:1/cam"])
def test_a_missing_server_is_a_one_line_error(address: str, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CameraError, match="sends no video") as caught:
        Stream(address)
    assert caught.value.hint
    assert capfd.readouterr().err == ""


def test_a_response_without_video_is_an_error() -> None:
    with serving(Behavior(b"hello " * 500)) as address, pytest.raises(CameraError, match="sends no video"):
        Stream(f"{address}/file")


@pytest.mark.parametrize("address", ["rtsp://", "http:///video", "rtsp://host:port/x"])
def test_a_malformed_address_is_a_usage_error(address: str) -> None:
    with pytest.raises(UsageError):
        Stream(address)


def test_a_silent_server_times_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        started = time.monotonic()
        with pytest.raises(CameraError):
            Stream(f"http://127.0.0.1:{server.getsockname()[1]}/video", timeout_s=0.5)
        assert time.monotonic() - started < 60


@contextmanager
def studio() -> Iterator[str]:
    """Send MPEG-TS by UDP as OBS does; give the address to listen at."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    stop = threading.Event()

    def send() -> None:
        with av.open(f"udp://127.0.0.1:{port}?pkt_size=1316", "w", format="mpegts") as container:
            stream = container.add_stream("libx264", rate=25, options={"tune": "zerolatency", "g": "5"})
            stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
            number = 0
            while not stop.wait(1 / 25):
                frame = av.VideoFrame.from_ndarray(np.full((48, 64, 3), 200, np.uint8), format="rgb24")
                frame.pts, number = number, number + 1
                container.mux(stream.encode(frame))

    thread = threading.Thread(target=send)
    thread.start()
    try:
        yield f"udp://@:{port}"
    finally:
        stop.set()
        thread.join()


def test_a_stream_from_obs_is_a_live_source() -> None:
    with studio() as address, Stream(address) as source:
        frames = [source.read() for _ in range(5)]
    assert source.live
    assert not_none(frames[-1]).image.shape == (48, 64, 3)
    assert abs(int(not_none(frames[-1]).image[20, 20, 0]) - 200) < 6


def test_close_from_another_thread_ends_reading() -> None:
    with phone() as address:
        source = Stream(address)
        assert source.read() is not None
        closing = threading.Thread(target=source.close)
        closing.start()
        while source.read() is not None:
            pass
        closing.join()
        source.close()


@contextmanager
def answering(code: int, kind: str) -> Iterator[str]:
    """Serve the same short answer to everything; give the address."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(code)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(b"<html><img src=/video></html>")

        def log_message(self, *words: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize(
    ("code", "kind", "sentence"),
    [
        (200, "text/html", r"answers with a web page\. Use the address of its video"),
        (401, "text/plain", "asks for a user name and a password"),
        (404, "text/plain", "sends no video"),
    ],
)
def test_what_is_no_stream_is_named(code: int, kind: str, sentence: str) -> None:
    with answering(code, kind) as address, pytest.raises(CameraError, match=sentence):
        Stream(address)


def test_an_rtsp_camera_is_a_live_source() -> None:
    with rtsp_camera() as address, Stream(address) as source:
        frames = [source.read() for _ in range(5)]
    assert source.live
    assert abs(int(not_none(frames[-1]).image[20, 20, 0]) - 200) < 6
